"""The curation app: operations that span apps, such as merging two skills."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    name = "recruit.curation"
    verbose_name = _("Curation")
