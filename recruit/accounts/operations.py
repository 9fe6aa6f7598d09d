"""Every write to accounts that means something."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from recruit.accounts.choices import Role
from recruit.accounts.models import ApiToken, RetiredSecret, User
from recruit.common.ids import uuid7
from recruit.common.refusals import Refused

TOKEN_BYTES = 32  # 256 bits, so an unsalted digest cannot be searched
PREFIX_LENGTH = 8
USE_NOTED_EVERY = timedelta(minutes=1)  # spares a write for each request
OVERLAP = timedelta(days=1)  # so long a replaced secret stays good unless said
MOST_OVERLAP = timedelta(days=7)


class LastAdministrator(Refused):
    """Without this administrator nobody could manage the accounts."""


class TokenEnded(Refused):
    """A token that was revoked or has expired cannot be given another secret."""


class TokenExists(Refused):
    """A token with this id was made; its secret was shown then."""


class TokenRotated(Refused):
    """The token has another secret than the one that was to be replaced."""


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
    *,
    user_id: UUID,
    email: str,
    name: str,
    role: Role,
    is_active: bool,
    changed_at: datetime,
) -> User:
    """Change an account; a password is not among it. Its tokens end with it.

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
    if not is_active:
        _end_tokens_of([user_id], changed_at)
    return user


@transaction.atomic
def set_password(*, user_id: UUID, password: str) -> User:
    """Give an account a password; its sessions end. The caller has judged it."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


@transaction.atomic
def deactivate_users(*, user_ids: Collection[UUID], ended_at: datetime) -> int:
    """Let accounts sign in no more; return how many could before.

    Their sessions end with it, and their tokens for good. Raise LastAdministrator.
    """
    _refuse_without_administrator(user_ids)
    active = User.objects.active().filter(pk__in=user_ids)
    count = active.update(is_active=False)
    _end_tokens_of(user_ids, ended_at)
    return count


def _end_tokens_of(user_ids: Collection[UUID], ended_at: datetime) -> None:
    # Not only while the account rests: who opens it again opens no old token.
    tokens = ApiToken.objects.filter(user__in=user_ids, revoked_at=None)
    tokens.update(revoked_at=ended_at)


@transaction.atomic
def issue_token(
    *,
    user: User,
    name: str,
    scopes: Sequence[str],
    created_at: datetime,
    expires_at: datetime | None = None,
    token_id: UUID | None = None,
) -> tuple[ApiToken, str]:
    """Make a token and return it with its secret, which is not kept.

    Who may send the same again chooses the id beforehand: the second is refused.
    Raise TokenExists, or ValidationError naming bad fields.
    """
    if token_id is not None and ApiToken.objects.filter(pk=token_id).exists():
        raise TokenExists(_("This token was made already."))
    if expires_at is not None and expires_at <= created_at:
        raise ValidationError({"expires_at": _("The token would be expired already.")})
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    token = ApiToken(
        pk=token_id or uuid7(),
        user=user,
        name=name,
        digest=token_digest(secret),
        prefix=secret[:PREFIX_LENGTH],
        scopes=sorted(set(scopes)),
        created_at=created_at,
        expires_at=expires_at,
    )
    token.full_clean(exclude={"id"})  # of a twin, the insert tells
    _insert(token)
    return token, secret


def _insert(token: ApiToken) -> None:
    try:
        with transaction.atomic():
            token.save(force_insert=True)
    except IntegrityError as error:
        if "apitoken_pkey" not in str(error):
            raise
        # A twin at once: it waited for the first, which was not there a moment ago.
        raise TokenExists(_("This token was made already.")) from error


def revoke_tokens(*, token_ids: Collection[UUID], revoked_at: datetime) -> int:
    """End tokens at once; return how many had not ended. Again changes nothing."""
    valid = ApiToken.objects.filter(pk__in=token_ids, revoked_at=None)
    return valid.update(revoked_at=revoked_at)


def revoke_token(*, token_id: UUID, revoked_at: datetime) -> None:
    """End a token at once; ending it again changes nothing."""
    revoke_tokens(token_ids=[token_id], revoked_at=revoked_at)


@transaction.atomic
def rotate_token(
    *,
    token_id: UUID,
    rotated_at: datetime,
    overlap: timedelta = OVERLAP,
    expires_at: datetime | None = None,
    expected_prefix: str | None = None,
) -> tuple[ApiToken, str]:
    """Give a token a new secret and return both; the old one is good for a while.

    Without an overlap no secret of before is good any longer. Scopes and account stay,
    and the end too unless another is stated. Raise TokenEnded, TokenRotated where the
    secret to replace begins otherwise than expected, or ValidationError for an overlap
    or end that cannot be.
    """
    token = ApiToken.objects.select_for_update(of=("self",)).get(pk=token_id)
    if expected_prefix is not None and token.prefix != expected_prefix:
        raise TokenRotated(_("The token was given another secret already."))
    if not ApiToken.objects.valid_at(rotated_at).filter(pk=token_id).exists():
        raise TokenEnded(_("The token has ended; make another one."))
    if not timedelta(0) <= overlap <= MOST_OVERLAP:
        days = MOST_OVERLAP.days
        raise ValidationError({"overlap": _("It takes 0 to %d days.") % days})
    if expires_at is not None and expires_at <= rotated_at:
        raise ValidationError({"expires_at": _("The token would be expired already.")})
    if not overlap:  # for a secret that got out: those before it end as well
        end_retired_secrets(token_id=token_id)
    else:
        token.retired_secrets.filter(ends_at__lte=rotated_at).delete()
        token.retired_secrets.create(
            digest=token.digest, prefix=token.prefix, ends_at=rotated_at + overlap
        )
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    token.digest, token.prefix = token_digest(secret), secret[:PREFIX_LENGTH]
    token.expires_at = expires_at or token.expires_at
    token.save(update_fields=["digest", "prefix", "expires_at"])
    return token, secret


def end_retired_secrets(*, token_id: UUID) -> int:
    """End the secrets that a token had before at once; return how many there were."""
    count, _kinds = RetiredSecret.objects.filter(token=token_id).delete()
    return count


def note_token_use(
    *, token: ApiToken, used_at: datetime, used_from: str | None
) -> None:
    """Keep when, to the minute, and from where a token was last used."""
    last = token.last_used_at
    is_noted = last is not None and used_at - last <= USE_NOTED_EVERY
    if not is_noted or token.last_used_from != used_from:
        used = {"last_used_at": used_at, "last_used_from": used_from}
        ApiToken.objects.filter(pk=token.pk).update(**used)
