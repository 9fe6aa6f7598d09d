"""Words to rows: who holds the words of a text, and how often.

PostgreSQL finds the people, by a GIN index over the terms of their profile texts, and
`bm25.py` scores them. The work is bounded whatever is asked and however many people
there are: the rarest words find, as long as together they stand in no more than
MOST_ROWS profiles; common words find nobody, but count for whom others have found.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql

from matching.bm25 import Bm25, surfaces
from matching.retrieval import Pool, gates_of
from matching.term_counts import corpus
from matching.terms import quoted

# So many of a text's words are scored, the rarest; a job of 1,000 words has fewer.
MOST_SCORED = 512

# So many of them find people, as long as they stand in so many profiles together,
# one profile counted once for each word.
MOST_FINDING = 64
MOST_ROWS = 10_000

# A text of so few words may be meant as one: who holds them all comes before others.
MOST_TOGETHER = 8

# PostgreSQL adds whole numbers, which have one sum in whatever order they come.
PARTS = 1_000_000


@dataclass(frozen=True, slots=True)
class AskedWords:
    """The words of a text that somebody's profile holds, the rarest first."""

    bm25: Bm25
    weights: Mapping[str, float]  # of each term
    spelling: Mapping[str, str]  # each term as the text writes it

    def finding(self, most_rows: int = MOST_ROWS) -> list[str]:
        """Return the terms by which people are found."""
        chosen: list[str] = []
        rows = 0
        for term in self.weights:
            rows += self.bm25.count(term)
            if rows > most_rows or len(chosen) == MOST_FINDING:
                break
            chosen.append(term)
        return chosen


@dataclass(frozen=True, slots=True)
class HeldWords:
    """How often the asked terms stand in one profile."""

    counts: Mapping[str, int]
    length: int  # of the whole profile text, in terms


def asked_words(text: str) -> AskedWords:
    """Return what of a text's words to look for, with all profiles as the corpus."""
    spelling = surfaces(text)
    bm25 = corpus(spelling)
    known = [term for term in spelling if bm25.count(term)]
    known.sort(key=lambda term: (bm25.count(term), term))
    return AskedWords(bm25, bm25.weights(known[:MOST_SCORED]), spelling)


def found_by_words(
    *, asked: AskedWords, pool: Pool, limit: int, most_rows: int = MOST_ROWS
) -> list[UUID]:
    """Return min(limit, matching) people of the pool who hold a word.

    First those in whom the rarest words weigh most, each counted once and short
    profiles before long ones; then, where these are few, the newest who hold all the
    words of a short text, and the newest who hold any.
    """
    finding = asked.finding(most_rows)
    terms = list(asked.weights)
    with transaction.atomic(), connection.cursor() as cursor:
        # A plan for any words would be wrong for most of them.
        cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        # Few rows are found; other joins would read all search rows to meet them.
        cursor.execute("SET LOCAL enable_hashjoin = off")
        cursor.execute("SET LOCAL enable_mergejoin = off")
        found = _by_rare_words(cursor, asked, finding, pool, limit)
        if len(finding) < len(terms) <= MOST_TOGETHER:
            every = " & ".join(map(quoted, terms))
            found += _newest(cursor, every, found, pool, limit - len(found))
        either = " | ".join(map(quoted, terms[len(finding) :]))
        found += _newest(cursor, either, found, pool, limit - len(found))
    return found


def _by_rare_words(
    cursor: Any, asked: AskedWords, terms: Sequence[str], pool: Pool, limit: int
) -> list[UUID]:
    if not terms:
        return []
    least = asked.bm25.discount(0)
    return _ids(
        cursor,
        """
        WITH found AS (
            SELECT t.candidate_id,
                   sum(round(asked.weight / (
                       1 + %(least)s::float8 + %(each)s::float8 * t.length
                   ))::bigint) AS score
            FROM unnest(%(terms)s::text[], %(weights)s::float8[])
                 AS asked (term, weight)
            JOIN matching_candidateterms t ON t.terms @@ asked.term::tsquery
            GROUP BY t.candidate_id
        )
        SELECT s.candidate_id
        FROM found JOIN matching_candidatesearch s USING (candidate_id)
        WHERE {gates}
        ORDER BY found.score DESC, s.candidate_id
        LIMIT %(limit)s
        """,
        {
            "terms": [quoted(term) for term in terms],
            "weights": [PARTS * asked.weights[term] for term in terms],
            "least": least,
            "each": asked.bm25.discount(1) - least,
            "limit": limit,
        },
        pool,
    )


def _newest(
    cursor: Any,
    expression: str,
    found: Sequence[UUID],
    pool: Pool,
    limit: int,
) -> list[UUID]:
    """Return the newest for whom the expression is true, without those found."""
    if not expression or not limit:
        return []
    return _ids(
        cursor,
        """
        SELECT s.candidate_id
        FROM matching_candidateterms t
        JOIN matching_candidatesearch s USING (candidate_id)
        WHERE t.terms @@ %(asked)s::tsquery
          AND s.candidate_id <> ALL (%(found)s::uuid[])
          AND {gates}
        ORDER BY s.candidate_id DESC
        LIMIT %(limit)s
        """,
        {
            "asked": expression,
            "found": list(found),
            "limit": limit,
        },
        pool,
    )


def _ids(
    cursor: Any, statement: LiteralString, parameters: dict[str, Any], pool: Pool
) -> list[UUID]:
    gates, gate_parameters = gates_of(pool)
    cursor.execute(sql.SQL(statement).format(gates=gates), parameters | gate_parameters)
    return [candidate_id for (candidate_id,) in cursor]


def held_words(asked: AskedWords, ids: Collection[UUID]) -> dict[UUID, HeldWords]:
    """Return what each of these people says of the asked words; nothing: no entry."""
    if not ids or not asked.weights:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT t.candidate_id, t.length, array_agg(said.lexeme),
                   array_agg(coalesce(array_length(said.positions, 1), 1))
            FROM matching_candidateterms t CROSS JOIN LATERAL unnest(t.terms) AS said
            WHERE t.candidate_id = ANY (%(ids)s::uuid[])
              AND said.lexeme = ANY (%(terms)s::text[])
            GROUP BY t.candidate_id
            """,
            {"ids": list(ids), "terms": list(asked.weights)},
        )
        return {
            candidate_id: HeldWords(dict(zip(terms, counts, strict=True)), length)
            for candidate_id, length, terms, counts in cursor
        }
