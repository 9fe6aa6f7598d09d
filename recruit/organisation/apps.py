"""The organisation app: whose platform this is."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    name = "recruit.organisation"
    verbose_name = _("Organisation")
