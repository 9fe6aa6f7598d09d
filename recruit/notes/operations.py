"""Every write to notes that means something.

Each locks whom the note is about, or the note, then refuses, then writes it with its
mentions and its event. The event names the note and never its words.
"""

from datetime import datetime
from uuid import UUID

from django.contrib.postgres.search import SearchVector
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Value
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.candidates.models import Candidate
from recruit.common.ids import uuid7
from recruit.common.refusals import NotYours, Refused, StaleVersion
from recruit.common.text import with_plain_line_ends
from recruit.common.words import STEMMED, searchable
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.jobs.models import Job
from recruit.notes.mentioning import Colleague, Named, named_in
from recruit.notes.models import (
    ACTOR_LENGTH,
    CandidateTag,
    Mention,
    Note,
    NoteVersion,
)
from recruit.notes.queries import colleagues_for, mentions_of

# What nobody types.
_NOT_SAID = frozenset(one.name for one in Note._meta.concrete_fields) - {"text"}


class NobodyThere(Refused):
    """The person was erased, or the person or job is no more."""


class NoteDeleted(Refused):
    """Somebody deleted the note."""


class NoteExists(Refused):
    """Another note has this id."""


class NotYourNote(NotYours):
    """Only who wrote a note edits it."""


class HiddenFromAuthor(Refused):
    """Whoever writes a note must be able to read it."""


@transaction.atomic
def write_note(
    *,
    text: str,
    actor: Actor,
    written_at: datetime,
    candidate_id: UUID | None = None,
    job_id: UUID | None = None,
    note_id: UUID | None = None,
) -> Note:
    """Write a note about a person, a job, or both, and tell who is mentioned.

    Who may send the same again chooses the id beforehand: the second changes nothing.
    Raise ValidationError naming bad fields, NobodyThere, HiddenFromAuthor, NoteExists.
    """
    candidate, job = _subjects(candidate_id, job_id)
    # Whoever sends the same at once waits for the same person and job.
    sent = Note.objects.filter(pk=note_id).first() if note_id else None
    if sent is not None:
        return _sent_before(sent, candidate_id, job_id, actor)
    note = Note(
        pk=note_id or uuid7(),
        candidate=candidate,
        job=job,
        author_id=actor.user_id,
        author_name=actor.name[:ACTOR_LENGTH],
        written_at=written_at,
    )
    _say(note, text)
    _insert(note)
    _refuse_hidden(note, actor)
    _mention(note, actor, written_at)
    _record(Happened.NOTE_WRITTEN, note, actor, written_at)
    return note


@transaction.atomic
def edit_note(
    *,
    note_id: UUID,
    text: str,
    actor: Actor,
    edited_at: datetime,
    expected_version: int | None = None,
) -> Note:
    """Change what a note says and keep what it said; equal words change nothing.

    Raise ValidationError naming bad fields, NotYourNote, NoteDeleted, StaleVersion.
    """
    note = _locked(note_id, expected_version)
    _refuse_unless_author(note, actor)
    said, said_at = note.text, note.edited_at or note.written_at
    _say(note, text)
    if note.text == said:
        return note
    NoteVersion.objects.create(
        note=note, number=note.version, text=said, written_at=said_at
    )
    note.version += 1
    note.edited_at = edited_at
    note.save()
    _mention(note, actor, edited_at)
    _record(Happened.NOTE_EDITED, note, actor, edited_at)
    return note


@transaction.atomic
def delete_note(
    *,
    note_id: UUID,
    actor: Actor,
    deleted_at: datetime,
    expected_version: int | None = None,
) -> Note:
    """Forget what a note said, its versions and mentions; who deleted it stays.

    Authors delete what is theirs, administrators and their tokens any note; where a
    token names a user, both have to be administrators. Raise NotYourNote,
    NoteDeleted, StaleVersion.
    """
    note = _locked(note_id, expected_version)
    if not _is_administrator(actor):
        _refuse_unless_author(note, actor)
    note.versions.all().delete()
    note.mentions.all().delete()
    note.text, note.words = "", SearchVector(Value(""))
    note.version += 1
    note.deleted_at = deleted_at
    note.deleted_by_name = actor.name[:ACTOR_LENGTH]
    note.save()
    _record(Happened.NOTE_DELETED, note, actor, deleted_at)
    return note


def read_mentions(
    *, user: User, read_at: datetime, mention_id: UUID | None = None
) -> int:
    """Mark a mention of a user, or all of them, as read; return how many were not."""
    unread = Mention.objects.filter(pk__in=mentions_of(user).unread().values("pk"))
    if mention_id is not None:
        unread = unread.filter(pk=mention_id)
    return unread.update(read_at=read_at)


