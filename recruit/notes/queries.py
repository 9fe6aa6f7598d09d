"""Reads of notes and tags that cross apps."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from recruit.accounts.models import User
from recruit.applications.queries import candidates_visible_to
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job
from recruit.notes.mentioning import Colleague, handle_of, reaching_nobody
from recruit.notes.models import CandidateTag, JobTag, Mention, Note, Tag
from recruit.notes.querysets import MentionQuerySet, NoteQuerySet

SUGGESTED = 8


def mentions_of(user: User) -> MentionQuerySet:
    """Return the mentions of a user in notes that they may read now."""
    notes = Note.objects.standing().visible_to(user)
    return Mention.objects.filter(user=user, note__in=notes)


def colleagues_for(
    *, candidate: Candidate | None, job: Job | None
) -> tuple[Colleague, ...]:
    """Return every active account, and whether it may read a note about these."""
    users = list(User.objects.active().order_by("name", "email"))
    named = _named_on(job)
    return tuple(
        Colleague(
            user.pk, user.name, user.email, _may_read(user, candidate, job, named)
        )
        for user in users
    )


def missed_mentions(note: Note) -> list[str]:
    """Return what a note (loaded `with_subjects`) mentions without reaching anybody."""
    if "@" not in note.text:
        return []
    colleagues = colleagues_for(candidate=note.candidate, job=note.job)
    return reaching_nobody(note.text, colleagues)


def _named_on(job: Job | None) -> set[UUID]:
    if job is None or not job.confidential:
        return set()
    recruiters = job.recruiters.values_list("pk", flat=True)
    return {*recruiters, *filter(None, [job.hiring_manager_id])}


def _may_read(
    user: User, candidate: Candidate | None, job: Job | None, named: set[UUID]
) -> bool:
    """Say of an account what `NoteQuerySet.visible_to` says of notes."""
    if user.is_recruiting:
        return job is None or not job.confidential or user.pk in named
    if job is None or job.hiring_manager_id != user.pk:
        return False
    people = candidates_visible_to(user)
    return candidate is None or people.filter(pk=candidate.pk).exists()


def suggested_colleagues(
    words: str, *, candidate: Candidate | None, job: Job | None, but: User
) -> list[str]:
    """Return what names the readers whose name or address begins with the words."""
    everybody = colleagues_for(candidate=candidate, job=job)
    readers = [one for one in everybody if one.may_read]
    found = [
        handle_of(one, everybody)
        for one in readers
        if one.user_id != but.pk and _begins(one, words.lower())
    ]
    return found[:SUGGESTED]


def _begins(colleague: Colleague, words: str) -> bool:
    name = colleague.name.lower()
    starts = [name, colleague.email.lower(), *name.split()[1:]]
    return any(start.startswith(words) for start in starts)


def notes_of_people(
    candidate_ids: Collection[UUID], viewer: User | None
) -> dict[UUID, list[Note]]:
    """Return the notes that a viewer may read on each of these people, newest first."""
    notes = Note.objects.standing().visible_to(viewer)
    found: dict[UUID, list[Note]] = {one: [] for one in candidate_ids}
    of_people = notes.filter(candidate__in=candidate_ids)
    for note in of_people.with_subjects().newest_first():
        if note.candidate_id is not None:
            found[note.candidate_id].append(note)
    return found


def notes_on_page_of(
    candidate_id: UUID, viewer: User, *, job_id: UUID | None
) -> NoteQuerySet:
    """Return the notes on a person that a page may show beside what it names.

    With a job, those about the person for that job alone: where the page does not name
    the person, others would tell who it is.
    """
    notes = Note.objects.standing().visible_to(viewer).about_candidate(candidate_id)
    shown = notes.about_job(job_id) if job_id else notes.that_name_people()
    loaded = shown.with_subjects().prefetch_related("mentions__user")
    return loaded.newest_first()


def people_noted(
    candidate_ids: Collection[UUID], *, job_id: UUID, author_id: UUID, since: datetime
) -> set[UUID]:
    """Return on whom of these people somebody wrote notes for a job since a moment."""
    notes = Note.objects.standing().about_job(job_id)
    mine = notes.filter(
        author=author_id, written_at__gte=since, candidate__in=candidate_ids
    )
    found = mine.values_list("candidate_id", flat=True)
    return {one for one in found if one is not None}


def tags_of_people(candidate_ids: Collection[UUID]) -> dict[UUID, list[Tag]]:
    """Return the tags of each of these people, by name."""
    found: dict[UUID, list[Tag]] = {one: [] for one in candidate_ids}
    rows = CandidateTag.objects.filter(candidate__in=candidate_ids)
    for row in rows.select_related("tag").order_by("tag__key"):
        found[row.candidate_id].append(row.tag)
    return found


def tags_of_jobs(job_ids: Collection[UUID]) -> dict[UUID, list[Tag]]:
    """Return the tags of each of these jobs, by name."""
    found: dict[UUID, list[Tag]] = {one: [] for one in job_ids}
    rows = JobTag.objects.filter(job__in=job_ids)
    for row in rows.select_related("tag").order_by("tag__key"):
        found[row.job_id].append(row.tag)
    return found


def notes_holding(words: str, viewer: User | None) -> NoteQuerySet:
    """Return the notes on people that hold all the words and that a viewer may read."""
    return Note.objects.visible_to(viewer).holding(words).exclude(candidate=None)
