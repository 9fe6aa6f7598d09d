"""The API app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "recruit.api"
    verbose_name = _("API")

    def ready(self) -> None:
        # Tells drf-spectacular of our way to authenticate.
        from recruit.api import bulk, schema  # noqa: F401, PLC0415
        from recruit.api.idempotency import forget_candidate  # noqa: PLC0415  has models
        from recruit.candidates.erasure import erase_with  # noqa: PLC0415  the same

        bulk.name_readers()
        erase_with(forget_candidate)