def forget_candidate(candidate_id: UUID) -> None:
    """Erase all notes and tags of a person (a part of erasing the person)."""
    Note.objects.about_candidate(candidate_id).delete()
    CandidateTag.objects.filter(candidate=candidate_id).delete()


def _subjects(
    candidate_id: UUID | None, job_id: UUID | None
) -> tuple[Candidate | None, Job | None]:
    """Lock whom and what a note is about, so that nobody erases them meanwhile."""
    candidate = job = None
    if candidate_id is not None:
        people = Candidate.objects.not_erased().filter(pk=candidate_id)
        candidate = people.select_for_update(no_key=True, of=("self",)).first()
    if job_id is not None:
        jobs = Job.objects.filter(pk=job_id)
        job = jobs.select_for_update(no_key=True, of=("self",)).first()
    if (candidate_id and candidate is None) or (job_id and job is None):
        raise NobodyThere(_("Whom this note is about is no longer here."))
    return candidate, job


def _insert(note: Note) -> None:
    try:
        with transaction.atomic():
            note.save(force_insert=True)
    except IntegrityError as error:
        # Sent at once about somebody else: the key of the table let one of them in.
        raise NoteExists(_("Another note has this id.")) from error


def _sent_before(
    note: Note, candidate_id: UUID | None, job_id: UUID | None, actor: Actor
) -> Note:
    same = (note.candidate_id, note.job_id) == (candidate_id, job_id)
    if same and note.author_id is not None and note.author_id == actor.user_id:
        return note
    raise NoteExists(_("Another note has this id."))


def _locked(note_id: UUID, expected_version: int | None) -> Note:
    notes = Note.objects.select_for_update(of=("self",)).with_subjects()
    note = notes.get(pk=note_id)
    if note.deleted_at:
        raise NoteDeleted(_("%s deleted this note meanwhile.") % note.deleted_by_name)
    if expected_version is not None and note.version != expected_version:
        raise StaleVersion(_("This note was edited meanwhile."))
    return note


def _say(note: Note, text: str) -> None:
    note.text = with_plain_line_ends(text).strip()
    note.full_clean(
        exclude=_NOT_SAID, validate_unique=False, validate_constraints=False
    )
    note.words = SearchVector(Value(searchable(note.text)), config=STEMMED)


def _is_administrator(actor: Actor) -> bool:
    accounts = actor.account_ids
    administrators = User.objects.active_administrators().filter(pk__in=accounts)
    return bool(accounts) and administrators.count() == len(accounts)


def _refuse_unless_author(note: Note, actor: Actor) -> None:
    if note.author_id is None or note.author_id != actor.user_id:
        raise NotYourNote(_("%s wrote this note.") % note.author_name)


def _refuse_hidden(note: Note, actor: Actor) -> None:
    if actor.user_id is None:
        return
    for user in User.objects.filter(pk__in=actor.account_ids):
        if not Note.objects.visible_to(user).filter(pk=note.pk).exists():
            raise HiddenFromAuthor(_("Name one of your jobs that this person is in."))


def _mention(note: Note, actor: Actor, mentioned_at: datetime) -> None:
    """Make the mentions of a note those of its text; who was told stays told."""
    if "@" not in note.text:
        note.mentions.all().delete()
        return
    colleagues = colleagues_for(candidate=note.candidate, job=note.job)
    named = {_meant(one, note.text) for one in named_in(note.text, colleagues)}
    _refuse_who_may_not_read(named)
    ids = {one.user_id for one in named} - {actor.user_id}
    note.mentions.exclude(user__in=ids).delete()
    Mention.objects.bulk_create(
        (
            Mention(note=note, user_id=user_id, mentioned_at=mentioned_at)
            for user_id in sorted(ids)
        ),
        ignore_conflicts=True,
    )


def _meant(named: Named, text: str) -> Colleague:
    """Return the one colleague a mention means; of many, the one who may read."""
    readers = [one for one in named.people if one.may_read]
    if len(readers) > 1:
        words = {"words": text[named.start : named.end]}
        raise ValidationError(
            {
                "text": _(
                    "“%(words)s” may mean more than one colleague; write @ and the"
                    " e-mail address."
                )
                % words
            }
        )
    return (readers or list(named.people))[0]


def _refuse_who_may_not_read(named: set[Colleague]) -> None:
    hidden = sorted(one.name for one in named if not one.may_read)
    if hidden:
        raise ValidationError(
            {
                "text": _("%s may not see this, so they cannot be mentioned here.")
                % ", ".join(hidden)
            }
        )


def _record(kind: Happened, note: Note, actor: Actor, happened_at: datetime) -> None:
    record(
        kind,
        actor=actor,
        happened_at=happened_at,
        job_ids=[note.job_id] if note.job_id else [],
        candidate_ids=[note.candidate_id] if note.candidate_id else [],
        details={"note": str(note.pk)},
    )
