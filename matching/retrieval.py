"""Vectors to nearest rows. The only similarity SQL.

The statements touch matching's own tables and nothing else; ids to leave out go in as
an array. Settings are made by SET LOCAL, in a transaction, so that they reach every
server that takes part and outlive nothing.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql

from matching.conf import DIMENSIONS
from matching.facets.asked import NO_FACETS, Facets
from matching.facets.conditions import conditions_of
from matching.ranking import rank
from matching.types import Hit

# Up to so many matching rows, computing every distance is fast, and it is exact.
MOST_EXACT = 20_000

# The more rows the HNSW index looks at, the fewer of the nearest it misses.
EF_SEARCH = 400
MOST_EF_SEARCH = 1000

# Rows fetched beyond the limit, so that equal similarities at its edge are all seen.
BEYOND_LIMIT = 20

Vector = Sequence[float]


@dataclass(frozen=True, slots=True)
class Pool:
    """Conditions on search rows: who may be proposed."""

    left_out: tuple[UUID, ...] = ()  # people who may not be proposed
    excluded_skills: tuple[UUID, ...] = ()
    only: tuple[UUID, ...] | None = None  # the people a viewer may see; None: all
    facets: Facets = NO_FACETS
    as_of: datetime | None = None  # without those who were changed since


@dataclass(frozen=True, slots=True)
class Census:
    """How many people the pool holds, and how many of them gates leave out."""

    pool: int
    excluded: int
    not_enough_data: int


@dataclass(frozen=True, slots=True)
class JobHit:
    """A job returned by retrieval."""

    job_id: UUID
    similarity: float  # cosine, in [-1, 1]


def nearest_candidates(
    *,
    query: Vector,
    encoder: str,
    pool: Pool,
    limit: int,
    most_exact: int = MOST_EXACT,
) -> list[Hit]:
    """Return the min(limit, matching) nearest candidates, most similar first.

    Exact where at most `most_exact` rows are expected to match, else by the HNSW
    index. The same rows give the same hits, ties included.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # A plan for any vector and any filter would be wrong for most of them.
        cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        matching = expected_matches(cursor, pool)
        hits = None
        if matching > most_exact:
            hits = _nearest_by_index(cursor, query, encoder, pool, limit)
        if hits is None:
            hits = _nearest_exactly(cursor, query, encoder, pool, limit)
    return rank(hits, limit=limit)


def similarities(
    *, query: Vector, encoder: str, ids: Collection[UUID]
) -> dict[UUID, float]:
    """Return the cosine of each of these candidates that has a vector."""
    statement = sql.SQL(
        """
        SELECT e.candidate_id, (e.vector <=> %(query)s::halfvec({dimensions})) + 0
        FROM matching_candidateembedding e
        WHERE e.encoder = %(encoder)s AND e.candidate_id = ANY (%(ids)s::uuid[])
        """
    ).format(dimensions=sql.Literal(DIMENSIONS))
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {"query": vector_text(query), "encoder": encoder, "ids": list(ids)},
        )
        return {candidate_id: 1.0 - distance for candidate_id, distance in cursor}


def _nearest_exactly(
    cursor: Any, query: Vector, encoder: str, pool: Pool, limit: int
) -> list[Hit]:
    # "+ 0" keeps the HNSW index out, which would return fewer rows than match.
    return _hits(
        cursor,
        """
        SELECT e.candidate_id, (e.vector <=> %(query)s::halfvec({dimensions})) + 0 AS d
        FROM matching_candidateembedding e
        JOIN matching_candidatesearch s ON s.candidate_id = e.candidate_id
        WHERE e.encoder = %(encoder)s AND {gates}
        ORDER BY d, e.candidate_id
        LIMIT %(limit)s
        """,
        {"query": vector_text(query), "encoder": encoder, "limit": limit},
        pool,
    )


