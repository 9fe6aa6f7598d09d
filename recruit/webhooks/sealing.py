"""Secrets of webhooks, and how the database keeps them."""

import base64
import secrets

from recruit.common import sealing

SECRET_BYTES = 32
PREFIX = "whsec_"
PURPOSE = "webhooks"


class SecretUnreadable(Exception):
    """A sealed secret was made with another SECRET_KEY, or was changed."""


def make_secret() -> str:
    """Return a new secret of Standard Webhooks."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sealed(secret: str) -> str:
    """Return a secret as it is stored."""
    return sealing.sealed(secret, purpose=PURPOSE)


def unsealed(stored: str) -> str:
    """Return the secret that was sealed. Raise SecretUnreadable."""
    try:
        return sealing.unsealed(stored, purpose=PURPOSE)
    except sealing.Unreadable as error:
        raise SecretUnreadable from error
