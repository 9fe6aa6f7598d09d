"""Enumerations of the audit log."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Action(TextChoices):
    CREATED = "created", _("Created")
    CHANGED = "changed", _("Changed")
    DELETED = "deleted", _("Deleted")
    EMPTIED = "emptied", _("Table emptied")


class Way(TextChoices):
    """By which way somebody has come to write."""

    PAGE = "page", _("Page")
    API = "api", _("API")
    ADMIN = "admin", _("Admin site")
    COMMAND = "command", _("Command")
    TASK = "task", _("Task")
    SQL = "sql", _("SQL")
