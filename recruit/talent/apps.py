"""The talent app: talent pools and saved searches, ways to find people again."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TalentConfig(AppConfig):
    name = "recruit.talent"
    verbose_name = _("Talent pools and saved searches")
