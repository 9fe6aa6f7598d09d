"""Notes about people of a job that hides names, as they may be shown."""

from collections.abc import Iterable

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
