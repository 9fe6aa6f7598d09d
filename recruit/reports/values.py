"""What reports count, as plain values."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID


class Result(StrEnum):
    """What became of somebody at a stage that they reached."""

    PASSED = "passed"  # reached a further stage, or was hired
    REJECTED = "rejected"  # rejected without getting further
    WITHDRAWN = "withdrawn"  # withdrew without getting further
    UNDER_WAY = "under_way"  # still active, and not further yet


# What an entry is counted as, beside the results; measures.py uses the same words.
FROM_CONTACT, FROM_OPENING = "from_contact", "from_opening"
LEFT, STANDING = "left", "standing"
OPEN_JOB, WAITING, MOVING = "open_job", "waiting", "moving"
MOVED, HIRE = "moved", "hired"
CAME, FURTHER, AT_LAST = "came", "further", "at_last"

NOBODY = ""  # the line of jobs that name no recruiter


@dataclass(slots=True)
class Entry:
    """One thing that is counted, in a line of the table."""

    line: str
    kind: str
    job_id: UUID
    application_id: UUID | None
    began_at: datetime
    ended_at: datetime | None  # None: it goes on

    @property
    def took(self) -> timedelta | None:
        return None if self.ended_at is None else self.ended_at - self.began_at


@dataclass(frozen=True, slots=True)
class Counted:
    """How many entries of a kind there are, and how long those that ended took."""

    number: int
    median: timedelta | None = None
    most: timedelta | None = None  # what nine of ten did not exceed


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment to before another; None: without an end on that side."""

    since: datetime | None = None
    until: datetime | None = None
