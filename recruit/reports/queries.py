"""The jobs and applications that a viewer may see, as plain values.

The number of queries does not depend on the number of rows: one for the jobs, one each
for who is named on them and when they were opened, one for the applications, one for
their moves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from recruit.accounts.choices import ActorKind
from recruit.accounts.models import User
from recruit.applications.choices import Outcome
from recruit.applications.models import Application, StageTransition
from recruit.applications.querysets import ApplicationQuerySet
from recruit.applications.stages import stages_of_jobs
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.jobs.models import Job
from recruit.jobs.querysets import JobQuerySet
from recruit.reports.courses import Course, Move, openings
from recruit.reports.measures import JobFacts, Period

STATUS_CHANGES = (Happened.JOB_STATUS_CHANGED, Happened.JOB_CHANGED)


@dataclass(frozen=True, slots=True)
class Scope:
    """Who looks at what: the jobs of one department, one job, some time."""

    viewer: User | None
    now: datetime
    period: Period
    department: str = ""
    requisition_code: str = ""

    def jobs(self) -> JobQuerySet:
        jobs = Job.objects.visible_to(self.viewer)
        if self.department:
            jobs = jobs.filter(department=self.department)
        if self.requisition_code:
            jobs = jobs.filter(requisition_code=self.requisition_code)
        return jobs

    def applications(self) -> ApplicationQuerySet:
        return Application.objects.filter(job__in=self.jobs())


def begun_in(scope: Scope) -> ApplicationQuerySet:
    """Return applications that came in the period."""
    return scope.applications().filter(_within("applied_at", scope.period))


def hired_in(scope: Scope) -> ApplicationQuerySet:
    """Return applications that ended with a hire in the period."""
    hired = scope.applications().filter(outcome=Outcome.HIRED)
    return hired.filter(_within("ended_at", scope.period))


def standing_in(scope: Scope) -> ApplicationQuerySet:
    """Return applications that were active at some time of the period, or are now."""
    since, until = scope.period.since, scope.period.until
    found = scope.applications()
    if until is not None:
        found = found.filter(Q(applied_at__lt=until) | Q(ended_at=None))
    if since is not None:
        found = found.filter(Q(ended_at__gte=since) | Q(ended_at=None))
    return found


def _within(field: str, period: Period) -> Q:
    found = Q()
    if period.since is not None:
        found &= Q(**{f"{field}__gte": period.since})
    if period.until is not None:
        found &= Q(**{f"{field}__lt": period.until})
    return found


def courses(applications: ApplicationQuerySet) -> list[Course]:
    """Load applications with their moves, in the order they came."""
    rows = applications.order_by("applied_at", "pk").values_list(
        "pk",
        "job_id",
        "source",
        "candidate__source",
        "applied_at",
        "stage",
        "stage_changed_at",
        "outcome",
        "ended_at",
    )
    moves, first_stages = _moves(applications)
    return [
        Course(
            application_id=pk,
            job_id=job_id,
            source=source or source_of_person,
            applied_at=applied_at,
            first_stage=first_stages.get(pk, stage),
            stage=stage,
            stage_since=stage_since,
            outcome=outcome,
            ended_at=ended_at,
            moves=moves.get(pk, ()),
        )
        for (
            pk,
            job_id,
            source,
            source_of_person,
            applied_at,
            stage,
            stage_since,
            outcome,
            ended_at,
        ) in rows
    ]


def _moves(
    applications: ApplicationQuerySet,
) -> tuple[dict[UUID, list[Move]], dict[UUID, str]]:
    rows = (
        StageTransition.objects.filter(application__in=applications.order_by())
        .order_by("application_id", "sequence")
        .values_list(
            "application_id",
            "from_stage",
            "pk",
            "to_stage",
            "to_outcome",
            "moved_at",
            "undoes_id",
            "actor_kind",
            "actor_id",
        )
    )
    moves: dict[UUID, list[Move]] = {}
    first_stages: dict[UUID, str] = {}
    for row in rows:
        application_id, from_stage, move_id, stage, outcome, moved_at, undoes = row[:7]
        first_stages.setdefault(application_id, from_stage)
        user_id = row[8] if row[7] == ActorKind.USER else None
        move = Move(move_id, stage, outcome, moved_at, undoes, user_id)
        moves.setdefault(application_id, []).append(move)
    return moves, first_stages


def job_facts(scope: Scope) -> dict[UUID, JobFacts]:
    """Load what the reports need to know of the jobs, the newest first."""
    rows = list(
        scope.jobs()
        .newest_first()
        .values_list(
            "pk", "requisition_code", "title", "department", "status", "created_at"
        )
    )
    stages = stages_of_jobs(row[0] for row in rows)
    return {
        row[0]: JobFacts(*row, stages=tuple(one.code for one in stages[row[0]]))
        for row in rows
    }


def with_recruiters(jobs: dict[UUID, JobFacts], scope: Scope) -> dict[UUID, str]:
    """Add who is named on each job; return the names of all who may be."""
    named: dict[UUID, list[UUID]] = {}
    through = Job.recruiters.through.objects.filter(job__in=scope.jobs())
    for job_id, user_id in through.order_by("pk").values_list("job_id", "user_id"):
        named.setdefault(job_id, []).append(user_id)
    for job_id, users in named.items():
        if job_id in jobs:
            jobs[job_id].recruiters = tuple(users)
    return dict(User.objects.values_list("pk", "name"))


def with_openings(jobs: dict[UUID, JobFacts], ids: Iterable[UUID]) -> None:
    """Add when these jobs were opened, as the event log tells."""
    wanted = {job_id: jobs[job_id] for job_id in ids}
    events = Event.objects.filter(
        kind__in=STATUS_CHANGES,
        job_ids__overlap=list(wanted),
        details__fields__contains=["status"],
    ).order_by("happened_at", "id")
    changes: dict[UUID, list[tuple[datetime, str]]] = {}
    for job_ids, changed_at, status in events.values_list(
        "job_ids", "happened_at", "details__status"
    ):
        for job_id in job_ids:
            changes.setdefault(job_id, []).append((changed_at, status))
    for job_id, job in wanted.items():
        job.openings = openings(job.created_at, changes.get(job_id, ()))
