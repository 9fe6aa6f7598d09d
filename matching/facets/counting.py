"""How many people pass the gates, whom each leaves out, and what each facet holds.

One statement reads the pool once. A value's number counts who would be seen with it
while all other gates stay as they are.
"""

from collections.abc import Collection, Iterable
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
from matching.retrieval import IN_POOL, IS_EXCLUDED, Pool, pool_parameters

# Of a facet with many values, so many are offered: those of most people.
MOST_VALUES = 8

BITS = {gate: 1 << place for place, gate in enumerate(Gate)}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

Row = tuple[str, str, int]


def count_facets(
    *, pool: Pool, offered: Collection[UUID], as_of: datetime | None = None
) -> FacetCounts:
    """Count the pool by its gates; `offered` are skills to be counted one by one.

    Of people changed after `as_of` is told how many they are.
    """
    facets = pool.facets
    statement, parameters = _statement(facets)
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            parameters
            | pool_parameters(pool)
            | _days(facets)
            | {
                "offered": sorted({*offered, *facets.skills, *facets.without}),
                "as_of": as_of,
                "most_values": 4 * MOST_VALUES,
                "salary_most": facets.salary_most,
                "salary_currency": facets.salary_currency,
            },
        )
        return _counts(cursor.fetchall(), facets)


def _statement(facets: Facets) -> tuple[sql.Composed, dict[str, Any]]:
    fails: list[sql.Composable] = []
    parameters: dict[str, Any] = {}
    for gate, (condition, values) in conditions_of(facets).items():
        fails.append(
            sql.SQL("CASE WHEN {} THEN 0 ELSE {} END").format(
                sql.SQL(condition), sql.Literal(BITS[gate])
            )
        )
        parameters |= values
    gates = sql.SQL(" | ").join(fails) if fails else sql.SQL("0")
    counted = sql.SQL("\nUNION ALL\n").join(
        [sql.SQL(_TOTALS), *map(_gate_row, facets.gates), *map(_part, _PARTS)]
    )
    people = sql.SQL(_PEOPLE).format(
        fails=gates, in_pool=sql.SQL(IN_POOL), excluded=sql.SQL(IS_EXCLUDED)
    )
    return people + counted, parameters


