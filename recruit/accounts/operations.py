"""Every write to accounts that means something."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from recruit.accounts.choices import Role
from recruit.accounts.models import ApiToken, User
from recruit.common.refusals import Refused

TOKEN_BYTES = 32  # 256 bits, so an unsalted digest cannot be searched
PREFIX_LENGTH = 8
USE_NOTED_EVERY = timedelta(minutes=1)  # spares a write for each request


class LastAdministrator(Refused):
    """Without this administrator nobody could manage the accounts."""


def token_digest(secret: str) -> str:
    """Return the SHA-256 (hex) by which a token is kept and found."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def create_user(
    *, email: str, name: str, role: Role, password: str | None = None
) -> User:
    """Make an account. Raise ValidationError for a bad or taken e-mail."""
    return User.objects.create_user(
        email,
        password,
        name=name,
        role=role,
        is_superuser=role == Role.ADMINISTRATOR,
    )


def lock_administrators() -> list[User]:
    """Lock the administrators who may sign in, in one order for all writers."""
    administrators = User.objects.active_administrators().order_by("pk")
    return list(administrators.select_for_update(of=("self",), no_key=True))


def _refuse_without_administrator(leaving: Collection[UUID]) -> None:
    administrators = {user.pk for user in lock_administrators()}
    if administrators and administrators <= set(leaving):
        raise LastAdministrator(
            _("The last administrator who may sign in cannot be taken away.")
        )


@transaction.atomic
def update_user(
    *, user_id: UUID, email: str, name: str, role: Role, is_active: bool
) -> User:
    """Change an account; a password is not among it.

    Raise LastAdministrator, or ValidationError for a bad or taken e-mail.
    """
    if role != Role.ADMINISTRATOR or not is_active:
        _refuse_without_administrator([user_id])
    user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    user.email = email.strip().lower()
    user.name = name
    user.role = role
    user.is_active = is_active
    user.is_superuser = role == Role.ADMINISTRATOR
    user.full_clean(exclude=["password"])
    user.save()
    # An address that is no longer the account's must not open it.
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    return user


@transaction.atomic
def set_password(*, user_id: UUID, password: str) -> User:
    """Give an account a password; its sessions end. The caller has judged it."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


@transaction.atomic
def deactivate_users(*, user_ids: Collection[UUID]) -> int:
    """Let accounts sign in no more; return how many could before.

    Their sessions and tokens end with it. Raise LastAdministrator.
    """
    _refuse_without_administrator(user_ids)
    active = User.objects.active().filter(pk__in=user_ids)
    return active.update(is_active=False)


@transaction.atomic
def issue_token(
    *,
    user: User,
    name: str,
    scopes: Sequence[str],
    created_at: datetime,
    expires_at: datetime | None = None,
) -> tuple[ApiToken, str]:
    """Make a token and return it with its secret, which is not kept."""
    if expires_at is not None and expires_at <= created_at:
        raise ValidationError({"expires_at": _("The token would be expired already.")})
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    token = ApiToken(
        user=user,
        name=name,
        digest=token_digest(secret),
        prefix=secret[:PREFIX_LENGTH],
        scopes=sorted(set(scopes)),
        created_at=created_at,
        expires_at=expires_at,
    )
    token.full_clean()
    token.save()
    return token, secret


def revoke_tokens(*, token_ids: Collection[UUID], revoked_at: datetime) -> int:
    """End tokens at once; return how many had not ended. Again changes nothing."""
    valid = ApiToken.objects.filter(pk__in=token_ids, revoked_at=None)
    return valid.update(revoked_at=revoked_at)


def revoke_token(*, token_id: UUID, revoked_at: datetime) -> None:
    """End a token at once; ending it again changes nothing."""
    revoke_tokens(token_ids=[token_id], revoked_at=revoked_at)


def note_token_use(*, token: ApiToken, used_at: datetime) -> None:
    """Keep when a token was last used, to the minute."""
    if token.last_used_at is None or used_at - token.last_used_at > USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=used_at)
