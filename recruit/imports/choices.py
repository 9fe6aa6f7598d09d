"""Enumerations of imports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ImportState(TextChoices):
    """Where a file that was sent stands."""

    MAPPING = "mapping", _("Columns to be named")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    IMPORTING = "importing", _("Being imported")
    FINISHED = "finished", _("Imported")
    CANCELLED = "cancelled", _("Stopped")
    FAILED = "failed", _("Failed")


# While the worker is at it, or will be.
RUNNING = frozenset({ImportState.CHECKING, ImportState.IMPORTING})
