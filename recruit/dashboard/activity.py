"""The event log in sentences, with links to what they speak of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recruit.accounts.models import User
from recruit.applications.queries import (
    candidates_visible_to,
    events_about_person,
    events_visible_to,
)
from recruit.applications.stage_names import stage_label
from recruit.applications.veil import Veil, veils_of
from recruit.candidates.models import Candidate
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.jobs.choices import JobStatus
from recruit.jobs.models import Job
from recruit.notes.models import Note, Tag
from recruit.notes.veiled import veiled_note
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
    Happened.NAMES_HIDDEN: gettext_lazy("Names hidden until “%(to)s”"),
    Happened.NAMES_SHOWN: gettext_lazy("Names shown at every stage"),
    Happened.REVIEWED: gettext_lazy("The hiring manager answered: %(answer)s"),
    Happened.NOTE_WRITTEN: gettext_lazy("Note"),
    Happened.NOTE_EDITED: gettext_lazy("Note edited"),
    Happened.NOTE_DELETED: gettext_lazy("Note deleted"),
    Happened.TAGGED: gettext_lazy("Tag given: %(tags)s"),
    Happened.UNTAGGED: gettext_lazy("Tag taken away: %(tags)s"),
    # Not of which one: it may be somebody's own.
    Happened.ADDED_TO_TALENT_POOL: gettext_lazy("Added to a talent pool"),
    Happened.TAKEN_FROM_TALENT_POOL: gettext_lazy("Taken from a talent pool"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a timeline can be narrowed to."""

    name: str
    label: Promise
    happened: tuple[Happened, ...]


