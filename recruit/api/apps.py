"""The API app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "recruit.api"

    def ready(self) -> None:
        # Tells drf-spectacular of our way to authenticate.
        from recruit.api import bulk, schema  # noqa: F401, PLC0415

        bulk.name_readers()
