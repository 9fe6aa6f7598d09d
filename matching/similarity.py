"""How near two texts are in meaning: the front door of the API and the command."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import hypot

from matching.conf import encoder_identity
from matching.text_vectors import vectors_of_texts

MOST_CHARACTERS = 20_000

# A thread of the web server is held no longer.
WAIT_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class TextSimilarity:
    """Cosine of the vectors of two texts, in [-1, 1], and whose vectors they are."""

    similarity: float
    encoder: str


def similarity_of_texts(
    first: str,
    second: str,
    *,
    asked_at: datetime,
    wait_seconds: float,
) -> TextSimilarity:
    """Compare two texts that are not blank, just as they are.

    Raise TextsBeingRead if the worker needs longer, NobodyReads, TextUnreadable.
    """
    one, other = vectors_of_texts(
        [first, second], asked_at=asked_at, wait_seconds=wait_seconds
    )
    return TextSimilarity(cosine(one, other), encoder_identity())


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the cosine of two vectors, in [-1, 1], to six decimals.

    Stored vectors are exact to three or four; a text is 1 to itself, not nearly 1.
    """
    product = sum(a * b for a, b in zip(one, other, strict=True))
    return round(max(-1.0, min(1.0, product / (hypot(*one) * hypot(*other)))), 6)
