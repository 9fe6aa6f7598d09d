"""Which words of a search are somebody's name.

Names are looked for, and never compared by meaning: a name says where a person comes
from, not what they can do. But many names are ordinary words (Baker, Rose, Will), so a
single word counts as a name where most profiles that hold it are of people who bear
it; two words side by side where one person bears both.

Only people whom the viewer may see are asked about: an answer never depends on
somebody who does not exist for the viewer.
"""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from matching.search_words import searchable
from recruit.skills.models import SkillLabel
from recruit.skills.names import skill_key

# O'Brien and Jean-Luc are one word each, Brien's is Brien; initials are none.
_WORD = re.compile(r"[^\W\d_]+(?:['’-](?!s\b)[^\W\d_]+)*")
SHORTEST_NAME = 2

# A text of a thousand characters has hardly more.
MOST_WORDS = 200

VISIBLE = sql.SQL(
    "(%(only)s::uuid[] IS NULL OR s.candidate_id = ANY (%(only)s::uuid[]))"
)

# The index of names is used as it is written here: see models.py.
BEARERS = sql.SQL("""
SELECT w.place, b.bearers
FROM unnest(%(words)s::text[]) WITH ORDINALITY AS w (word, place)
CROSS JOIN LATERAL (
    SELECT count(*) AS bearers
    FROM matching_candidatesearch s
    WHERE ts_filter(s.words, '{{a}}') @@ phraseto_tsquery('simple', w.word)
      AND {visible}
) b
WHERE b.bearers > 0
""").format(visible=VISIBLE)

# More is not counted than is needed to see that others say the word as well.
SAID_BY_OTHERS = sql.SQL("""
SELECT w.place
FROM unnest(%(words)s::text[], %(bearers)s::bigint[]) WITH ORDINALITY
     AS w (word, bearers, place)
WHERE numnode(phraseto_tsquery('english', w.word)) = 0
   OR (SELECT count(*)
       FROM (SELECT 1 FROM matching_candidatesearch s
             WHERE s.words @@ phraseto_tsquery('english', w.word) AND {visible}
             LIMIT 2 * w.bearers) said) >= 2 * w.bearers
""").format(visible=VISIBLE)

BORNE_TOGETHER = sql.SQL("""
SELECT p.place
FROM unnest(%(first)s::text[], %(second)s::text[]) WITH ORDINALITY
     AS p (first, second, place)
WHERE EXISTS (
    SELECT 1 FROM matching_candidatesearch s
    WHERE ts_filter(s.words, '{{a}}') @@ (phraseto_tsquery('simple', p.first)
                                          && phraseto_tsquery('simple', p.second))
      AND {visible})
""").format(visible=VISIBLE)


def names_in(text: str, *, only: Sequence[UUID] | None) -> tuple[str, ...]:
    """Return the words of a text, as written there, that are names.

    `only` are the people whom the viewer may see; None are all.
    """
    return names_in_each([text], only=only)[0]


def names_in_each(
    texts: Sequence[str], *, only: Sequence[UUID] | None
) -> list[tuple[str, ...]]:
    """Return the names in each text; the questions are the same for one and many."""
    words_of_each = [_words(text) for text in texts]
    bearers = _bearers({word for words in words_of_each for word in words}, only)
    single = set(bearers) - _ordinary(bearers, only)
    pairs = {
        pair
        for words in words_of_each
        for pair in pairwise(words)
        if bearers.keys() >= set(pair)
    }
    together = _borne_together(sorted(pairs), only)
    return [tuple(sorted(_names(words, single, together))) for words in words_of_each]


def _words(text: str) -> list[str]:
    words = [word for word in _WORD.findall(text) if len(word) >= SHORTEST_NAME]
    return words[:MOST_WORDS]


def _names(
    words: Sequence[str], single: set[str], together: set[tuple[str, str]]
) -> set[str]:
    paired = {word for pair in pairwise(words) if pair in together for word in pair}
    return (set(words) & single) | paired


def _bearers(words: Collection[str], only: Sequence[UUID] | None) -> dict[str, int]:
    """Return how many people bear each of the words that are names at all."""
    asked = sorted(words)
    found = _rows(BEARERS, {"words": list(map(searchable, asked))}, only)
    return {asked[place - 1]: count for place, count in found}


def _ordinary(bearers: dict[str, int], only: Sequence[UUID] | None) -> set[str]:
    """Return those that are words of the vocabulary, or that others say as well."""
    if not bearers:
        return set()
    asked = sorted(bearers)
    parameters = {
        "words": list(map(searchable, asked)),
        "bearers": [bearers[word] for word in asked],
    }
    said = {asked[place - 1] for (place,) in _rows(SAID_BY_OTHERS, parameters, only)}
    labels = SkillLabel.objects.found_in_text().filter(
        key__in=[skill_key(word) for word in asked], skill__confirmed=True
    )
    skills = set(labels.values_list("key", flat=True))
    return said | {word for word in asked if skill_key(word) in skills}


def _borne_together(
    pairs: Sequence[tuple[str, str]], only: Sequence[UUID] | None
) -> set[tuple[str, str]]:
    """Return the pairs both words of which one person bears."""
    if not pairs:
        return set()
    parameters = {
        "first": [searchable(first) for first, _second in pairs],
        "second": [searchable(second) for _first, second in pairs],
    }
    found = _rows(BORNE_TOGETHER, parameters, only)
    return {pairs[place - 1] for (place,) in found}


def _rows(
    statement: sql.Composed, parameters: dict[str, Any], only: Sequence[UUID] | None
) -> list[Any]:
    visible = None if only is None else list(only)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters | {"only": visible})
        return list(cursor.fetchall())
