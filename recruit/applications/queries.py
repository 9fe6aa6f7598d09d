"""Reads that cross jobs, candidates and applications."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from recruit.accounts.models import User
from recruit.applications.blind import jobs_hiding, known_by_name
from recruit.applications.choices import Outcome
from recruit.applications.models import Application, StageTransition
from recruit.candidates.models import Candidate
from recruit.candidates.querysets import CandidateQuerySet
from recruit.events.models import Event
from recruit.events.querysets import EventQuerySet
from recruit.jobs.models import Job
from recruit.jobs.querysets import JobQuerySet


@dataclass(frozen=True, slots=True)
class EarlierContact:
    """How far somebody came in the pipeline of one job, and how it ended."""

    application_id: UUID
    job_id: UUID
    requisition_code: str
    job_title: str
    stage: str  # the last one they stood in
    stage_label: str
    outcome: str
    outcome_label: str
    reason: str  # of an end without a hire, else ""
    at: datetime  # of the end; of an active application, of the last move

    @property
    def is_active(self) -> bool:
        return self.outcome == Outcome.ACTIVE


def candidates_visible_to(
    user: User | None, *, on_pages_of: UUID | None = None
) -> CandidateQuerySet:
    """Return the people a user may see.

    Recruiters and administrators see everybody, a hiring manager those who applied
    for their jobs; None is the system. Erased people are seen by nobody. Whom a job
    hides a hiring manager sees `on_pages_of` that job alone, which do not name them.
    """
    candidates = Candidate.objects.not_erased()
    if user is None or user.is_recruiting:
        return candidates
    mine = known_by_name(Application.objects.visible_to(user), besides=on_pages_of)
    applied = mine.filter(candidate=OuterRef("pk"))
    return candidates.filter(Exists(applied))


def ids_visible_to(user: User | None) -> tuple[UUID, ...] | None:
    """Return the ids of the people a user may see, sorted; None where they are all."""
    if user is None or user.is_recruiting:
        return None
    return tuple(sorted(candidates_visible_to(user).values_list("pk", flat=True)))


def events_visible_to(user: User | None) -> EventQuerySet:
    """Return the events a user may know of; None is the system and knows all.

    Recruiting accounts know all but those about jobs hidden from them, a hiring
    manager those about their own jobs.
    """
    if user is None:
        return Event.objects.all()
    jobs = Job.objects.visible_to(user)
    if user.is_recruiting:
        # Few jobs are confidential, so few ids are sent.
        hidden = Job.objects.filter(confidential=True).exclude(pk__in=jobs)
        return Event.objects.exclude(job_ids__overlap=_ids(hidden))
    return Event.objects.filter(job_ids__overlap=_ids(jobs))


def events_about_person(candidate_id: UUID, user: User | None) -> EventQuerySet:
    """Return what a user may know of a person, without what jobs hide of them."""
    events = events_visible_to(user).about_candidate(candidate_id)
    hiding = jobs_hiding(candidate_id)
    return events.exclude(job_ids__overlap=hiding) if hiding else events


def _ids(jobs: JobQuerySet) -> list[UUID]:
    return list(jobs.values_list("pk", flat=True))


def candidate_ids_in_pipeline(job_id: UUID) -> list[UUID]:
    """Return who was ever put in a job's pipeline, however it ended."""
    applications = Application.objects.filter(job_id=job_id)
    return list(applications.values_list("candidate_id", flat=True))


def candidate_ids_in_pipelines(job_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return who was ever put in the pipeline of each of these jobs."""
    found: dict[UUID, list[UUID]] = {job_id: [] for job_id in job_ids}
    applications = Application.objects.filter(job_id__in=job_ids)
    for job_id, candidate_id in applications.values_list("job_id", "candidate_id"):
        found[job_id].append(candidate_id)
    return found


def stage_counts(job_ids: list[UUID]) -> dict[UUID, dict[str, int]]:
    """Return the number of active applications by job and stage."""
    rows = (
        Application.objects.active()
        .filter(job_id__in=job_ids)
        .values("job_id", "stage")
        .annotate(people=Count("id"))
        .order_by()
    )
    counts: dict[UUID, dict[str, int]] = {job_id: {} for job_id in job_ids}
    for row in rows:
        counts[row["job_id"]][row["stage"]] = row["people"]
    return counts


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many stand at a stage, and how many of them since long."""

    people: int
    waiting_long: int


def pipeline_counts(job_id: UUID, *, long_since: datetime) -> dict[str, StageCount]:
    """Return the active applications of a job by the code of their stage."""
    rows = (
        Application.objects.active()
        .filter(job_id=job_id)
        .values_list("stage")
        .annotate(
            people=Count("id"),
            waiting=Count("id", filter=Q(stage_changed_at__lt=long_since)),
        )
        .order_by()
    )
    return {stage: StageCount(people, waiting) for stage, people, waiting in rows}


def last_moves(application_ids: Collection[UUID]) -> dict[UUID, StageTransition]:
    """Return the last transition of each application that was ever moved."""
    moves = (
        StageTransition.objects.filter(application_id__in=application_ids)
        .order_by("application_id", "-sequence")
        .distinct("application_id")
    )
    return {move.application_id: move for move in moves}


def applications_of(candidate: Candidate, viewer: User | None) -> QuerySet[Application]:
    """Return a person's applications that the viewer may see, newest first.

    Those on jobs that hide who applied are not among them.
    """
    mine = Application.objects.visible_to(viewer).filter(candidate=candidate)
    return (
        known_by_name(mine).with_job().with_transitions().order_by("-applied_at", "-id")
    )


def considered_elsewhere(job_id: UUID, viewer: User | None) -> list[UUID]:
    """Return who was ever in the pipeline of another job that the viewer may see."""
    visible = Application.objects.visible_to(viewer)
    others = known_by_name(visible).exclude(job_id=job_id)
    there = others.filter(candidate__erased_at=None)
    return list(there.values_list("candidate_id", flat=True).distinct())


def earlier_contacts(
    candidate_ids: Collection[UUID],
    viewer: User | None,
    *,
    other_than: UUID | None = None,
) -> dict[UUID, tuple[EarlierContact, ...]]:
    """Return what each of these people went through with us, newest first.

    Nobody is missing in the answer. Of jobs the viewer may not see, and of those that
    hide who applied, nothing is told;
    `other_than` is a job to leave out, mostly the one that is being looked at.
    """
    visible = Application.objects.visible_to(viewer)
    applications = known_by_name(
        visible.filter(candidate_id__in=candidate_ids)
    ).with_job()
    if other_than is not None:
        applications = applications.exclude(job_id=other_than)
    told: dict[UUID, list[EarlierContact]] = {one: [] for one in candidate_ids}
    for application in applications:
        told[application.candidate_id].append(_contact(application))
    return {
        candidate_id: tuple(
            sorted(contacts, key=lambda one: (one.at, one.application_id), reverse=True)
        )
        for candidate_id, contacts in told.items()
    }


def _contact(application: Application) -> EarlierContact:
    reason = application.disposition_reason
    return EarlierContact(
        application_id=application.pk,
        job_id=application.job_id,
        requisition_code=application.job.requisition_code,
        job_title=application.job.title,
        stage=application.stage,
        stage_label=str(application.get_stage_display()),
        outcome=application.outcome,
        outcome_label=str(application.get_outcome_display()),
        reason=reason.label if reason else "",
        at=application.ended_at or application.stage_changed_at,
    )
