"""Enumerations of skills."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Proficiency(TextChoices):
    BASIC = "basic", _("Basic")
    WORKING = "working", _("Working")
    ADVANCED = "advanced", _("Advanced")
    EXPERT = "expert", _("Expert")

    @property
    def rank(self) -> int:
        """Return the place in the order from basic (1) to expert (4)."""
        return list(Proficiency).index(self) + 1


class Importance(TextChoices):
    REQUIRED = "required", _("Required")
    PREFERRED = "preferred", _("Preferred")
    EXCLUDED = "excluded", _("Excluded")
