"""Enumerations of accounts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    RECRUITER = "recruiter", _("Recruiter")
    HIRING_MANAGER = "hiring_manager", _("Hiring manager")


class ActorKind(TextChoices):
    USER = "user", _("User")
    TOKEN = "token", _("Token")
    SYSTEM = "system", _("System")


class Scope(TextChoices):
    """What a token may do: a resource and an action."""

    JOBS_READ = "jobs:read", _("Read jobs")
    JOBS_WRITE = "jobs:write", _("Write jobs")
    CANDIDATES_READ = "candidates:read", _("Read candidates")
    CANDIDATES_WRITE = "candidates:write", _("Write candidates")
    APPLICATIONS_READ = "applications:read", _("Read applications")
    APPLICATIONS_WRITE = "applications:write", _("Write applications")
    SKILLS_READ = "skills:read", _("Read skills")
    MATCHES_READ = "matches:read", _("Read matches")
    CONFIDENTIAL = "jobs:confidential", _("See confidential jobs")
