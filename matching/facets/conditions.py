"""Gates as conditions on a search row `s`; values go in as parameters alone."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, LiteralString

from django.db.models.expressions import RawSQL

from matching.facets.asked import (
    CONTACT_WITHIN,
    NEVER,
    OLDER,
    UNSAID,
    Facets,
    Gate,
)
from recruit.candidates.querysets import CandidateQuerySet

Condition = tuple[LiteralString, dict[str, Any]]
_NAMED = re.compile(r"%\((\w+)\)s")


def conditions_of(facets: Facets) -> dict[Gate, Condition]:
    """Return the condition of each gate that was asked for, with its parameters."""
    return {gate: _CONDITIONS[gate](facets) for gate in facets.gates}


def passing_ids(facets: Facets) -> RawSQL:
    """Return the ids of who passes the gates, there being some, as an inner query."""
    asked = list(conditions_of(facets).values())
    gates = " AND ".join(f"({condition})" for condition, _values in asked)
    values = {name: value for _gate, named in asked for name, value in named.items()}
    rows = f"SELECT s.candidate_id FROM matching_candidatesearch s WHERE {gates}"  # noqa: S608 - values go in as parameters alone
    return RawSQL(  # noqa: S611 - as above
        _NAMED.sub("%s", rows), [values[name] for name in _NAMED.findall(rows)]
    )


def narrowed_by(people: CandidateQuerySet, facets: Facets) -> CandidateQuerySet:
    """Keep the people who pass the gates, as their search rows tell."""
    if not facets.gates:
        return people
    return people.filter(pk__in=passing_ids(facets))


def _location(facets: Facets) -> Condition:
    living: list[LiteralString] = []
    if facets.countries:
        living.append("s.country = ANY (%(f_countries)s::text[])")
    if facets.regions:
        living.append("s.region = ANY (%(f_regions)s::text[])")
    parameters = {
        "f_countries": _plain(facets.countries),
        "f_regions": _plain(facets.regions),
    }
    places = " AND ".join(living)
    if not facets.remote:
        return places, parameters
    if not living:
        return "s.open_to_remote", parameters
    return f"(({places}) OR s.open_to_remote)", parameters


def _salary(facets: Facets) -> Condition:
    asks: LiteralString = (
        "(s.salary_currency = %(f_currency)s"
        " AND s.salary_expectation <= %(f_salary)s::numeric) IS TRUE"
    )
    if facets.salary_unsaid:
        asks = f"({asks} OR s.salary_expectation IS NULL)"
    return asks, {
        "f_currency": facets.salary_currency,
        "f_salary": facets.salary_most,
    }


def _languages(facets: Facets) -> Condition:
    return "s.languages::text[] @> %(f_languages)s::text[]", {
        "f_languages": list(facets.languages)
    }


def _availability(facets: Facets) -> Condition:
    days = [int(one) for one in facets.available if one != UNSAID]
    asks: LiteralString = "(s.available_from <= %(f_available)s::date) IS TRUE"
    if UNSAID in facets.available:
        asks = f"({asks} OR s.available_from IS NULL)"
    latest = facets.within(max(days)) if days else date.min
    return asks, {"f_available": latest}


def _skills(facets: Facets) -> Condition:
    return "s.skill_ids @> %(f_skills)s::uuid[]", {"f_skills": list(facets.skills)}


def _without(facets: Facets) -> Condition:
    return "NOT s.skill_ids && %(f_without)s::uuid[]", {
        "f_without": list(facets.without)
    }


def _sources(facets: Facets) -> Condition:
    return "s.source = ANY (%(f_sources)s::text[])", {
        "f_sources": _plain(facets.sources)
    }


def _history(facets: Facets) -> Condition:
    asks: LiteralString = "s.history::text[] && %(f_history)s::text[]"
    if NEVER in facets.history:
        asks = f"({asks} OR s.history = '{{}}')"
    return asks, {"f_history": list(facets.history)}


def _not_history(facets: Facets) -> Condition:
    asks: LiteralString = "NOT s.history::text[] && %(f_not_history)s::text[]"
    if NEVER in facets.not_history:
        asks = f"({asks} AND s.history <> '{{}}')"
    return asks, {"f_not_history": list(facets.not_history)}


def _contact(facets: Facets) -> Condition:
    days = [int(one) for one in facets.contact if one not in {OLDER, NEVER}]
    asks: list[LiteralString] = []
    if days:
        asks.append("s.last_contact_at >= %(f_contact)s::date")
    if OLDER in facets.contact:
        asks.append("s.last_contact_at < %(f_contact_older)s::date")
    if NEVER in facets.contact:
        asks.append("s.last_contact_at IS NULL")
    return f"({' OR '.join(asks)}) IS TRUE", {
        "f_contact": facets.within(-max(days, default=0)),
        "f_contact_older": facets.within(-CONTACT_WITHIN[-1]),
    }


def _changed(facets: Facets) -> Condition:
    asks: list[LiteralString] = []
    if facets.changed:
        asks.append("s.changed_at >= %(f_changed)s::date")
    if facets.changed_after is not None:
        asks.append("s.changed_at > %(f_changed_after)s::timestamptz")
    days = max(map(int, facets.changed), default=0)
    return " AND ".join(asks), {
        "f_changed": facets.within(-days),
        "f_changed_after": facets.changed_after,
    }


def _tags(facets: Facets) -> Condition:
    # Kept with the people, not in their search rows: a tag changes no profile.
    return (
        "s.candidate_id IN (SELECT t.candidate_id FROM notes_candidatetag t"
        " WHERE t.tag_id = ANY (%(f_tags)s::uuid[])"
        " GROUP BY t.candidate_id HAVING count(*) = %(f_tag_count)s)"
    ), {"f_tags": list(facets.tags), "f_tag_count": len(facets.tags)}


def _asked_skills(facets: Facets) -> Condition:
    return "s.skill_ids && %(f_asked_skills)s::uuid[]", {
        "f_asked_skills": list(facets.asked_skills)
    }


def _plain(values: tuple[str, ...]) -> list[str]:
    """Return values of a column; who does not say has nothing in it."""
    return ["" if value == UNSAID else value for value in values]


_CONDITIONS: dict[Gate, Callable[[Facets], Condition]] = {
    Gate.LOCATION: _location,
    Gate.SALARY: _salary,
    Gate.LANGUAGE: _languages,
    Gate.AVAILABILITY: _availability,
    Gate.SKILL: _skills,
    Gate.WITHOUT: _without,
    Gate.SOURCE: _sources,
    Gate.HISTORY: _history,
    Gate.NOT_HISTORY: _not_history,
    Gate.CONTACT: _contact,
    Gate.CHANGED: _changed,
    Gate.TAG: _tags,
    Gate.ASKED_SKILL: _asked_skills,
}
