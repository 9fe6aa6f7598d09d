"""Texts that a copy of the database must not show, as the database keeps them.

Encrypted and authenticated by Fernet with a key made from SECRET_KEY, another for each
purpose: who reads the database alone can neither read nor forge them.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac


class Unreadable(Exception):
    """A text was sealed with another SECRET_KEY or purpose, or was changed since."""


def sealed(text: str, *, purpose: str) -> str:
    """Return a text as it is stored; another one each time."""
    return _sealer(purpose).encrypt(text.encode()).decode()


def unsealed(stored: str, *, purpose: str) -> str:
    """Return the text that was sealed for a purpose. Raise Unreadable."""
    try:
        return _sealer(purpose).decrypt(stored.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _sealer(purpose: str) -> Fernet:
    key = salted_hmac("recruit.common.sealing", purpose, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
