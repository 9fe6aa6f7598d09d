"""Everybody of a pool with their place, one page at a time."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, LiteralString
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql

from matching.conf import DIMENSIONS
from matching.listing.positions import Position, Sort
from matching.retrieval import (
    MOST_EXACT,
    Pool,
    Vector,
    expected_matches,
    gates_of,
    nearest_candidates,
    vector_text,
)

# Of a pool too large to compute every distance, so many of the nearest are paged
# through by the HNSW index; the same window for every page, so that none differs.
WINDOW = 1000

LAST: LiteralString = "'Infinity'::float8"


@dataclass(frozen=True, slots=True)
class Placed:
    """One person of a ranking: their place in it, and where they stand in the list."""

    place: int
    position: Position

    @property
    def candidate_id(self) -> UUID:
        return self.position.candidate_id


@dataclass(frozen=True, slots=True)
class Cut:
    """Which rows of a list are wanted: from its beginning, or beside a position."""

    limit: int
    after: Position | None = None
    before: Position | None = None

    def of(self, rows: Sequence[Placed]) -> list[Placed]:
        """Return the wanted ones of all rows of a list, in their order."""
        if self.after is not None:
            later = [row for row in rows if row.position.order > self.after.order]
            return later[: self.limit]
        if self.before is not None:
            earlier = [row for row in rows if row.position.order < self.before.order]
            return earlier[-self.limit :]
        return list(rows[: self.limit])


def placed_people(
    *,
    query: Vector,
    encoder: str,
    pool: Pool,
    cut: Cut,
    sort: Sort = Sort.RANK,
    required: Collection[UUID] = (),
    most_exact: int = MOST_EXACT,
) -> list[Placed]:
    """Return the people of the pool that the cut asks for, in the order of the sort.

    Places are counted over the whole pool by similarity, ties by id; whoever may see
    some of its people sees them at the places they have for all. `required` are
    the skills that Sort.SKILLS counts. The same rows give the same list.
    """
    whole = replace(pool, only=None)
    with transaction.atomic(), connection.cursor() as cursor:
        # A plan for any vector and any filter would be wrong for most of them.
        cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        if sort == Sort.RANK and expected_matches(cursor, whole) > most_exact:
            window = _window(query, encoder, whole)
            shown = cut.of(seen_of(window, pool))
            if len(shown) == cut.limit or len(window) < WINDOW:
                return shown
        return _exactly(
            cursor,
            query=query,
            encoder=encoder,
            pool=pool,
            cut=cut,
            sort=sort,
            required=required,
        )


def seen_of(rows: Sequence[Placed], pool: Pool) -> list[Placed]:
    """Return the rows of the people whom the viewer of a pool may see."""
    if pool.only is None:
        return list(rows)
    seen = set(pool.only)
    return [row for row in rows if row.candidate_id in seen]


def _window(query: Vector, encoder: str, pool: Pool) -> list[Placed]:
    hits = nearest_candidates(query=query, encoder=encoder, pool=pool, limit=WINDOW)
    return [
        Placed(place, Position(0.0, hit.similarity, hit.candidate_id))
        for place, hit in enumerate(hits, start=1)
    ]


def _exactly(
    cursor: Any,
    *,
    query: Vector,
    encoder: str,
    pool: Pool,
    cut: Cut,
    sort: Sort,
    required: Collection[UUID],
) -> list[Placed]:
    gates, parameters = gates_of(replace(pool, only=None))
    edge = cut.after or cut.before
    statement = sql.SQL(_PLACED).format(
        dimensions=sql.Literal(DIMENSIONS),
        key=sql.SQL(KEYS[sort]),
        gates=gates,
        edge=sql.SQL(_edge(cut)),
        seen=sql.SQL("TRUE" if pool.only is None else _SEEN),
        direction=sql.SQL("DESC" if cut.before else "ASC"),
    )
    cursor.execute(
        statement,
        parameters
        | {
            "query": vector_text(query),
            "encoder": encoder,
            "required": list(required),
            "sort_currency": pool.facets.salary_currency,
            "limit": cut.limit,
            "seen": list(pool.only or ()),
            "edge_key": edge.key if edge else None,
            "edge_minus": -edge.similarity if edge else None,
            "edge_id": edge.candidate_id if edge else None,
        },
    )
    rows = [
        Placed(place, Position(key, similarity, candidate_id))
        for candidate_id, similarity, key, place in cursor
    ]
    return rows[::-1] if cut.before else rows


def _edge(cut: Cut) -> LiteralString:
    if cut.after is None and cut.before is None:
        return "TRUE"
    beyond: LiteralString = ">" if cut.after is not None else "<"
    return (
        f"(key, -similarity, candidate_id) {beyond}"
        " (%(edge_key)s, %(edge_minus)s::float8, %(edge_id)s::uuid)"
    )


# The distance is bound to a column and sorted by as 1 - distance: the HNSW index,
# which would return fewer rows than match, stays out.
_PLACED: LiteralString = """
WITH ranked AS (
    SELECT e.candidate_id, {key} AS key,
           1.0::float8 - ((e.vector <=> %(query)s::halfvec({dimensions})) + 0)
               AS similarity
    FROM matching_candidateembedding e
    JOIN matching_candidatesearch s ON s.candidate_id = e.candidate_id
    WHERE e.encoder = %(encoder)s AND {gates}
), placed AS (
    SELECT candidate_id, similarity, key,
           row_number() OVER (ORDER BY -similarity, candidate_id) AS place
    FROM ranked
)
SELECT candidate_id, similarity, key, place
FROM placed
WHERE {edge} AND {seen}
ORDER BY key {direction}, -similarity {direction}, candidate_id {direction}
LIMIT %(limit)s
"""

_SEEN: LiteralString = "candidate_id = ANY (%(seen)s::uuid[])"

# Smaller is earlier; who does not say comes last.
KEYS: dict[Sort, LiteralString] = {
    Sort.RANK: "0::float8",
    Sort.SKILLS: (
        "-(SELECT count(*) FROM unnest(%(required)s::uuid[]) AS one"
        " WHERE s.skill_ids @> ARRAY[one])::float8"
    ),
    Sort.YEARS: f"coalesce(-s.years_of_experience::float8, {LAST})",
    Sort.CONTACT: f"coalesce(-extract(epoch FROM s.last_contact_at)::float8, {LAST})",
    Sort.CHANGED: "-extract(epoch FROM s.changed_at)::float8",
    Sort.AVAILABLE: f"coalesce(extract(epoch FROM s.available_from)::float8, {LAST})",
    Sort.SALARY: (
        "CASE WHEN s.salary_currency = %(sort_currency)s"
        f" THEN coalesce(s.salary_expectation::float8, {LAST}) ELSE {LAST} END"
    ),
    Sort.LOCATION: (
        "(CASE WHEN s.country || s.region || s.place = '' THEN '~'"
        " ELSE concat_ws(' ', s.country, s.region, s.place) END) COLLATE \"C\""
    ),
}


def sort_keys(
    ids: Iterable[UUID], *, sort: Sort, required: Collection[UUID], currency: str
) -> dict[UUID, float | str]:
    """Return what each of these people is sorted by."""
    statement = sql.SQL(
        "SELECT s.candidate_id, {key} FROM matching_candidatesearch s"
        " WHERE s.candidate_id = ANY (%(ids)s::uuid[])"
    ).format(key=sql.SQL(KEYS[sort]))
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                "ids": list(ids),
                "required": list(required),
                "sort_currency": currency,
            },
        )
        return dict(cursor.fetchall())
