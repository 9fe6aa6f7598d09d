"""Every write to accounts that means something."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from recruit.accounts.choices import Role
from recruit.accounts.models import ApiToken, User

TOKEN_BYTES = 32  # 256 bits, so an unsalted digest cannot be searched
PREFIX_LENGTH = 8
USE_NOTED_EVERY = timedelta(minutes=1)  # spares a write for each request


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
        raise ValidationError({"expires_at": "The token would be expired already."})
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


def revoke_token(*, token_id: UUID, revoked_at: datetime) -> None:
    """End a token at once; ending it again changes nothing."""
    ApiToken.objects.filter(pk=token_id, revoked_at=None).update(revoked_at=revoked_at)


def note_token_use(*, token: ApiToken, used_at: datetime) -> None:
    """Keep when a token was last used, to the minute."""
    if token.last_used_at is None or used_at - token.last_used_at > USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=used_at)