_OF_NOTES = (Happened.NOTE_WRITTEN, Happened.NOTE_EDITED, Happened.NOTE_DELETED)
_OF_TAGS = (Happened.TAGGED, Happened.UNTAGGED)
_OF_PROFILES = (
    Happened.JOB_CREATED,
    Happened.JOB_CHANGED,
    Happened.JOB_STATUS_CHANGED,
    Happened.CANDIDATE_CREATED,
    Happened.CANDIDATE_CHANGED,
    Happened.SKILLS_MERGED,
)
_REST = tuple(one for one in WORDS if one not in {*_OF_NOTES, *_OF_TAGS, *_OF_PROFILES})
KINDS = {
    kind.name: kind
    for kind in (
        Kind("notes", gettext_lazy("Notes"), _OF_NOTES),
        Kind("pipeline", gettext_lazy("Pipeline"), _REST),
        Kind("tags", gettext_lazy("Tags"), _OF_TAGS),
        Kind("profile", gettext_lazy("Changes"), _OF_PROFILES),
    )
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
    note: Note | None = None  # that was written; None where it is gone or hidden


def recent_activities(viewer: User, *, limit: int) -> list[Activity]:
    """Return what happened last among what the viewer may see."""
    events = events_visible_to(viewer).filter(kind__in=WORDS).newest_first()
    return activities(list(events[:limit]), viewer)


def history_of(candidate: Candidate, viewer: User, *, limit: int) -> list[Activity]:
    """Return what happened to one person, newest first."""
    events = events_about_person(candidate.pk, viewer)
    shown = list(events.filter(kind__in=WORDS).newest_first()[:limit])
    return [told_of_person(activity) for activity in activities(shown, viewer)]


def told_of_person(activity: Activity) -> Activity:
    """Return the same as it is told on the page of the person."""
    return replace(activity, candidates=(), others="")


def told_of_job(activity: Activity) -> Activity:
    """Return the same as it is told on the page of the job."""
    return replace(activity, jobs=())


def activities(events: Sequence[Event], viewer: User) -> list[Activity]:
    """Word events; people and jobs that the viewer may not see are left out."""
    job_ids = chain.from_iterable(event.job_ids[:NAMED_OF_MANY] for event in events)
    people_ids = chain.from_iterable(
        event.candidate_ids[:NAMED_OF_MANY] for event in events
    )
    notes = Note.objects.standing().visible_to(viewer)
    jobs = Job.objects.visible_to(viewer).in_bulk(list(job_ids))
    people = candidates_visible_to(viewer).in_bulk(list(people_ids))
    known = _Known(
        jobs=jobs,
        people=people,
        hidden=_hidden(jobs, people),
        notes=notes.prefetch_related("mentions__user").in_bulk(_notes_written(events)),
        tags=Tag.objects.select_related("merged_into").in_bulk(_tags_named(events)),
    )
    return [_activity(event, known) for event in events]


@dataclass(frozen=True, slots=True)
class _Known:
    """What events speak of, as far as the viewer may see it."""

    jobs: dict[UUID, Job]
    people: dict[UUID, Candidate]
    hidden: dict[UUID, tuple[Veil, set[UUID]]]  # whom a job hides, by job
    notes: dict[UUID, Note]
    tags: dict[UUID, Tag]


def _hidden(
    jobs: dict[UUID, Job], people: dict[UUID, Candidate]
) -> dict[UUID, tuple[Veil, set[UUID]]]:
    return {
        pk: (veil, people.keys() - veil.known(people))
        for pk, veil in veils_of(jobs.values()).items()
        if veil.is_on
    }


def _person(pk: UUID, event: Event, known: _Known) -> Candidate:
    """Return a person as this event may name them."""
    for job_id in event.job_ids:
        veil, hidden = known.hidden.get(job_id, (None, ()))
        if veil is not None and pk in hidden:
            return veil.copy_of(known.people[pk])
    return known.people[pk]


def _notes_written(events: Sequence[Event]) -> list[UUID]:
    written = (event for event in events if event.kind == Happened.NOTE_WRITTEN)
    return [UUID(event.details["note"]) for event in written]


def _tags_named(events: Sequence[Event]) -> list[UUID]:
    return [UUID(tag) for event in events for tag in event.details.get("tags", ())]


def _tags_told(event: Event, tags: dict[UUID, Tag]) -> str:
    named = (tags.get(UUID(tag)) for tag in event.details.get("tags", ()))
    return ", ".join(tag.name if tag else _("one that is deleted") for tag in named)


def _activity(event: Event, known: _Known) -> Activity:
    named = event.candidate_ids[:NAMED_OF_MANY]
    others = len(event.candidate_ids) - len(named)
    people = tuple(_person(pk, event, known) for pk in named if pk in known.people)
    return Activity(
        sentence=_sentence(event, known),
        actor_name=event.actor_name,
        happened_at=event.happened_at,
        jobs=tuple(
            known.jobs[pk] for pk in event.job_ids[:NAMED_OF_MANY] if pk in known.jobs
        ),
        candidates=people,
        others=ngettext("and %d more", "and %d more", others) % others
        if others
        else "",
        note=_note(event, known),
    )


def _note(event: Event, known: _Known) -> Note | None:
    if event.kind != Happened.NOTE_WRITTEN:
        return None
    note = known.notes.get(UUID(event.details["note"]))
    if note is None or note.job_id is None:
        return note
    veil, hidden = known.hidden.get(note.job_id, (None, ()))
    person = known.people.get(note.candidate_id) if note.candidate_id else None
    if veil is not None and person is not None and person.pk in hidden:
        return veiled_note(note, person, veil)
    return note


def _sentence(event: Event, known: _Known) -> str:
    to_stage = str(event.details.get("to", ""))
    statuses = dict(JobStatus.choices)
    status = str(event.details.get("status", ""))
    answers, answer = dict(Answer.choices), str(event.details.get("answer", ""))
    said = {
        "status": statuses.get(status, status),
        "to": stage_label(to_stage),
        "answer": answers.get(answer, answer),
        "reason": event.details.get("reason") or _("no reason"),
        "kept": event.details.get("kept", ""),
        "merged": event.details.get("merged", ""),
        "tags": _tags_told(event, known.tags),
    }
    return str(WORDS[Happened(event.kind)]) % said
