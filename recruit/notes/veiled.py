"""Notes about people of a job that hides names, as they may be shown."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from recruit.applications.models import Application
from recruit.applications.veil import Veil, Words, veil_of, veils_of
from recruit.candidates.models import Candidate
from recruit.notes.models import Mention, Note


def veiled_note(note: Note, person: Candidate, veil: Veil) -> Note:
    """Return a note without what says who its person is; it is not to be saved."""
    words = Words.of(person)
    note.candidate = veil.copy_of(person)
    note.text = words.out_of(note.text)
    for version in getattr(note, "_prefetched_objects_cache", {}).get("versions", ()):
        version.text = words.out_of(version.text)
    return note


def as_shown(note: Note) -> Note:
    """Return a note (loaded `with_subjects`) as its page may show it."""
    if note.job is None or note.candidate is None:
        return note
    return _behind(note, veil_of(note.job))


def notes_as_shown(notes: Iterable[Note]) -> list[Note]:
    """Return notes (loaded `with_subjects`) as a list may show them."""
    rows = list(notes)
    about_both = [row for row in rows if row.job is not None and row.candidate]
    veils = veils_of({row.job for row in about_both if row.job is not None})
    hidden = _hidden([row for row in about_both if veils[_job_id(row)].is_on], veils)
    for row in rows:
        if row.pk in hidden and row.candidate is not None:
            veiled_note(row, row.candidate, veils[_job_id(row)])
    return rows


def _job_id(note: Note) -> UUID:
    assert note.job_id is not None  # noqa: S101 - asked of notes about a job
    return note.job_id


def _hidden(notes: Sequence[Note], veils: Mapping[UUID, Veil]) -> set[UUID]:
    """Return the notes whose person their job hides: one question for all."""
    if not notes:
        return set()
    applications = {
        (one.job_id, one.candidate_id): one
        for one in Application.objects.filter(
            job__in={_job_id(note) for note in notes},
            candidate__in={note.candidate_id for note in notes},
        )
    }
    hidden = set()
    for note in notes:
        assert note.candidate_id is not None  # noqa: S101 - they are about somebody
        mine = applications.get((_job_id(note), note.candidate_id))
        if mine is None or veils[_job_id(note)].hides(mine):
            hidden.add(note.pk)
    return hidden


def veiled_mentions(mentions: Iterable[Mention]) -> list[Mention]:
    """Return mentions (loaded `with_notes`) as they may be shown."""
    rows = list(mentions)
    jobs = {row.note.job for row in rows if row.note.job is not None}
    veils = veils_of(jobs)
    for row in rows:
        if row.note.job_id in veils and row.note.candidate is not None:
            _behind(row.note, veils[row.note.job_id])
    return rows


def _behind(note: Note, veil: Veil) -> Note:
    person = note.candidate
    if person is None or not veil.is_on or veil.known([person.pk]):
        return note
    return veiled_note(note, person, veil)
