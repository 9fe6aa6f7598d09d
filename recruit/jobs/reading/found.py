"""What was found in a text, and where."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

T = TypeVar("T")


class Span(NamedTuple):
    """Where something stands in a text: character offsets."""

    start: int
    end: int

    @classmethod
    def within(cls, start: int, beginning: int, end: int) -> "Span":
        """Return a span of a sentence that begins at `start` of the text."""
        return cls(start + beginning, start + end)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value that a text names; None where it names several and none is sure."""

    value: T | None
    span: Span
    others: tuple[str, ...] = ()  # what else it names, in its own words


class Salary(NamedTuple):
    """Pay for a year."""

    low: Decimal | None
    high: Decimal | None
    currency: str  # ISO 4217


@dataclass(frozen=True, slots=True)
class FoundSkill:
    """A skill of the vocabulary that a text names."""

    skill_id: UUID
    importance: str  # "required" or "preferred"
    span: Span
    heading: str = ""  # under which it stands
    minimum_years: int | None = None
