"""How notes are shown."""

from collections.abc import Iterator

from django import template

from recruit.dashboard import note_addresses
from recruit.notes.mentioning import Colleague, named_in, parts_of
from recruit.notes.models import Note

register = template.Library()


@register.filter
def note_parts(note: Note) -> Iterator[tuple[str, bool]]:
    """Yield the text of a note loaded with its mentions, cut at each of them."""
    users = [mention.user for mention in note.mentions.all()]
    people = [Colleague(user.pk, user.name, user.email) for user in users]
    return parts_of(note.text, named_in(note.text, people))


@register.filter
def about_address(note: Note) -> str:
    """Return where the person or job of a note, loaded with them, is told of."""
    return note_addresses.about_address(note)
