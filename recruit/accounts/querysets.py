"""Named conditions on accounts."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.base_user import BaseUserManager
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from recruit.accounts.choices import Role

if TYPE_CHECKING:
    from recruit.accounts.models import ApiToken, User


class UserManager(BaseUserManager["User"]):
    """Accounts are found by e-mail, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        """Make an account; without a password nobody can sign in to it."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        try:
            with transaction.atomic(using=self._db):
                user.save(using=self._db)
        except IntegrityError as error:  # made meanwhile by somebody else
            taken = _("An account with this e-mail exists.")
            raise ValidationError({"email": taken}) from error
        return user

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        """Make an administrator (for Django's `createsuperuser`)."""
        fields.setdefault("name", email)
        return self.create_user(
            email, password, role=Role.ADMINISTRATOR, is_superuser=True, **fields
        )

    def recruiting(self) -> models.QuerySet["User"]:
        """Return active accounts that may be named on a job as recruiter."""
        return self.filter(
            is_active=True, role__in=[Role.RECRUITER, Role.ADMINISTRATOR]
        )

    def active_administrators(self) -> models.QuerySet["User"]:
        """Return the administrators who may sign in."""
        return self.filter(is_active=True, role=Role.ADMINISTRATOR)

    def named(self, words: str) -> "User | None":
        """Return the active account of an id or e-mail address."""
        try:
            wanted = Q(pk=UUID(words))
        except ValueError:
            wanted = Q(email__iexact=words)
        return self.active().filter(wanted).first()

    def active(self) -> models.QuerySet["User"]:
        """Return the accounts that may sign in."""
        return self.filter(is_active=True)


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def valid_at(self, moment: datetime) -> "ApiTokenQuerySet":
        """Keep tokens neither revoked nor expired, of accounts still active."""
        unexpired = Q(expires_at=None) | Q(expires_at__gt=moment)
        return self.filter(unexpired, revoked_at=None, user__is_active=True)

    def newest_first(self) -> "ApiTokenQuerySet":
        return self.order_by("-created_at", "-id")

    def of_digest(self, digest: str, moment: datetime) -> "ApiToken | None":
        """Return the token that has this secret, or had it until lately."""
        held = self.filter(digest=digest).first()
        if held is not None:
            return held
        until = {"retired_secrets__ends_at__gt": moment}
        return self.filter(retired_secrets__digest=digest, **until).first()