_PEOPLE: LiteralString = """
WITH people AS MATERIALIZED (
    SELECT s.country, s.region, s.open_to_remote, s.languages, s.source, s.skill_ids,
           s.history, s.salary_expectation, s.salary_currency, s.available_from,
           s.last_contact_at, s.changed_at, {fails} AS fails
    FROM matching_candidatesearch s
    WHERE {in_pool} AND s.has_enough_data AND NOT {excluded}
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


# Name of the facet, the gate that does not count for it, its rows. A gate of which
# all values are asked counts for itself: another value narrows it further.
_PARTS: tuple[tuple[str, Gate | None, LiteralString], ...] = (
    ("country", Gate.LOCATION, "SELECT country, count(*) FROM {p} GROUP BY country"),
    (
        "region",
        Gate.LOCATION,
        "SELECT region, count(*) AS n FROM {p} GROUP BY region"
        " ORDER BY n DESC, region LIMIT %(most_values)s",
    ),
    ("remote", Gate.LOCATION, "SELECT 'yes', count(*) FROM {p} WHERE open_to_remote"),
    (
        "language",
        None,
        "SELECT one, count(*) FROM {p}, unnest(languages) AS one GROUP BY one",
    ),
    ("source", Gate.SOURCE, "SELECT source, count(*) FROM {p} GROUP BY source"),
    (
        "skill",
        None,
        "SELECT one::text, count(*) FROM {p}, unnest(%(offered)s::uuid[]) AS one"
        " WHERE skill_ids @> ARRAY[one] GROUP BY one",
    ),
    (
        "without",
        Gate.WITHOUT,
        "SELECT one::text, count(*) FROM {p}, unnest(%(offered)s::uuid[]) AS one"
        " WHERE skill_ids @> ARRAY[one] GROUP BY one",
    ),
    (
        "history",
        Gate.HISTORY,
        "SELECT one, count(*) FROM {p},"
        " unnest(CASE WHEN history = '{{}}' THEN ARRAY['never'] ELSE history END)"
        " AS one GROUP BY one",
    ),
    (
        "not_history",
        Gate.NOT_HISTORY,
        "SELECT one, count(*) FROM {p}, unnest(history) AS one GROUP BY one",
    ),
    (
        "available",
        Gate.AVAILABILITY,
        "SELECT coalesce(days, 'unsaid'), count(*) FROM {p} LEFT JOIN unnest("
        "%(available_names)s::text[], %(available_days)s::date[]) AS span (days, day)"
        " ON available_from <= span.day"
        " WHERE available_from IS NULL OR days IS NOT NULL GROUP BY days",
    ),
    (
        "contact",
        Gate.CONTACT,
        "SELECT coalesce(days, CASE WHEN last_contact_at IS NULL THEN 'never'"
        " ELSE 'older' END) AS name, count(*) FROM {p} LEFT JOIN unnest("
        "%(contact_names)s::text[], %(contact_days)s::date[]) AS span (days, day)"
        " ON last_contact_at >= span.day GROUP BY name",
    ),
    (
        "changed",
        Gate.CHANGED,
        "SELECT days, count(*) FROM {p} JOIN unnest("
        "%(changed_names)s::text[], %(changed_days)s::date[]) AS span (days, day)"
        " ON changed_at >= span.day GROUP BY days",
    ),
    (
        "salary",
        Gate.SALARY,
        "SELECT CASE WHEN salary_expectation IS NULL THEN 'unsaid'"
        " WHEN salary_currency <> %(salary_currency)s THEN 'other'"
        " WHEN %(salary_most)s::numeric IS NULL THEN 'said'"
        " WHEN salary_expectation <= %(salary_most)s::numeric THEN 'at_most'"
        " ELSE 'more' END AS name, count(*) FROM {p} GROUP BY name",
    ),
)


def _part(part: tuple[str, Gate | None, LiteralString]) -> sql.Composed:
    name, gate, rows = part
    counted = ~BITS[gate] if gate is not None else -1
    people = sql.SQL("(SELECT * FROM people WHERE fails & {} = 0) AS p").format(
        sql.Literal(counted)
    )
    return sql.SQL("SELECT {}, told.* FROM ({}) AS told").format(
        sql.Literal(name), sql.SQL(rows).format(p=people)
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


def _counts(rows: Iterable[Row], facets: Facets) -> FacetCounts:
    found: dict[str, dict[str, int]] = {}
    for facet, value, people in rows:
        found.setdefault(facet, {})[value or UNSAID] = people
    total, by_gate = found.pop("total"), found.pop("gate", {})
    newest = total["newest"]
    return FacetCounts(
        passing=total["passing"],
        gated=total["gated"],
        by_gate={gate: by_gate[gate.value] for gate in facets.gates},
        values=_values(found, facets),
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
    found: dict[str, dict[str, int]], facets: Facets
) -> dict[str, tuple[FacetValue, ...]]:
    chosen = _chosen(facets)
    return {
        name: _offered(found.get(name, {}), chosen.get(name, ()), fixed=FIXED.get(name))
        for name, _gate, _rows in _PARTS
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
        kept = [one for one in by_people if one != UNSAID][:MOST_VALUES]
        extra = [one for one in chosen if one not in kept and one != UNSAID]
        last = [UNSAID] if UNSAID in people or UNSAID in chosen else []
        names = [*kept, *extra, *last]
    else:
        names = [one for one in fixed if one in people or one in chosen]
    return tuple(FacetValue(one, people.get(one, 0), one in chosen) for one in names)
