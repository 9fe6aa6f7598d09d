"""People found by words."""

import re

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q
from django.utils.translation import gettext as _

from matching.free_text.fields import narrowed
from matching.free_text.wording import fields_of, is_address
from matching.models import CandidateSearch
from matching.search_words import EXACT, STEMMED, searchable
from recruit.accounts.models import User
from recruit.applications.queries import candidates_visible_to
from recruit.candidates.querysets import CandidateQuerySet

MOST_CHARACTERS = 1000

# Taken out first: what is kept as written and what is kept by stem are asked apart,
# and "not" must hold for both.
_UNWANTED = re.compile(r'(?<!\S)-("[^"]*"|\S+)')


class SearchRefused(Exception):
    """The words cannot be searched for; the sentence says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def search_candidates(*, words: str, viewer: User | None) -> CandidateQuerySet:
    """Return the people a viewer may see whose profile holds all the words.

    An e-mail address finds whose it is. "Quoted words" stand together, -word must
    not stand there, `or` asks for either, `title:word` for words in one field.

    Raise SearchRefused for words that cannot be searched for.
    """
    refuse_too_long(words)
    visible = candidates_visible_to(viewer)
    if is_address(words):
        return visible.of_email(words)
    words, fields = fields_of(words)
    visible = narrowed(visible, fields)
    unwanted = [searchable(term) for term in _UNWANTED.findall(words)]
    wanted = searchable(_UNWANTED.sub(" ", words))
    if not has_words(wanted) and not any(map(has_words, unwanted)):
        if fields:
            return visible
        raise SearchRefused(_("Type a word to search for."))
    found = CandidateSearch.objects.all()
    if has_words(wanted):
        found = found.filter(holding(wanted))
    for term in filter(has_words, unwanted):
        found = found.exclude(holding(term))
    return visible.filter(pk__in=found.values("candidate_id"))


def refuse_too_long(text: str) -> None:
    """Raise SearchRefused for a text without end."""
    if len(text) > MOST_CHARACTERS:
        raise SearchRefused(
            _("At most %(most)d characters can be searched for.")
            % {"most": MOST_CHARACTERS}
        )


def has_words(text: str) -> bool:
    """Tell whether a text holds anything that can be looked for."""
    return any(character.isalnum() for character in text)


def holding(wanted: str) -> Q:
    """Return the condition on search rows that hold `searchable` words."""
    # As written for names and skills ("Will", "IT"), by stem for everything else.
    exact = SearchQuery(wanted, config=EXACT, search_type="websearch")
    stemmed = SearchQuery(wanted, config=STEMMED, search_type="websearch")
    return Q(words=exact) | Q(words=stemmed)
