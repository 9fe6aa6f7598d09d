"""Ways of applications for tests, told in days from a Monday at noon."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.applications.choices import Outcome
from recruit.applications.models import Application
from recruit.applications.operations import (
    advance,
    apply,
    hire,
    reject,
    undo_last_transition,
    withdraw,
)
from recruit.jobs.choices import JobStatus
from recruit.jobs.models import Job
from recruit.jobs.operations import change_status
from recruit.reports.queries import Scope
from recruit.reports.values import Period
from tests.factories import ACTOR, make_candidate, make_job, reason_for

MONDAY = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
EVER = Period()
UNDO = "undo"


def day(number: float) -> datetime:
    """Return noon, so many days after the Monday."""
    return MONDAY + timedelta(days=number)


def days(count: float) -> timedelta:
    return timedelta(days=count)


def on_day(moment: datetime | None) -> float | None:
    """Return the number of a day."""
    return None if moment is None else (moment - MONDAY) / days(1)


@dataclass(frozen=True, slots=True)
class Step:
    """A move on a day: to a stage, to an end, or "undo" of the one before."""

    on: float
    to: str
    by: User | None = None


def post(code: str = "REQ-1", *, recruiters: Iterable[User] = ()) -> Job:
    """Make a job that is open since the Monday."""
    return make_job(
        requisition_code=code,
        department="Parks",
        created_at=day(0),
        recruiters=list(recruiters),
    )


def status(job: Job, *changes: tuple[float, JobStatus]) -> None:
    """Give a job statuses on days."""
    for on, to in changes:
        change_status(job_id=job.pk, to_status=to, actor=ACTOR, changed_at=day(on))


def way(job: Job, *steps: Step, came: float = 0, source: str = "") -> Application:
    """Lead a new person through a pipeline."""
    application = apply(
        job_id=job.pk,
        candidate_id=make_candidate().pk,
        actor=ACTOR,
        applied_at=day(came),
        source=source,
    )
    for step in steps:
        take(application, step)
    return application


def take(application: Application, step: Step) -> None:
    actor = Actor.of(step.by) if step.by else ACTOR
    pk, at = application.pk, day(step.on)
    match step.to:
        case "undo":
            undo_last_transition(application_id=pk, actor=actor, moved_at=at)
        case Outcome.HIRED:
            hire(application_id=pk, actor=actor, moved_at=at)
        case Outcome.REJECTED | Outcome.WITHDRAWN:
            end = reject if step.to == Outcome.REJECTED else withdraw
            reason = reason_for(step.to)
            end(application_id=pk, reason=reason, actor=actor, moved_at=at)
        case _:
            advance(application_id=pk, to_stage=step.to, actor=actor, moved_at=at)


def seen(period: Period = EVER, *, today: float = 200, **narrowed: str) -> Scope:
    """Return all jobs, some time, looked at on a day."""
    return Scope(viewer=None, now=day(today), period=period, **narrowed)
