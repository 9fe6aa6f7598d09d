"""Enumerations of accounts."""

from collections.abc import Mapping

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


class TokenState(TextChoices):
    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")
    ACCOUNT_ENDED = "account_ended", _("Account ended")


class Scope(TextChoices):
    """What a token may do: a resource and an action."""

    JOBS_READ = "jobs:read", _("Read jobs")
    JOBS_WRITE = "jobs:write", _("Write jobs")
    CONFIDENTIAL = "jobs:confidential", _("See confidential jobs")
    CANDIDATES_READ = "candidates:read", _("Read candidates")
    CANDIDATES_WRITE = "candidates:write", _("Write candidates")
    PROTECTED = "candidates:protected", _("See contacts, pay and work permits")
    DOCUMENTS_READ = "documents:read", _("Read documents")
    DOCUMENTS_WRITE = "documents:write", _("Write documents")
    APPLICATIONS_READ = "applications:read", _("Read applications")
    APPLICATIONS_WRITE = "applications:write", _("Write applications")
    SKILLS_READ = "skills:read", _("Read skills")
    MATCHES_READ = "matches:read", _("Read matches")
    NOTES_READ = "notes:read", _("Read notes")
    NOTES_WRITE = "notes:write", _("Write notes")
    TAGS_READ = "tags:read", _("Read tags")
    TAGS_WRITE = "tags:write", _("Write tags")
    POOLS_READ = "pools:read", _("Read talent pools")
    POOLS_WRITE = "pools:write", _("Write talent pools")
    SEARCHES_READ = "searches:read", _("Read saved searches")
    SEARCHES_WRITE = "searches:write", _("Write saved searches")
    USERS_READ = "users:read", _("Read users")
    IMPORTS_READ = "imports:read", _("Read imports")
    IMPORTS_WRITE = "imports:write", _("Start and stop imports")
    EVENTS_READ = "events:read", _("Read events")
    WEBHOOKS_READ = "webhooks:read", _("Read webhooks")
    WEBHOOKS_WRITE = "webhooks:write", _("Write webhooks")
    AUDIT_READ = "audit:read", _("Read the audit log")


# What tokens of an account gain nothing by, whoever it is: its role may not do it.
_FOR_ADMINISTRATORS = frozenset(
    {Scope.WEBHOOKS_READ, Scope.WEBHOOKS_WRITE, Scope.AUDIT_READ}
)
USELESS_SCOPES: Mapping[Role, frozenset[Scope]] = {
    Role.ADMINISTRATOR: frozenset(),
    Role.RECRUITER: _FOR_ADMINISTRATORS,
    Role.HIRING_MANAGER: _FOR_ADMINISTRATORS
    | {
        Scope.JOBS_WRITE,
        Scope.CANDIDATES_WRITE,
        Scope.DOCUMENTS_WRITE,
        Scope.APPLICATIONS_WRITE,
        Scope.TAGS_WRITE,
        Scope.POOLS_READ,
        Scope.POOLS_WRITE,
        Scope.SEARCHES_READ,
        Scope.SEARCHES_WRITE,
        Scope.IMPORTS_WRITE,
    },
}
