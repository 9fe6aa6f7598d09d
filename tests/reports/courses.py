"""Ways of applications for tests, told in days from a Monday at noon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from recruit.reports.courses import Course, Move
from recruit.reports.measures import JobFacts

MONDAY = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ORDER = ("applied", "screening", "interview", "offer")
JOB = UUID(int=1)
ENDS = ("hired", "rejected", "withdrawn")
UNDO = "undo"

_numbers = count(1000)


def day(number: float) -> datetime:
    """Return noon, so many days after the Monday."""
    return MONDAY + timedelta(days=number)


@dataclass(frozen=True, slots=True)
class Step:
    """A move on a day: to a stage, to an end, or "undo" of the one before."""

    on: float
    to: str
    by: UUID | None = None


def course(
    *steps: Step, came: float = 0, source: str = "", job_id: UUID = JOB
) -> Course:
    """Return an application as the operations would have left it after the steps."""
    stage, outcome, since, ended = ORDER[0], "active", came, None
    moves: list[Move] = []
    before: list[tuple[str, str, float]] = []
    for step in steps:
        undoes = None
        if step.to == UNDO:
            undoes = moves[-1].move_id
            stage, outcome, since = before.pop()
        else:
            before.append((stage, outcome, since))
            is_end = step.to in ENDS
            stage, outcome = (stage, step.to) if is_end else (step.to, "active")
            since = step.on
        ended = None if outcome == "active" else step.on
        moves.append(
            Move(
                UUID(int=next(_numbers)), stage, outcome, day(step.on), undoes, step.by
            )
        )
    return Course(
        application_id=UUID(int=next(_numbers)),
        job_id=job_id,
        source=source,
        applied_at=day(came),
        first_stage=ORDER[0],
        stage=stage,
        stage_since=day(since),
        outcome=outcome,
        ended_at=None if ended is None else day(ended),
        moves=moves,
    )


def job(
    *,
    job_id: UUID = JOB,
    code: str = "REQ-1",
    department: str = "Parks",
    status: str = "open",
    made: float = 0,
    opened: Sequence[float] = (),
    recruiters: Sequence[UUID] = (),
) -> JobFacts:
    return JobFacts(
        job_id=job_id,
        requisition_code=code,
        title="Gardener",
        department=department,
        status=status,
        created_at=day(made),
        recruiters=tuple(recruiters),
        openings=tuple(map(day, opened)),
        stages=ORDER,
    )
