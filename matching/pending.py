"""The event log, read by indexing: pending rows to search rows and tasks."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db import transaction

from matching import queue
from matching.history import considered_for, refresh_history
from matching.search_rows import refresh_search_rows
from matching.subjects import CANDIDATES, JOBS, SKILLS
from recruit.candidates.models import CandidateSkill
from recruit.events.choices import Happened, Reader
from recruit.events.models import Event, PendingEvent
from recruit.jobs.models import JobSkill

EVENTS_AT_ONCE = 100

# So many search rows are written at once; those of a bulk operation in tasks.
ROWS_AT_ONCE = 200

PROFILE_CHANGES = {
    Happened.CANDIDATE_CREATED,
    Happened.CANDIDATE_CHANGED,
    Happened.CANDIDATE_ERASED,
    Happened.INDEXING_REQUESTED,
    Happened.SKILLS_MERGED,
}
JOB_CHANGES = {
    Happened.JOB_CREATED,
    Happened.JOB_CHANGED,
    Happened.JOB_DELETED,
    Happened.INDEXING_REQUESTED,
}
APPLICATION_CHANGES = {
    Happened.APPLIED,
    Happened.STAGE_CHANGED,
    Happened.REJECTED,
    Happened.WITHDRAWN,
    Happened.HIRED,
    Happened.TRANSITION_UNDONE,
    Happened.TAKEN_OUT,
}
SKILL_CHANGES = {
    Happened.SKILL_CREATED,
    Happened.SKILL_CHANGED,
    Happened.SKILL_DELETED,
    Happened.SKILLS_MERGED,
}


def read_pending() -> None:
    """Take every pending event; nothing is lost if this is stopped half-way."""
    while _read_some():
        pass


@transaction.atomic
def _read_some() -> int:
    pending = list(PendingEvent.objects.of(Reader.INDEXING).taken(EVENTS_AT_ONCE))
    events = [row.event for row in pending]
    skill_ids = _skills(events, {Happened.SKILL_CHANGED})
    candidate_ids = _holders(skill_ids) | {
        candidate_id
        for event in events
        if event.kind in PROFILE_CHANGES
        for candidate_id in event.candidate_ids
    }
    job_ids = _requiring(skill_ids) | {
        job_id
        for event in events
        if event.kind in JOB_CHANGES
        for job_id in event.job_ids
    }
    queue.index(JOBS, job_ids)
    if len(candidate_ids) <= ROWS_AT_ONCE:
        refresh_search_rows(candidate_ids)
    else:
        queue.refresh(candidate_ids)
    refresh_history(_considered(events) - candidate_ids)
    queue.index(CANDIDATES, candidate_ids)
    queue.index(SKILLS, _skills(events, SKILL_CHANGES))
    PendingEvent.objects.filter(pk__in=[row.pk for row in pending]).delete()
    return len(pending)


def _considered(events: Sequence[Event]) -> set[UUID]:
    """Return whose application moved, or whose job began or ceased to hide them."""
    moved = {
        candidate_id
        for event in events
        if event.kind in APPLICATION_CHANGES
        for candidate_id in event.candidate_ids
    }
    hiding = [event for event in events if _is_about_hiding(event)]
    if any(not event.job_ids for event in hiding):  # a rule for every job
        return moved | set(considered_for(None))
    jobs = [job_id for event in hiding for job_id in event.job_ids]
    return moved | set(considered_for(jobs))


def _is_about_hiding(event: Event) -> bool:
    """Tell whether a job shows its applications to others than before."""
    if event.kind == Happened.JOB_CHANGED:
        return "confidential" in event.details.get("fields", ())
    return event.kind in {Happened.NAMES_HIDDEN, Happened.NAMES_SHOWN}


def _skills(events: Iterable[Event], kinds: Collection[Happened]) -> set[UUID]:
    return {
        UUID(skill_id)
        for event in events
        if event.kind in kinds
        for skill_id in event.details.get("skills", ())
    }


def _holders(skill_ids: Collection[UUID]) -> set[UUID]:
    held = CandidateSkill.objects.filter(skill_id__in=skill_ids)
    return set(held.values_list("candidate_id", flat=True)) if skill_ids else set()


def _requiring(skill_ids: Collection[UUID]) -> set[UUID]:
    required = JobSkill.objects.filter(skill_id__in=skill_ids)
    return set(required.values_list("job_id", flat=True)) if skill_ids else set()
