"""How many people pass the gates, whom each leaves out, and what each facet holds.

One statement reads the pool once. A value's number counts who would be seen with it
while all other gates stay as they are.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID

from django.db import connection
from psycopg import sql

from matching.facets.asked import (
    AVAILABLE_WITHIN,
    CHANGED_WITHIN,
    CONTACT_WITHIN,
    NEVER,
    OLDER,
    UNSAID,
    FacetCounts,
    Facets,
    FacetValue,
    Gate,
)
from matching.facets.conditions import conditions_of
from matching.facets.parts import OF_JOB, Part
from matching.retrieval import IN_POOL, IS_EXCLUDED, Pool, pool_parameters

# Of a facet with many values, so many are offered: those of most people.
MOST_OFFERED = 100

BITS = {gate: 1 << place for place, gate in enumerate(Gate)}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

Row = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who of a pool is counted."""

    with_thin: bool = False  # also who says too little to be compared
    holding: tuple[str, ...] = ()  # searchable words, of which one is enough

    @property
    def condition(self) -> LiteralString:
        asked: LiteralString = "true" if self.with_thin else "s.has_enough_data"
        return f"{asked} AND s.words @@ {EITHER_WORD}" if self.holding else asked


# Made once for the statement, so that the index of words can be used with it.
EITHER_WORD: LiteralString = """(
    SELECT string_agg(query::text, ' | ')::tsquery
    FROM unnest(%(crowd_words)s::text[]) AS asked (word)
    CROSS JOIN LATERAL (SELECT phraseto_tsquery('english', asked.word)
                            || phraseto_tsquery('simple', asked.word) AS query) made
    WHERE numnode(query) > 0
)"""
COMPARED = Crowd()
EVERYBODY = Crowd(with_thin=True)


def count_facets(
    *,
    pool: Pool,
    offered: Collection[UUID],
    as_of: datetime | None = None,
    parts: Sequence[Part] = OF_JOB,
    crowd: Crowd = COMPARED,
) -> FacetCounts:
    """Count the pool by its gates; `offered` are skills to be counted one by one.

    Of people changed after `as_of` is told how many they are. `parts` are the facets,
    `crowd` says who of the pool is counted.
    """
    facets = pool.facets
    statement, parameters = _statement(facets, parts, crowd)
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            parameters
            | pool_parameters(pool)
            | _days(facets)
            | {
                "offered": sorted({*offered, *facets.skills, *facets.without}),
                "tags": list(facets.tags),
                "as_of": as_of,
                "most_values": MOST_OFFERED + 1,
                "salary_most": facets.salary_most,
                "salary_currency": facets.salary_currency,
            },
        )
        return _counts(cursor.fetchall(), facets, parts)


def _statement(
    facets: Facets, parts: Sequence[Part], crowd: Crowd
) -> tuple[sql.Composed, dict[str, Any]]:
    fails: list[sql.Composable] = []
    parameters: dict[str, Any] = {"crowd_words": list(crowd.holding)}
    for gate, (condition, values) in conditions_of(facets).items():
        fails.append(
            sql.SQL("CASE WHEN {} THEN 0 ELSE {} END").format(
                sql.SQL(condition), sql.Literal(BITS[gate])
            )
        )
        parameters |= values
    gates = sql.SQL(" | ").join(fails) if fails else sql.SQL("0")
    counted = sql.SQL("\nUNION ALL\n").join(
        [
            sql.SQL(_TOTALS),
            *map(_gate_row, facets.gates),
            *(_part(part, facets.gates) for part in parts),
        ]
    )
    people = sql.SQL(_PEOPLE).format(
        fails=gates,
        in_pool=sql.SQL(IN_POOL),
        excluded=sql.SQL(IS_EXCLUDED),
        crowd=sql.SQL(crowd.condition),
    )
    return people + counted, parameters


_PEOPLE: LiteralString = """
WITH people AS MATERIALIZED (
    SELECT s.candidate_id, s.country, s.region, s.open_to_remote, s.languages, s.source,
           s.skill_ids, s.history, s.salary_expectation, s.salary_currency,
           s.available_from, s.last_contact_at, s.changed_at, {fails} AS fails
    FROM matching_candidatesearch s
    WHERE {in_pool} AND NOT {excluded} AND {crowd}
)
"""
_TOTALS: LiteralString = """
SELECT 'total' AS facet, 'passing' AS value, count(*) AS people
  FROM people WHERE fails = 0
UNION ALL SELECT 'total', 'gated', count(*) FROM people WHERE fails <> 0
UNION ALL SELECT 'total', 'newest',
       (extract(epoch FROM max(changed_at)) * 1000000)::bigint FROM people
UNION ALL SELECT 'total', 'changed', count(*) FROM people
 WHERE fails = 0 AND changed_at > %(as_of)s::timestamptz
"""


