"""How many people a search speaks of, by the facets it can be narrowed with.

A list by meaning holds everybody in an order, so a number of all of them would say
nothing of the words: there, the people are counted in whose profile a word stands.
"""

from dataclasses import dataclass

from matching.facets.asked import FacetCounts, Facets
from matching.facets.counting import EVERYBODY, Crowd, count_facets
from matching.facets.parts import OF_SEARCH
from matching.free_text.asking import Asked
from matching.free_text.ranking import telling_words
from matching.retrieval import Pool
from matching.search_words import searchable
from recruit.accounts.models import User
from recruit.applications.queries import ids_visible_to
from recruit.candidates.querysets import CandidateQuerySet


@dataclass(frozen=True, slots=True)
class SearchCounts:
    """People counted by facets."""

    counted: FacetCounts
    is_by_words: bool = False  # only people in whose profile a word of the text stands
    holds_no_word: bool = False  # nobody holds one, so all in the list are counted


def count_found(asked: Asked) -> SearchCounts:
    """Count the people who hold a word of a text; where nobody does, all in its list.

    Who must not be in the list for what was demanded of it is not counted.
    """
    pool = asked.pool()
    telling, named = telling_words(asked.wording.words, asked.names)
    holding = tuple(sorted(searchable(word) for word in telling | named))
    if holding:
        counted = _counted(pool, Crowd(with_thin=True, holding=holding))
        if counted.passing or counted.gated:
            return SearchCounts(counted, is_by_words=True)
    return SearchCounts(_counted(pool, EVERYBODY), holds_no_word=True)


def count_listed(
    people: CandidateQuerySet | None, *, viewer: User | None, facets: Facets
) -> SearchCounts:
    """Count these people, all that a viewer may see where they are None."""
    if people is None:
        only = ids_visible_to(viewer)
    else:
        only = tuple(people.values_list("pk", flat=True))
    return SearchCounts(_counted(Pool(only=only, facets=facets), EVERYBODY))


def _counted(pool: Pool, crowd: Crowd) -> FacetCounts:
    return count_facets(pool=pool, offered=(), parts=OF_SEARCH, crowd=crowd)