def _nearest_by_index(
    cursor: Any, query: Vector, encoder: str, pool: Pool, limit: int
) -> list[Hit] | None:
    """Return hits, None where the index finds fewer rows than asked."""
    wanted = limit + BEYOND_LIMIT
    ef_search = min(max(EF_SEARCH, 2 * wanted), MOST_EF_SEARCH)
    cursor.execute(f"SET LOCAL hnsw.ef_search = {ef_search:d}")
    # With a filter the index goes on until enough rows have passed it.
    cursor.execute("SET LOCAL hnsw.iterative_scan = relaxed_order")
    # PostgreSQL uses the HNSW index only for a bare ascending distance: no second
    # ORDER BY key, no "1 - distance". Ties are broken in ranking.py.
    hits = _hits(
        cursor,
        """
        SELECT e.candidate_id, e.vector <=> %(query)s::halfvec({dimensions})
        FROM matching_candidateembedding e
        JOIN matching_candidatesearch s ON s.candidate_id = e.candidate_id
        WHERE e.encoder = %(encoder)s AND {gates}
        ORDER BY e.vector <=> %(query)s::halfvec({dimensions})
        LIMIT %(limit)s
        """,
        {"query": vector_text(query), "encoder": encoder, "limit": wanted},
        pool,
    )
    if len(hits) < wanted or _edge_is_tied(hits, limit):
        return None
    return hits


def _edge_is_tied(hits: list[Hit], limit: int) -> bool:
    """Tell whether rows as near as the last one shown may not have been fetched."""
    ordered = rank(hits, limit=len(hits))
    return ordered[limit - 1].similarity == ordered[-1].similarity


def expected_matches(cursor: Any, pool: Pool) -> int:
    """Return how many search rows the planner expects to match."""
    gates, parameters = gates_of(pool)
    statement = sql.SQL(
        "EXPLAIN (FORMAT JSON) SELECT 1 FROM matching_candidatesearch s WHERE {gates}"
    ).format(gates=gates)
    cursor.execute(statement, parameters)
    plan = cursor.fetchone()[0]
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return int(plan[0]["Plan"]["Plan Rows"])


def census(*, pool: Pool) -> Census:
    """Count the pool, and those in it whom gates leave out."""
    statement = sql.SQL(
        """
        SELECT count(*),
               count(*) FILTER (WHERE {excluded}),
               count(*) FILTER (WHERE NOT s.has_enough_data AND NOT {excluded})
        FROM matching_candidatesearch s
        WHERE {in_pool}
        """
    ).format(excluded=sql.SQL(IS_EXCLUDED), in_pool=sql.SQL(IN_POOL))
    with connection.cursor() as cursor:
        cursor.execute(statement, pool_parameters(pool))
        return Census(*cursor.fetchone())


def nearest_excluded(
    *, query: Vector, encoder: str, pool: Pool, limit: int
) -> list[UUID]:
    """Return people left out for a skill the job excludes, most similar first."""
    return _left_out(IS_EXCLUDED, query, encoder, pool, limit)


def nearest_without_enough_data(
    *, query: Vector, encoder: str, pool: Pool, limit: int
) -> list[UUID]:
    """Return people left out because they say too little, most similar first."""
    reason: LiteralString = f"NOT s.has_enough_data AND NOT {IS_EXCLUDED}"
    return _left_out(reason, query, encoder, pool, limit)


def _left_out(
    reason: LiteralString, query: Vector, encoder: str, pool: Pool, limit: int
) -> list[UUID]:
    statement = sql.SQL(
        """
        SELECT s.candidate_id
        FROM matching_candidatesearch s
        LEFT JOIN matching_candidateembedding e
               ON e.candidate_id = s.candidate_id AND e.encoder = %(encoder)s
        WHERE {in_pool} AND {reason}
        ORDER BY (e.vector <=> %(query)s::halfvec({dimensions})) + 0, s.candidate_id
        LIMIT %(limit)s
        """
    ).format(
        in_pool=sql.SQL(IN_POOL),
        reason=sql.SQL(reason),
        dimensions=sql.Literal(DIMENSIONS),
    )
    parameters: dict[str, Any] = {
        "query": vector_text(query),
        "encoder": encoder,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters | pool_parameters(pool))
        return [candidate_id for (candidate_id,) in cursor.fetchall()]


