"""The webhooks app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    name = "recruit.webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        from recruit.events.choices import Reader  # noqa: PLC0415 (apps are ready now)
        from recruit.events.wakeup import wake_with  # noqa: PLC0415
        from recruit.webhooks.queue import send_soon  # noqa: PLC0415

        wake_with(Reader.WEBHOOKS, send_soon)
