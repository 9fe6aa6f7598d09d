"""Ids that stand for others on the pages of one job, and lead nowhere else.

The id of a person would lead to their profile, and to their name. A handle is that id
encrypted for one job: who holds the key turns it back, nobody else can tell whose it is
or that two handles of two jobs are one person's.

Four rounds of a Feistel network over the sixteen bytes, with HMAC-SHA-256 as the round
function: a strong pseudorandom permutation (Luby and Rackoff, 1988).
"""

import hashlib
import hmac
from uuid import UUID

from django.utils.crypto import salted_hmac

ROUNDS = 4
HALF = 8  # bytes
# Without letters that look like digits (Crockford's base 32).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 5


def handle_of(pk: UUID, *, job_id: UUID) -> UUID:
    """Return what stands for an id on the pages of a job."""
    key, (left, right) = _key(job_id), _halves(pk)
    for number in range(ROUNDS):
        left, right = right, _mixed(left, key, number, right)
    return UUID(bytes=left + right)


def behind(handle: UUID, *, job_id: UUID) -> UUID:
    """Return the id that a handle stands for; of any other id, an id of nothing."""
    key, (left, right) = _key(job_id), _halves(handle)
    for number in reversed(range(ROUNDS)):
        left, right = _mixed(right, key, number, left), left
    return UUID(bytes=left + right)


def code_of(handle: UUID) -> str:
    """Return five characters to call a handle by."""
    number = handle.int
    letters = []
    for _place in range(CODE_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def _key(job_id: UUID) -> bytes:
    return bytes(
        salted_hmac("recruit.handles", job_id.hex, algorithm="sha256").digest()
    )


def _halves(pk: UUID) -> tuple[bytes, bytes]:
    return pk.bytes[:HALF], pk.bytes[HALF:]


def _mixed(half: bytes, key: bytes, number: int, other: bytes) -> bytes:
    pad = hmac.new(key, bytes([number]) + other, hashlib.sha256).digest()
    return bytes(a ^ b for a, b in zip(half, pad, strict=False))
