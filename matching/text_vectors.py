"""Vectors of texts that belong to no row, for pages and the API.

The web process loads no encoder: it asks the worker for the vectors, as a search does,
and waits for a moment only. Asked again, it finds what was read meanwhile.
"""

from collections.abc import Sequence
from datetime import datetime
from time import monotonic, sleep
from typing import TypeAlias

from matching.conf import encoder_identity
from matching.free_text.vectors import ask_for_vector, kept_query
from matching.status import is_worker_alive

Vector: TypeAlias = Sequence[float]

# A worker with nothing else to do has read a text by the first or second look.
LOOK_SECONDS = 0.05


class TextsBeingRead(Exception):
    """The worker has not read the texts yet; ask again in a second."""


class NobodyReads(Exception):
    """No worker is alive that could read the texts."""


class TextUnreadable(Exception):
    """The encoder failed on one of the texts."""


def vectors_of_texts(
    texts: Sequence[str], *, asked_at: datetime, wait_seconds: float
) -> list[Vector]:
    """Return the query vectors of texts, which are not blank, in their order.

    Raise TextsBeingRead if the worker needs longer, NobodyReads, TextUnreadable.
    """
    encoder = encoder_identity()
    until = monotonic() + wait_seconds
    vectors = _kept(texts, encoder)
    if vectors is None:
        if not is_worker_alive(asked_at):
            raise NobodyReads
        for text in dict.fromkeys(texts):
            ask_for_vector(text, encoder, asked_at=asked_at)
    while vectors is None:
        if monotonic() >= until:
            raise TextsBeingRead
        sleep(LOOK_SECONDS)
        vectors = _kept(texts, encoder)
    return vectors


def _kept(texts: Sequence[str], encoder: str) -> list[Vector] | None:
    """Return the vectors, None while one of them is missing."""
    vectors: list[Vector] = []
    for text in texts:
        row = kept_query(text, encoder)
        if row is None or row.is_waiting:
            return None
        if row.vector is None:
            raise TextUnreadable
        vectors.append(row.vector)
    return vectors
