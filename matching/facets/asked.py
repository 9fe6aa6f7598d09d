"""What a ranking is narrowed by before anybody is compared: plain values."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

UNSAID = "unsaid"  # the value of a facet for people who do not say
NEVER = "never"  # nobody of us spoke with them, or considered them
OLDER = "older"  # the last contact lies further back than any of the spans

# Days, as they are offered; each span holds the shorter ones.
AVAILABLE_WITHIN = (0, 30, 90)
CONTACT_WITHIN = (30, 90, 365)
CHANGED_WITHIN = (7, 30, 90, 365)


class Gate(StrEnum):
    """What leaves somebody out of a ranking because the viewer asked for it."""

    LOCATION = "location"
    SALARY = "salary"
    LANGUAGE = "language"
    AVAILABILITY = "availability"
    SKILL = "skill"
    WITHOUT = "without"
    SOURCE = "source"
    HISTORY = "history"
    NOT_HISTORY = "not_history"
    CONTACT = "contact"
    CHANGED = "changed"
    TAG = "tag"
    ASKED_SKILL = "asked_skill"


@dataclass(frozen=True, slots=True)
class Facets:
    """The gates of one ranking; an empty one lets everybody pass.

    Several values of a gate widen it (any of them), but for languages, skills and tags,
    of which all are asked. Who does not say is left out unless UNSAID is among the
    values.
    """

    today: date = date(1970, 1, 1)
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    remote: bool = False  # also who is open to remote, wherever they live
    salary_most: Decimal | None = None
    salary_currency: str = ""
    salary_unsaid: bool = False
    languages: tuple[str, ...] = ()
    available: tuple[str, ...] = ()  # of AVAILABLE_WITHIN, UNSAID
    skills: tuple[UUID, ...] = ()
    without: tuple[UUID, ...] = ()
    sources: tuple[str, ...] = ()
    history: tuple[str, ...] = ()  # codes of matching.history, NEVER
    not_history: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()  # of CONTACT_WITHIN, OLDER, NEVER
    changed: tuple[str, ...] = ()  # of CHANGED_WITHIN
    changed_after: datetime | None = None
    tags: tuple[UUID, ...] = ()
    asked_skills: tuple[UUID, ...] = ()  # of which one is enough

    @property
    def gates(self) -> tuple[Gate, ...]:
        """Return which gates were asked for."""
        asked = {
            Gate.LOCATION: self.countries or self.regions or self.remote,
            Gate.SALARY: self.salary_most is not None,
            Gate.LANGUAGE: self.languages,
            Gate.AVAILABILITY: self.available,
            Gate.SKILL: self.skills,
            Gate.WITHOUT: self.without,
            Gate.SOURCE: self.sources,
            Gate.HISTORY: self.history,
            Gate.NOT_HISTORY: self.not_history,
            Gate.CONTACT: self.contact,
            Gate.CHANGED: self.changed or self.changed_after,
            Gate.TAG: self.tags,
            Gate.ASKED_SKILL: self.asked_skills,
        }
        return tuple(gate for gate, value in asked.items() if value)

    @property
    def chosen(self) -> "Facets":
        """Return the gates that can be chosen in a panel, not only by an address."""
        return replace(self, changed_after=None, asked_skills=())

    def within(self, days: int) -> date:
        """Return the day so many days after today; before it where negative."""
        return self.today + timedelta(days=days)


NO_FACETS = Facets()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet, and how many pass with it all other gates."""

    value: str
    people: int
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """Who passes the gates, who does not and why, and what else could be asked."""

    passing: int = 0
    gated: int = 0  # by any gate; one person may fail several
    by_gate: dict[Gate, int] = field(default_factory=dict)
    values: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    newest_change: datetime | None = None  # of anybody in the pool
    changed_since: int = 0  # passing, but changed since the list was begun
