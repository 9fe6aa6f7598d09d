"""How the people found for a text are worded."""

from django import template
from django.utils.translation import gettext_lazy

from matching.free_text.highlights import Field, Place
from matching.types import Meaning

register = template.Library()

FIELDS = {
    Field.NAME: gettext_lazy("Name"),
    Field.EMAIL: gettext_lazy("E-mail"),
    Field.SKILL: gettext_lazy("Skill"),
    Field.HEADLINE: gettext_lazy("Headline"),
    Field.EXPERIENCE: gettext_lazy("Experience"),
    Field.SUMMARY: gettext_lazy("Summary"),
    Field.EDUCATION: gettext_lazy("Education"),
    Field.DOCUMENT: gettext_lazy("Document"),
    Field.PLACE: gettext_lazy("Place"),
    Field.SOURCE: gettext_lazy("Source"),
}
MEANINGS = {
    Meaning.COMPARED: gettext_lazy("By meaning and words, the nearest first."),
    Meaning.BEING_READ: gettext_lazy(
        "By words so far. The meaning of your text is being read; the list follows by"
        " itself."
    ),
    Meaning.NO_WORKER: gettext_lazy(
        "By words only: the indexing worker is not running, so the meaning of your text"
        " cannot be read. An administrator can start it."
    ),
    Meaning.NOT_ASKED: gettext_lazy(
        "By words so far. Press Enter to search by meaning as well."
    ),
    Meaning.NOTHING_TO_COMPARE: gettext_lazy(
        "By words: names, contacts and very common words are not compared by meaning."
    ),
    Meaning.UNREADABLE: gettext_lazy("By words only: the encoder failed on this text."),
}
SENTENCES = {Field.EXPERIENCE, Field.SUMMARY, Field.DOCUMENT}


@register.filter
def field_label(place: Place) -> str:
    return str(FIELDS[place.field])


@register.filter
def is_sentence(place: Place) -> bool:
    """Say whether what is shown was cut out of a longer text."""
    return place.field in SENTENCES


@register.filter
def meaning_told(meaning: Meaning) -> str:
    """Say what the order of the people rests on."""
    return str(MEANINGS[meaning])
