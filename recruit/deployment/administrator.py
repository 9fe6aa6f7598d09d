"""The first account: an administrator, so that somebody can sign in."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from recruit.deployment.failures import CannotStart
from recruit.deployment.home import Home, write_private

DEFAULT_EMAIL = "admin@localhost"
# 16 letters and digits without look-alikes: about 90 bits, easy to type once.
PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # noqa: S105
PASSWORD_LENGTH = 16


@dataclass(frozen=True, slots=True)
class FirstAccount:
    """How to sign in for the first time."""

    email: str
    password: str | None  # None: known to whoever set it


def ensure_administrator(*, home: Home, email: str, password: str) -> FirstAccount:
    """Make the first administrator unless there is one; say how to sign in.

    A generated password stays in the home folder, readable by its owner alone,
    until it has been changed: a window closed too early locks nobody out.
    """
    users = get_user_model()._default_manager
    first = users.filter(is_superuser=True).order_by("date_joined", "pk").first()
    if first is not None:
        return FirstAccount(first.email, _password_kept(home=home, account=first))
    email = email or DEFAULT_EMAIL
    generated = "" if password else _generate_password()
    if generated:
        home.first_password.unlink(missing_ok=True)
        write_private(home.first_password, generated)
    _create(email=email, password=password or generated)
    return FirstAccount(email, generated or None)


def _create(*, email: str, password: str) -> None:
    try:
        # The manager of another user model has other arguments; the settings name
        # ours, which this layer does not import.
        manager: Any = get_user_model()._default_manager
        manager.create_superuser(email=email, password=password, name="Administrator")
    except ValidationError as error:
        raise CannotStart(
            f"RECRUIT_ADMIN_EMAIL is {email!r}, which makes no account:"
            f" {' '.join(error.messages)} Set it to an e-mail address."
        ) from error


def _password_kept(*, home: Home, account: object) -> str | None:
    """Return the generated password while it is still the right one."""
    try:
        password = home.first_password.read_text().strip()
    except FileNotFoundError:
        return None
    if account.check_password(password):  # type: ignore[attr-defined]
        return password
    home.first_password.unlink()
    return None


def _generate_password() -> str:
    return "".join(secrets.choice(PASSWORD_LETTERS) for _ in range(PASSWORD_LENGTH))
