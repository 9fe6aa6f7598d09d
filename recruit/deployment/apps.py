from django.apps import AppConfig


class DeploymentConfig(AppConfig):
    name = "recruit.deployment"

    def ready(self) -> None:
        """Register the system checks."""
        from recruit.deployment import checks  # noqa: F401, PLC0415
