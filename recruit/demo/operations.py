"""Writing the demo data, through the same operations as everything else."""

import zlib
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _
from procrastinate.exceptions import AlreadyEnqueued

from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.accounts.operations import create_user
from recruit.applications.choices import Stage
from recruit.applications.models import DispositionReason
from recruit.applications.operations import advance, apply, hire, reject, withdraw
from recruit.candidates.models import Candidate
from recruit.candidates.operations import ProfileWrite, new_candidate, save_profiles
from recruit.common.refusals import Refused
from recruit.common.task_queue import LONG, defer, task
from recruit.demo.content import JobContent
from recruit.demo.generation import DemoData, demo_data
from recruit.demo.people import SOURCE
from recruit.demo.pipelines import HIRED, REJECTED, DemoApplication, Move
from recruit.demo.queries import demo_is_loaded
from recruit.deployment.milestones import demo_is_asked_for
from recruit.jobs.choices import JobStatus
from recruit.jobs.models import Job
from recruit.jobs.operations import (
    JobFields,
    RequirementInput,
    change_status,
    create_job,
)
from recruit.skills.operations import load_vocabulary
from recruit.skills.vocabulary import read_vocabulary

LOAD = "recruit.demo.tasks.load_demo_data"
ACTOR = Actor.system("demo data")
RECRUITER = ("recruiter@example.org", "Rosalind Achterkamp", Role.RECRUITER)
HIRING_MANAGER = ("manager@example.org", "Matthias Oyelaran", Role.HIRING_MANAGER)
MANAGED = frozenset({"Engineering", "Data", "Product Design"})  # by the manager
STATUS_AGE = timedelta(days=5)  # since a job was closed or put on hold
REMOTE = {"on site": "on_site"}

Report = Callable[[str], None]


class PeopleAreThere(Refused):
    """Demo people are not put among others."""


@dataclass(frozen=True, slots=True)
class DemoLoaded:
    """How much was written."""

    jobs: int
    candidates: int
    applications: int


@dataclass(frozen=True, slots=True)
class _Team:
    """The accounts that the demo jobs belong to."""

    owner: User | None
    recruiter: User
    manager: User

    def recruiters_of(self, job: JobContent) -> list[User]:
        shared = [] if job.confidential else [self.recruiter]
        return [*([self.owner] if self.owner else []), *shared]


@transaction.atomic
def ask_for_demo(*, owner: User) -> None:
    """Have the worker load the demo data. Raise PeopleAreThere.

    Asked twice, it is loaded once.
    """
    if Candidate.objects.exists():
        raise PeopleAreThere(_("There are people already; demo data stays out."))
    demo_is_asked_for()
    arguments = {"owner_id": str(owner.pk)}
    asked = task(LOAD, queue=LONG, lock=LOAD, queueing_lock=LOAD, arguments=arguments)
    with suppress(AlreadyEnqueued), transaction.atomic():
        defer([asked])


@transaction.atomic
def load_demo(
    *, now: datetime, owner: User | None, report: Report
) -> DemoLoaded | None:
    """Write the demo data, whole or not at all; None where it is there already.

    The owner (an administrator, usually) is named as recruiter on every job.
    """
    _wait_for_others()
    if demo_is_loaded():
        return None
    demo = demo_data(now=now)
    load_vocabulary(entries=read_vocabulary(), actor=ACTOR, loaded_at=now)
    report("Vocabulary loaded")
    team = _Team(owner, _account(*RECRUITER), _account(*HIRING_MANAGER))
    taken = set(Job.objects.values_list("requisition_code", flat=True))
    jobs = {job.code: _create_job(job, demo, team, taken, now) for job in demo.jobs}
    report(f"{len(jobs)} jobs written")
    candidates = _create_candidates(demo)
    report(f"{len(candidates)} candidates written")
    reasons = {reason.code: reason for reason in DispositionReason.objects.all()}
    for application in demo.applications:
        _play(
            application,
            jobs[application.job_code],
            candidates[application.candidate],
            reasons,
        )
    report(f"{len(demo.applications)} applications moved through the stages")
    _set_statuses(demo, jobs, now)
    return DemoLoaded(len(jobs), len(candidates), len(demo.applications))


