"""Notes that hold the words of a search, with where the words stand."""

import re
from dataclasses import dataclass

from django.contrib.postgres.search import SearchHeadline, SearchQuery

from recruit.accounts.models import User
from recruit.common.words import STEMMED, searchable
from recruit.notes.models import Note
from recruit.notes.queries import notes_holding

NOTES_SHOWN = 10
BEGINS, ENDS = "\x02", "\x03"
# A note is found by what it says, never by what it does not say.
_UNWANTED = re.compile(r'(?<!\S)-("[^"]*"|\S+)')
_FOUND = re.compile(f"{BEGINS}(.*?){ENDS}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Noted:
    """A note, and a piece of it cut at the words that were looked for."""

    note: Note
    parts: tuple[tuple[str, bool], ...]


def notes_found(words: str, viewer: User) -> list[Noted]:
    """Return the newest notes on people that hold all the words, as the viewer may."""
    wanted = _UNWANTED.sub(" ", words)
    if not any(character.isalnum() for character in wanted):
        return []
    query = SearchQuery(searchable(wanted), config=STEMMED, search_type="websearch")
    headline = SearchHeadline(
        "text", query, config=STEMMED, start_sel=BEGINS, stop_sel=ENDS
    )
    holding = notes_holding(wanted, viewer).that_name_people()
    notes = holding.with_subjects().newest_first()
    shown = notes.annotate(headline=headline)[:NOTES_SHOWN]
    return [Noted(note, _parts(str(vars(note)["headline"]))) for note in shown]


def _parts(headline: str) -> tuple[tuple[str, bool], ...]:
    pieces = _FOUND.split(headline)
    return tuple(
        (piece, bool(number % 2)) for number, piece in enumerate(pieces) if piece
    )
