"""Where a page of a list begins or ends, as it stands in an address: plain values.

A page is cut behind a person, not behind a number of rows, so that whoever is added
or leaves in front of it moves nobody over its edge.
"""

import base64
import binascii
import json
import math
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

LONGEST = 1500  # characters of a cursor


class Sort(StrEnum):
    """What a list is sorted by; the rank stays beside each person."""

    RANK = "rank"
    SKILLS = "skills"
    YEARS = "years"
    CONTACT = "contact"
    CHANGED = "changed"
    AVAILABLE = "available"
    SALARY = "salary"
    LOCATION = "location"


class NoCursor(ValueError):
    """The text is no cursor that was ever given out."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where one person stands: by the key, then the similarity, then the id."""

    key: float | str  # smaller is earlier
    similarity: float  # or the hybrid score, in hybrid order
    candidate_id: UUID

    @property
    def order(self) -> tuple[float | str, float, UUID]:
        return self.key, -self.similarity, self.candidate_id


@dataclass(frozen=True, slots=True)
class Cursor:
    """A position, and the list it stands in."""

    position: Position
    ranking: str  # what the ranking was made from, in short
    as_of: datetime | None  # people changed since are not on the pages

    def __str__(self) -> str:
        held = [
            self.position.key,
            self.position.similarity,
            self.position.candidate_id.hex,
            self.ranking,
            self.as_of.isoformat() if self.as_of else "",
        ]
        text = json.dumps(held, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def cursor_of(text: str) -> Cursor:
    """Return the cursor that a text stands for; raise NoCursor."""
    if not text.isascii() or len(text) > LONGEST:
        raise NoCursor(text[:LONGEST])
    try:
        padded = text + "=" * (-len(text) % 4)
        held = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        key, similarity, candidate_id, ranking, as_of = held
        cursor = Cursor(
            Position(_key(key), _number(similarity), UUID(hex=candidate_id)),
            ranking,
            datetime.fromisoformat(as_of) if as_of else None,
        )
    except (binascii.Error, AttributeError, TypeError, ValueError) as error:
        raise NoCursor(text) from error
    if not isinstance(ranking, str) or (cursor.as_of and not cursor.as_of.tzinfo):
        raise NoCursor(text)
    return cursor


def _key(value: object) -> float | str:
    if isinstance(value, str) and "\x00" not in value:
        return value
    return _number(value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NoCursor(str(value))
    if math.isnan(value):
        raise NoCursor(str(value))
    return float(value)
