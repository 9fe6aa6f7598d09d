from django.apps import AppConfig


class DeploymentConfig(AppConfig):
    name = "recruit.deployment"