def _wait_for_others() -> None:
    """Let one process load at a time, until its transaction ends."""
    with connection.cursor() as cursor:
        key = zlib.crc32(LOAD.encode())
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def _account(email: str, name: str, role: Role) -> User:
    """Return an account; nobody can sign in to it until it is given a password."""
    held = User.objects.filter(email__iexact=email).first()
    return held or create_user(email=email, name=name, role=role)


def told_fields(job: JobContent) -> JobFields:
    """Return what a written job says of itself, but for where and whose it is."""
    low, high, currency = job.salary
    return JobFields(
        title=job.title,
        description=job.description,
        department=job.department,
        family=job.family,
        remote_policy=REMOTE.get(job.remote, job.remote),
        salary_min=Decimal(low),
        salary_max=Decimal(high),
        salary_currency=currency,
        openings=job.openings,
    )


def told_requirements(job: JobContent) -> list[RequirementInput]:
    """Return what a written job requires."""
    return [
        RequirementInput(
            skill=one.skill,
            importance=one.importance,
            minimum_proficiency=one.proficiency,
            minimum_years=None if one.years is None else Decimal(one.years),
        )
        for one in job.requirements
    ]


def status_to_begin_with(status: str) -> JobStatus:
    """Return the status that a job has before anybody came into its pipeline."""
    return JobStatus.DRAFT if status == JobStatus.DRAFT else JobStatus.OPEN


def _create_job(
    job: JobContent, demo: DemoData, team: _Team, taken: Collection[str], now: datetime
) -> UUID:
    is_managed = job.department in MANAGED and not job.confidential
    fields = JobFields(
        **told_fields(job),
        requisition_code=_free_code(job.code, taken),
        place=job.place,
        region=job.region,
        country=job.country,
        status=status_to_begin_with(job.status),
        hiring_manager=team.manager if is_managed else None,
        recruiters=team.recruiters_of(job),
        confidential=job.confidential,
        source=SOURCE,
        external_id=job.code,
    )
    created_at = now - timedelta(days=demo.job_ages[job.code])
    return create_job(
        fields=fields,
        requirements=told_requirements(job),
        actor=ACTOR,
        created_at=created_at,
    ).pk


def _free_code(code: str, taken: Collection[str]) -> str:
    """Return a code for a demo job that no job of one's own has."""
    while code in taken:
        code = f"{code}-demo"
    return code


def _create_candidates(demo: DemoData) -> dict[str, UUID]:
    """Write the people, one batch for each day on which some came."""
    by_day = sorted(demo.candidates, key=lambda one: (one.created_at, one.external_id))
    ids: dict[str, UUID] = {}
    for created_at, batch in groupby(by_day, key=lambda one: one.created_at):
        came = list(batch)
        written = save_profiles(
            writes=[
                ProfileWrite(new_candidate(created_at), one.profile, is_new=True)
                for one in came
            ],
            actor=ACTOR,
            changed_at=created_at,
        )
        for one, row in zip(came, written, strict=True):
            if row.error is not None:
                raise row.error
            ids[one.external_id] = row.candidate.pk
    return ids


def _play(
    application: DemoApplication,
    job_id: UUID,
    candidate_id: UUID,
    reasons: dict[str, DispositionReason],
) -> None:
    """Let one application go its way."""
    made = apply(
        job_id=job_id,
        candidate_id=candidate_id,
        actor=ACTOR,
        applied_at=application.applied_at,
        source=SOURCE,
        external_id=application.external_id,
    )
    for move in application.moves:
        _move(made.pk, move, reasons)


def _move(
    application_id: UUID, move: Move, reasons: dict[str, DispositionReason]
) -> None:
    if move.stage:
        advance(
            application_id=application_id,
            to_stage=Stage(move.stage),
            actor=ACTOR,
            moved_at=move.at,
        )
    elif move.outcome == HIRED:
        hire(application_id=application_id, actor=ACTOR, moved_at=move.at)
    else:
        end = reject if move.outcome == REJECTED else withdraw
        end(
            application_id=application_id,
            reason=reasons[move.reason],
            actor=ACTOR,
            moved_at=move.at,
        )


def _set_statuses(demo: DemoData, jobs: dict[str, UUID], now: datetime) -> None:
    """Close and put on hold, now that the pipelines are filled."""
    for job in demo.jobs:
        if job.status in {JobStatus.CLOSED, JobStatus.ON_HOLD}:
            change_status(
                job_id=jobs[job.code],
                to_status=JobStatus(job.status),
                actor=ACTOR,
                changed_at=now - STATUS_AGE,
            )
