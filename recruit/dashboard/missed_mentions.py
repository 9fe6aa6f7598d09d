"""Telling whoever saved a note whom it does not reach."""

from django.utils.translation import gettext as _

from recruit.notes.models import Note
from recruit.notes.queries import missed_mentions


def mentions_of_nobody(note: Note) -> list[str]:
    """Return a sentence for each mention in a note that just was saved."""
    sentence = _("“%s” reaches nobody: no colleague is called so. The note is saved.")
    return [sentence % words for words in missed_mentions(note)]