def _gate_row(gate: Gate) -> sql.Composed:
    return sql.SQL(
        "SELECT 'gate', {}, count(*) FROM people WHERE fails & {} <> 0"
    ).format(sql.Literal(gate.value), sql.Literal(BITS[gate]))


def _part(part: Part, gates: Collection[Gate]) -> sql.Composed:
    counting = [BITS[gate] for gate in gates if gate != part.gate]
    people: sql.Composable = sql.SQL("people AS p")
    if counting:
        people = sql.SQL("(SELECT * FROM people WHERE fails & {} = 0) AS p").format(
            sql.Literal(sum(counting))
        )
    return sql.SQL("SELECT {}, told.* FROM ({}) AS told").format(
        sql.Literal(part.facet), sql.SQL(part.rows).format(p=people)
    )


def _days(facets: Facets) -> dict[str, Any]:
    def spans(
        name: str, days: Iterable[int], *, back: bool
    ) -> dict[str, list[str] | list[date]]:
        return {
            f"{name}_names": [str(one) for one in days],
            f"{name}_days": [facets.within(-one if back else one) for one in days],
        }

    return {
        **spans("available", AVAILABLE_WITHIN, back=False),
        **spans("contact", CONTACT_WITHIN, back=True),
        **spans("changed", CHANGED_WITHIN, back=True),
    }


def _counts(rows: Iterable[Row], facets: Facets, parts: Sequence[Part]) -> FacetCounts:
    found: dict[str, dict[str, int]] = {}
    for facet, value, people in rows:
        found.setdefault(facet, {})[value or UNSAID] = people
    total, by_gate = found.pop("total"), found.pop("gate", {})
    newest = total["newest"]
    return FacetCounts(
        passing=total["passing"],
        gated=total["gated"],
        by_gate={gate: by_gate[gate.value] for gate in facets.gates},
        values=_values(found, facets, parts),
        newest_change=None if newest is None else EPOCH + newest * MICROSECOND,
        changed_since=total["changed"],
    )


FIXED: dict[str, tuple[str, ...]] = {
    "available": (*map(str, AVAILABLE_WITHIN), UNSAID),
    "contact": (*map(str, CONTACT_WITHIN), OLDER, NEVER),
    "changed": tuple(map(str, CHANGED_WITHIN)),
    "salary": ("said", "at_most", "more", "other", UNSAID),
    "remote": ("yes",),
}


def _values(
    found: dict[str, dict[str, int]], facets: Facets, parts: Sequence[Part]
) -> dict[str, tuple[FacetValue, ...]]:
    chosen = _chosen(facets)
    return {
        name: _offered(found.get(name, {}), chosen.get(name, ()), fixed=FIXED.get(name))
        for name in (part.facet for part in parts)
    }


def _chosen(facets: Facets) -> dict[str, tuple[str, ...]]:
    return {
        "country": facets.countries,
        "region": facets.regions,
        "remote": ("yes",) if facets.remote else (),
        "language": facets.languages,
        "source": facets.sources,
        "skill": tuple(map(str, facets.skills)),
        "without": tuple(map(str, facets.without)),
        "tag": tuple(map(str, facets.tags)),
        "history": facets.history,
        "not_history": facets.not_history,
        "available": facets.available,
        "contact": facets.contact,
        "changed": facets.changed,
        "salary": (UNSAID,) if facets.salary_unsaid else (),
    }


def _offered(
    people: dict[str, int], chosen: Collection[str], *, fixed: tuple[str, ...] | None
) -> tuple[FacetValue, ...]:
    """Return the values in the order in which they are offered, the chosen always."""
    if fixed is None:
        by_people = sorted(people, key=lambda one: (-people[one], one))
        # Who does not say comes last.
        kept = [one for one in by_people if one != UNSAID][:MOST_OFFERED]
        extra = [one for one in chosen if one not in kept and one != UNSAID]
        last = [UNSAID] if UNSAID in people or UNSAID in chosen else []
        names = [*kept, *extra, *last]
    else:
        names = [one for one in fixed if one in people or one in chosen]
    return tuple(FacetValue(one, people.get(one, 0), one in chosen) for one in names)
