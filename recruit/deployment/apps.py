from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeploymentConfig(AppConfig):
    name = "recruit.deployment"
    verbose_name = _("Deployment")

    def ready(self) -> None:
        """Register the system checks."""
        from recruit.deployment import checks  # noqa: F401, PLC0415
