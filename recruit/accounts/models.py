"""Accounts: who signs in, and tokens for other systems."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruit.accounts.choices import Role, Scope, TokenState
from recruit.accounts.querysets import ApiTokenQuerySet, UserManager
from recruit.common.fields import no_null_characters
from recruit.common.ids import uuid7


class User(AbstractBaseUser, PermissionsMixin):
    """A recruiter, hiring manager or administrator; signs in by e-mail."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200, validators=[no_null_characters])
    role = models.CharField(
        _("role"), max_length=20, choices=Role, default=Role.RECRUITER
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="users_one_per_email",
                violation_error_message=_("An account with this e-mail exists."),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="users_known_role"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR

    @property
    def is_recruiting(self) -> bool:
        """True for those who work with all candidates."""
        return self.role in {Role.ADMINISTRATOR, Role.RECRUITER}

    @property
    def is_staff(self) -> bool:
        """True for those whom Django's admin site lets in."""
        return self.is_administrator

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """Grant administrators everything in the admin site."""
        if self.is_active and self.is_administrator:
            return True
        return super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        """Show administrators every app in the admin site."""
        if self.is_active and self.is_administrator:
            return True
        return super().has_module_perms(app_label)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


class ApiToken(models.Model):
    """A secret by which another system acts for an account; kept as a digest."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100, validators=[no_null_characters])
    digest = models.CharField(max_length=64, editable=False)
    prefix = models.CharField(max_length=12, editable=False)
    scopes = ArrayField(
        models.CharField(max_length=40, choices=Scope), default=list, blank=True
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_from = models.GenericIPAddressField(
        _("last used from"), null=True, blank=True, editable=False
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    # Whom the present request names by On-Behalf-Of; never kept.
    on_behalf_of: User | None = None

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="api_tokens_one_per_digest")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def state_at(self, moment: datetime) -> TokenState:
        """Return whether it is good, and else why not."""
        if self.revoked_at is not None:
            return TokenState.REVOKED
        if not self.user.is_active:
            return TokenState.ACCOUNT_ENDED
        if self.expires_at is not None and self.expires_at <= moment:
            return TokenState.EXPIRED
        return TokenState.VALID

    @property
    def scope_names(self) -> list[tuple[str, str]]:
        """Return what it may do, each in words and by its name."""
        known = [one for one in self.scopes if one in Scope.values]
        return [(str(Scope(one).label), one) for one in known]


class RetiredSecret(models.Model):
    """A secret that a token had before; good for a while after it was replaced."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    token = models.ForeignKey(
        ApiToken, on_delete=models.CASCADE, related_name="retired_secrets"
    )
    digest = models.CharField(max_length=64, editable=False)
    prefix = models.CharField(max_length=12, editable=False)
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name = _("retired secret")
        verbose_name_plural = _("retired secrets")
        constraints = [
            models.UniqueConstraint(
                fields=["digest"], name="retired_secrets_one_per_digest"
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix}…"
