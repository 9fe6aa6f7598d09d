"""How notes are shown."""

from collections.abc import Iterator

from django import template
from django.utils.text import Truncator

from recruit.dashboard import note_addresses
from recruit.notes.mentioning import Colleague, named_in, parts_of
from recruit.notes.models import Note

register = template.Library()


# Of a note among others; the note's own page has all of it.
LENGTH_IN_LISTS = 600


@register.filter
def note_parts(note: Note) -> Iterator[tuple[str, bool]]:
    """Yield the text of a note loaded with its mentions, cut at each of them."""
    return _parts(note, note.text)


@register.filter
def note_beginning(note: Note) -> Iterator[tuple[str, bool]]:
    """Yield what a note begins with, as `note_parts` does; whole if it is short."""
    return _parts(note, Truncator(note.text).chars(LENGTH_IN_LISTS))


@register.filter
def is_long(note: Note) -> bool:
    """Tell whether lists show the beginning of a note only."""
    return len(note.text) > LENGTH_IN_LISTS


def _parts(note: Note, text: str) -> Iterator[tuple[str, bool]]:
    users = [mention.user for mention in note.mentions.all()]
    people = [Colleague(user.pk, user.name, user.email) for user in users]
    return parts_of(text, named_in(text, people))


@register.filter
def about_address(note: Note) -> str:
    """Return where the person or job of a note, loaded with them, is told of."""
    return note_addresses.about_address(note)
