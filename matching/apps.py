"""The matching app."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = _("Matching")

    def ready(self) -> None:
        from matching.checks import check_encoder  # noqa: PLC0415 (apps are ready now)
        from matching.tasks import wake_indexing  # noqa: PLC0415
        from recruit.events.choices import Reader  # noqa: PLC0415
        from recruit.events.wakeup import wake_with  # noqa: PLC0415

        register(check_encoder)
        wake_with(Reader.INDEXING, wake_indexing)
