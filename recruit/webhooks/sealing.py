"""Secrets as the database keeps them: sealed with a key made from SECRET_KEY.

Who reads the database, or a copy of it, cannot sign with them. Encrypted by XOR with
HMAC-SHA-256 in counter mode, then authenticated by HMAC-SHA-256: constructions that
the standard library suffices for, where AES would need another dependency.
"""

import base64
import hashlib
import hmac
import secrets

from django.utils.crypto import salted_hmac

SECRET_BYTES = 32
NONCE_BYTES = 16
TAG_BYTES = 32
PREFIX = "whsec_"


class SecretUnreadable(Exception):
    """A sealed secret was made with another SECRET_KEY, or was changed."""


def make_secret() -> str:
    """Return a new secret of Standard Webhooks."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sealed(secret: str) -> str:
    """Return a secret as it is stored."""
    nonce, plain = secrets.token_bytes(NONCE_BYTES), secret.encode()
    hidden = nonce + _mixed(plain, nonce)
    return base64.b64encode(hidden + _tag(hidden)).decode()


def unsealed(stored: str) -> str:
    """Return the secret that was sealed. Raise SecretUnreadable."""
    try:
        raw = base64.b64decode(stored, validate=True)
    except ValueError as error:
        raise SecretUnreadable from error
    hidden, tag = raw[:-TAG_BYTES], raw[-TAG_BYTES:]
    if not hmac.compare_digest(tag, _tag(hidden)):
        raise SecretUnreadable
    nonce = hidden[:NONCE_BYTES]
    return _mixed(hidden[NONCE_BYTES:], nonce).decode()


def _key(purpose: str) -> bytes:
    salt = "recruit.webhooks.sealing"
    return bytes(salted_hmac(salt, purpose, algorithm="sha256").digest())


def _tag(hidden: bytes) -> bytes:
    return hmac.new(_key("tag"), hidden, hashlib.sha256).digest()


def _mixed(text: bytes, nonce: bytes) -> bytes:
    key, pad = _key("pad"), b""
    for number in range(-(-len(text) // hashlib.sha256().digest_size)):
        counter = number.to_bytes(4, "big")
        pad += hmac.new(key, nonce + counter, hashlib.sha256).digest()
    return bytes(a ^ b for a, b in zip(text, pad, strict=False))
