"""The event log in sentences, with links to what they speak of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recruit.accounts.models import User
from recruit.applications.choices import Stage
from recruit.applications.queries import candidates_visible_to, events_visible_to
from recruit.candidates.models import Candidate
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.jobs.choices import JobStatus
from recruit.jobs.models import Job
from recruit.reviews.choices import Answer

NAMED_OF_MANY = 3  # people of one event who are named; the others are counted

WORDS = {
    Happened.JOB_CREATED: gettext_lazy("Job created"),
    Happened.JOB_CHANGED: gettext_lazy("Job changed"),
    Happened.JOB_STATUS_CHANGED: gettext_lazy("Job status is now “%(status)s”"),
    Happened.CANDIDATE_CREATED: gettext_lazy("Added to the candidates"),
    Happened.CANDIDATE_CHANGED: gettext_lazy("Profile changed"),
    Happened.SKILLS_MERGED: gettext_lazy("Skill “%(merged)s” became “%(kept)s”"),
    Happened.APPLIED: gettext_lazy("Added to the pipeline"),
    Happened.STAGE_CHANGED: gettext_lazy("Moved to “%(to)s”"),
    Happened.REJECTED: gettext_lazy("Rejected: %(reason)s"),
    Happened.WITHDRAWN: gettext_lazy("Withdrew: %(reason)s"),
    Happened.HIRED: gettext_lazy("Hired"),
    Happened.TRANSITION_UNDONE: gettext_lazy("Move taken back, now in “%(to)s”"),
    Happened.TAKEN_OUT: gettext_lazy("Taken out of the pipeline again"),
    Happened.REVIEWED: gettext_lazy("The hiring manager answered: %(answer)s"),
    # Not of which one: it may be somebody's own.
    Happened.ADDED_TO_TALENT_POOL: gettext_lazy("Added to a talent pool"),
    Happened.TAKEN_FROM_TALENT_POOL: gettext_lazy("Taken from a talent pool"),
}


@dataclass(frozen=True, slots=True)
class Activity:
    """One event as people read it."""

    sentence: str
    actor_name: str
    happened_at: datetime
    jobs: tuple[Job, ...]
    candidates: tuple[Candidate, ...]
    others: str  # how many more people the event speaks of


def recent_activities(viewer: User, *, limit: int) -> list[Activity]:
    """Return what happened last among what the viewer may see."""
    events = events_visible_to(viewer).filter(kind__in=WORDS).newest_first()
    return activities(list(events[:limit]), viewer)


def history_of(candidate: Candidate, viewer: User, *, limit: int) -> list[Activity]:
    """Return what happened to one person, newest first."""
    events = events_visible_to(viewer).about_candidate(candidate.pk)
    shown = list(events.filter(kind__in=WORDS).newest_first()[:limit])
    return [
        replace(activity, candidates=(), others="")
        for activity in activities(shown, viewer)
    ]


def activities(events: Sequence[Event], viewer: User) -> list[Activity]:
    """Word events; people and jobs that the viewer may not see are left out."""
    job_ids = chain.from_iterable(event.job_ids[:NAMED_OF_MANY] for event in events)
    people_ids = chain.from_iterable(
        event.candidate_ids[:NAMED_OF_MANY] for event in events
    )
    jobs = Job.objects.visible_to(viewer).in_bulk(list(job_ids))
    people = candidates_visible_to(viewer).in_bulk(list(people_ids))
    return [_activity(event, jobs, people) for event in events]


def _activity(
    event: Event, jobs: dict[UUID, Job], people: dict[UUID, Candidate]
) -> Activity:
    named = event.candidate_ids[:NAMED_OF_MANY]
    others = len(event.candidate_ids) - len(named)
    return Activity(
        sentence=_sentence(event),
        actor_name=event.actor_name,
        happened_at=event.happened_at,
        jobs=tuple(jobs[pk] for pk in event.job_ids[:NAMED_OF_MANY] if pk in jobs),
        candidates=tuple(people[pk] for pk in named if pk in people),
        others=ngettext("and %d more", "and %d more", others) % others
        if others
        else "",
    )


def _sentence(event: Event) -> str:
    stages = dict(Stage.choices)
    to_stage = str(event.details.get("to", ""))
    statuses = dict(JobStatus.choices)
    status = str(event.details.get("status", ""))
    answers, answer = dict(Answer.choices), str(event.details.get("answer", ""))
    said = {
        "status": statuses.get(status, status),
        "to": stages.get(to_stage, to_stage),
        "answer": answers.get(answer, answer),
        "reason": event.details.get("reason") or _("no reason"),
        "kept": event.details.get("kept", ""),
        "merged": event.details.get("merged", ""),
    }
    return str(WORDS[Happened(event.kind)]) % said
