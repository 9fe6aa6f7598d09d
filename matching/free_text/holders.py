"""Who holds the words of a search anywhere in the profile.

The terms by which BM25 scores are those of the profile text, in which no name,
organisation or school stands. The search row holds all of them, by English stems.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql

from matching.facets.conditions import conditions_of
from matching.retrieval import IN_POOL, Pool, pool_parameters
from matching.search_words import searchable

# A word that more people hold finds nobody by itself: it tells too little.
MOST_HOLDERS = 5_000

# The rarest words find people, as long as so many rows are read for all of them.
MOST_ROWS = 20_000

_QUERY = sql.SQL(
    "(phraseto_tsquery('english', asked.word)"
    " || phraseto_tsquery('simple', asked.word))"
)
_COUNTS = sql.SQL(
    """
    SELECT asked.place, held.people
    FROM unnest(%(words)s::text[]) WITH ORDINALITY AS asked (word, place)
    CROSS JOIN LATERAL (
        SELECT count(*) AS people
        FROM (SELECT 1 FROM matching_candidatesearch s
              WHERE s.words @@ {query} LIMIT %(most)s) counted
    ) held
    """
).format(query=_QUERY)
_HOLDERS = sql.SQL(
    """
    SELECT s.candidate_id, s.has_enough_data, array_agg(asked.place)
    FROM unnest(%(words)s::text[]) WITH ORDINALITY AS asked (word, place)
    JOIN matching_candidatesearch s ON s.words @@ {query}
    WHERE {in_pool}
    GROUP BY s.candidate_id
    """
)


@dataclass(frozen=True, slots=True)
class Holders:
    """Who holds which of some words."""

    counts: Mapping[str, int]  # people that hold a word; at most MOST_HOLDERS + 1
    words: Mapping[UUID, frozenset[str]]  # that a person of the pool holds
    thin: frozenset[UUID]  # those of them who say too little to be compared


def holders_of(words: Collection[str], *, pool: Pool) -> Holders:
    """Return who of a pool holds these folded words, the common ones left aside."""
    counts = _counts(sorted(words))
    finding = _finding(counts)
    held: dict[UUID, frozenset[str]] = {}
    thin = set()
    gates, parameters = _gates(pool)
    statement = _HOLDERS.format(query=_QUERY, in_pool=gates)
    for candidate_id, has_enough_data, places in _rows(
        statement, finding, **parameters
    ):
        held[candidate_id] = frozenset(finding[place - 1] for place in places)
        if not has_enough_data:
            thin.add(candidate_id)
    return Holders(counts, held, frozenset(thin))


def _counts(words: Sequence[str]) -> dict[str, int]:
    """Return how many people hold each word, of the whole database as for BM25."""
    found = _rows(_COUNTS, words, most=MOST_HOLDERS + 1)
    return {words[place - 1]: people for place, people in found}


def _finding(counts: Mapping[str, int]) -> list[str]:
    chosen, rows = [], 0
    for word, people in sorted(counts.items(), key=lambda one: (one[1], one[0])):
        rows += people
        if people > MOST_HOLDERS or rows > MOST_ROWS:
            break
        chosen.append(word)
    return chosen


def _rows(
    statement: sql.Composed, words: Sequence[str], **parameters: Any
) -> list[Any]:
    if not words:
        return []
    asked = {"words": [searchable(word) for word in words]}
    with transaction.atomic(), connection.cursor() as cursor:
        # A plan for any words would be wrong for most of them.
        cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        cursor.execute(statement, asked | parameters)
        return list(cursor.fetchall())


def _gates(pool: Pool) -> tuple[sql.Composable, dict[str, Any]]:
    """Return the conditions on who is in a pool, who says too little included."""
    parameters = pool_parameters(pool)
    gates: list[sql.Composable] = [sql.SQL(IN_POOL)]
    for condition, values in conditions_of(pool.facets).values():
        gates.append(sql.SQL(condition))
        parameters |= values
    return sql.SQL(" AND ").join(gates), parameters