def nearest_jobs(
    *, document: Vector, encoder: str, job_ids: Collection[UUID], limit: int
) -> list[JobHit]:
    """Return the nearest of these jobs, most similar first, ties by id."""
    statement = sql.SQL(
        """
        SELECT e.job_id, (e.vector <=> %(document)s::halfvec({dimensions})) + 0 AS d
        FROM matching_jobembedding e
        WHERE e.encoder = %(encoder)s AND e.job_id = ANY (%(job_ids)s::uuid[])
        ORDER BY d, e.job_id
        LIMIT %(limit)s
        """
    ).format(dimensions=sql.Literal(DIMENSIONS))
    parameters: dict[str, Any] = {
        "document": vector_text(document),
        "encoder": encoder,
        "job_ids": list(job_ids),
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [JobHit(job_id, 1.0 - distance) for job_id, distance in cursor]


def near_skills(
    *, required: Collection[UUID], held: Collection[UUID], encoder: str, least: float
) -> list[tuple[UUID, UUID, float]]:
    """Return (required, held, similarity) of skills at least so similar."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT r.skill_id, h.skill_id, 1 - (r.vector <=> h.vector)
            FROM matching_skillembedding r
            JOIN matching_skillembedding h ON h.skill_id <> r.skill_id
            WHERE r.encoder = %(encoder)s AND r.skill_id = ANY (%(required)s::uuid[])
              AND h.encoder = %(encoder)s AND h.skill_id = ANY (%(held)s::uuid[])
              AND 1 - (r.vector <=> h.vector) >= %(least)s
            """,
            {
                "encoder": encoder,
                "required": list(required),
                "held": list(held),
                "least": least,
            },
        )
        return [(required, near, float(cosine)) for required, near, cosine in cursor]


def _hits(
    cursor: Any,
    statement: LiteralString,
    parameters: dict[str, Any],
    pool: Pool,
) -> list[Hit]:
    gates, gate_parameters = gates_of(pool)
    filled = sql.SQL(statement).format(dimensions=sql.Literal(DIMENSIONS), gates=gates)
    cursor.execute(filled, parameters | gate_parameters)
    return [Hit(candidate_id, 1.0 - distance) for candidate_id, distance in cursor]


# Who is in the pool, before gates.
IN_POOL: LiteralString = (
    "s.candidate_id <> ALL (%(left_out)s::uuid[])"
    " AND (%(only)s::uuid[] IS NULL OR s.candidate_id = ANY (%(only)s::uuid[]))"
)
IS_EXCLUDED: LiteralString = "s.skill_ids && %(excluded)s::uuid[]"


def gates_of(pool: Pool) -> tuple[sql.SQL, dict[str, Any]]:
    """Return the conditions on a search row `s` of who may be ranked."""
    conditions: LiteralString = "s.has_enough_data"
    if pool.left_out:
        conditions += " AND s.candidate_id <> ALL (%(left_out)s::uuid[])"
    if pool.only is not None:
        conditions += " AND s.candidate_id = ANY (%(only)s::uuid[])"
    if pool.excluded_skills:
        conditions += f" AND NOT {IS_EXCLUDED}"
    if pool.as_of is not None:
        conditions += " AND s.changed_at <= %(as_of)s::timestamptz"
    parameters = pool_parameters(pool) | {"as_of": pool.as_of}
    for condition, asked in conditions_of(pool.facets).values():
        conditions += f" AND {condition}"
        parameters |= asked
    return sql.SQL(conditions), parameters


def pool_parameters(pool: Pool) -> dict[str, Any]:
    """Return the parameters of IN_POOL and IS_EXCLUDED."""
    return {
        "left_out": list(pool.left_out),
        "excluded": list(pool.excluded_skills),
        "only": None if pool.only is None else list(pool.only),
    }


def vector_text(vector: Vector) -> str:
    """Return a vector as PostgreSQL reads it."""
    return f"[{','.join(map(str, vector))}]"
