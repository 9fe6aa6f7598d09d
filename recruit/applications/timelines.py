"""What happened to a person or a job, as far as the reader may know of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from recruit.accounts.models import User
from recruit.candidates.models import Candidate
from recruit.events.models import Event
from recruit.jobs.models import Job


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One event with the job and the person it speaks of, where it is about one."""

    event: Event
    job: Job | None
    candidate: Candidate | None


def _known_to(events: QuerySet[Event], viewer: User | None) -> QuerySet[Event]:
    """Leave out events about jobs that the viewer may not see."""
    if viewer is None:
        return events
    visible = Job.objects.visible_to(viewer)
    if not viewer.is_recruiting:
        own = list(visible.values_list("pk", flat=True))
        return events.filter(Q(job_ids=[]) | Q(job_ids__overlap=own))
    hidden = Job.objects.filter(confidential=True).exclude(pk__in=visible)
    return events.exclude(job_ids__overlap=list(hidden.values_list("pk", flat=True)))


def _entries(events: Iterable[Event]) -> list[TimelineEntry]:
    found = list(events)
    jobs = Job.objects.in_bulk(
        {event.job_ids[0] for event in found if len(event.job_ids) == 1}
    )
    people = Candidate.objects.in_bulk(
        {event.candidate_ids[0] for event in found if len(event.candidate_ids) == 1}
    )
    return [
        TimelineEntry(
            event,
            jobs.get(event.job_ids[0]) if len(event.job_ids) == 1 else None,
            people.get(event.candidate_ids[0])
            if len(event.candidate_ids) == 1
            else None,
        )
        for event in found
    ]


def candidate_timeline(
    candidate: Candidate, *, viewer: User | None, limit: int
) -> list[TimelineEntry]:
    """Return what happened to a person, newest first; None is the system."""
    events = Event.objects.about_candidate(candidate.pk).newest_first()
    return _entries(_known_to(events, viewer)[:limit])


def job_timeline(job: Job, *, limit: int) -> list[TimelineEntry]:
    """Return what happened to a job that the reader may see, newest first."""
    return _entries(Event.objects.about_job(job.pk).newest_first()[:limit])


def recent_activity(*, viewer: User, limit: int) -> list[TimelineEntry]:
    """Return the newest events of the jobs that name the viewer."""
    own = Job.objects.visible_to(viewer).named_on(viewer)
    ids = list(own.values_list("pk", flat=True))
    events = Event.objects.filter(job_ids__overlap=ids).newest_first()
    return _entries(events[:limit])
