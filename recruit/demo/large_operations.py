"""Writing a large amount of demo data, many rows at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction

from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.accounts.operations import create_user
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import (
    Application,
    DispositionReason,
    StageTransition,
)
from recruit.applications.moving import moved
from recruit.candidates.models import Candidate
from recruit.candidates.operations import ProfileWrite, new_candidate, save_profiles
from recruit.common.copying import copy_rows
from recruit.common.refusals import Refused
from recruit.demo.large import (
    SOURCE,
    LargeApplication,
    LargeJob,
    LargeMove,
    many_applications,
    many_jobs,
    many_people,
)
from recruit.demo.operations import (
    ACTOR,
    Report,
    status_to_begin_with,
    told_fields,
    told_requirements,
)
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.jobs.choices import JobStatus
from recruit.jobs.operations import (
    JobFields,
    change_status,
    create_job,
)
from recruit.skills.operations import load_vocabulary
from recruit.skills.vocabulary import read_vocabulary

RECRUITERS = 8
NAMED_ON_EVERY = 5  # job, the owner of the data
REOPENED_EVERY = 10  # job that is open
PEOPLE_AT_ONCE = 500
AN_HOUR = timedelta(hours=1)


class LargeDemoLoaded(Refused):
    """The large demo data is there already."""


@dataclass(frozen=True, slots=True)
class LargeDemo:
    """What was written, by what it is about: the key of a field of work."""

    candidates: dict[UUID, str]
    jobs: dict[UUID, str]
    applications: int


@transaction.atomic
def load_large_demo(
    *,
    candidates: int,
    jobs: int,
    applications: int,
    owner: User | None,
    now: datetime,
    report: Report,
) -> LargeDemo:
    """Write the large demo data, whole or not at all. Raise LargeDemoLoaded."""
    if Candidate.objects.filter(source=SOURCE).exists():
        raise LargeDemoLoaded("The large demo data is loaded already.")
    load_vocabulary(entries=read_vocabulary(), actor=ACTOR, loaded_at=now)
    people = _write_people(candidates, now, report)
    ids, fields = list(people), list(people.values())
    by_field: dict[str, list[int]] = {}
    for place, field in enumerate(fields):
        by_field.setdefault(field, []).append(place)
    team = _team()
    written: dict[UUID, str] = {}
    count = 0
    reasons = {one.code: one for one in DispositionReason.objects.all()}
    for number, job in enumerate(many_jobs(jobs, applications, now)):
        recruiters = [team[number % len(team)], team[number * 3 % len(team)]]
        if owner is not None and number % NAMED_ON_EVERY == 0:
            recruiters.append(owner)
        job_id = _create_job(job, recruiters)
        ways = many_applications(job, by_field.get(job.field, []), len(ids), now)
        _write_applications(job_id, ways, ids, reasons, Actor.of(recruiters[0]))
        _set_status(job, job_id, number, now)
        written[job_id] = job.field
        count += len(ways)
    report(f"{len(written)} jobs and {count} applications written")
    return LargeDemo(people, written, count)


def _team() -> list[User]:
    """Return the accounts that do the work; nobody can sign in to them."""
    addresses = [f"recruiter{number + 1}@example.org" for number in range(RECRUITERS)]
    held = {one.email: one for one in User.objects.filter(email__in=addresses)}
    return [
        held.get(address)
        or create_user(email=address, name=f"Recruiter {number}", role=Role.RECRUITER)
        for number, address in enumerate(addresses, start=1)
    ]


def _write_people(number: int, now: datetime, report: Report) -> dict[UUID, str]:
    """Write people, some hundreds at a time; return the field of each."""
    fields: dict[UUID, str] = {}
    everybody = many_people(number, now)
    while batch := list(islice(everybody, PEOPLE_AT_ONCE)):
        writes = [
            ProfileWrite(new_candidate(one.created_at), one.profile, is_new=True)
            for one in batch
        ]
        written = save_profiles(writes=writes, actor=ACTOR, changed_at=now)
        for one, row in zip(batch, written, strict=True):
            if row.error is not None:
                raise row.error
            fields[row.candidate.pk] = one.field
        report(f"{len(fields)} candidates written")
    return fields


def _create_job(job: LargeJob, recruiters: Sequence[User]) -> UUID:
    fields = JobFields(
        **told_fields(job.content),
        requisition_code=job.code,
        place=job.place,
        region=job.region,
        country=job.country,
        status=status_to_begin_with(job.status),
        recruiters=list(dict.fromkeys(recruiters)),
        source=SOURCE,
        external_id=job.code,
    )
    return create_job(
        fields=fields,
        requirements=told_requirements(job.content),
        actor=ACTOR,
        created_at=job.created_at,
    ).pk


def _write_applications(
    job_id: UUID,
    ways: Sequence[LargeApplication],
    people: Sequence[UUID],
    reasons: dict[str, DispositionReason],
    actor: Actor,
) -> None:
    """Write a whole pipeline: one event for all who came, one for each kind of move."""
    rows: list[Application] = []
    transitions: list[StageTransition] = []
    for way in ways:
        application = Application(
            job_id=job_id,
            candidate_id=people[way.candidate],
            source=way.source,
            applied_at=way.applied_at,
            stage_changed_at=way.applied_at,
        )
        for step in way.moves:
            transitions += _moves(application, step, reasons, actor)
        rows.append(application)
    copy_rows(Application, rows)
    copy_rows(StageTransition, transitions)
    if rows:
        record(
            Happened.APPLIED,
            actor=actor,
            happened_at=max(way.applied_at for way in ways),
            job_ids=[job_id],
            candidate_ids=[row.candidate_id for row in rows],
        )


def _moves(
    application: Application,
    step: LargeMove,
    reasons: dict[str, DispositionReason],
    actor: Actor,
) -> Iterator[StageTransition]:
    before = application.stage, application.outcome
    move = step.move
    done = moved(
        application,
        stage=move.stage or application.stage,
        outcome=move.outcome or Outcome.ACTIVE,
        reason=reasons.get(move.reason),
        actor=actor,
        moved_at=move.at,
    )
    yield done
    if step.is_taken_back:
        yield moved(
            application,
            stage=Stage(before[0]),
            outcome=Outcome(before[1]),
            reason=None,
            actor=actor,
            moved_at=move.at + AN_HOUR,
            undoes=done,
        )


def _set_status(job: LargeJob, job_id: UUID, number: int, now: datetime) -> None:
    changes: list[tuple[JobStatus, datetime]] = []
    status = JobStatus(job.status)
    age = now - job.created_at
    if status in {JobStatus.CLOSED, JobStatus.ON_HOLD}:
        changes = [(status, now - age / 10)]
    elif status == JobStatus.OPEN and number % REOPENED_EVERY == 0:
        changes = [
            (JobStatus.CLOSED, job.created_at + age / 3),
            (JobStatus.OPEN, job.created_at + age / 2),
        ]
    for to_status, changed_at in changes:
        change_status(
            job_id=job_id, to_status=to_status, actor=ACTOR, changed_at=changed_at
        )
