"""What each facet counts, as rows over the people of a pool."""

from dataclasses import dataclass
from typing import LiteralString

from matching.facets.asked import Gate


@dataclass(frozen=True, slots=True)
class Part:
    """One facet: its name, the gate that does not count for it, and its rows.

    A gate of which all values are asked counts for itself: another value narrows it
    further. `{p}` are the people, to be given the condition.
    """

    facet: str
    gate: Gate | None
    rows: LiteralString


_OFFERED: LiteralString = (
    "SELECT one::text, count(*) FROM {p}, unnest(%(offered)s::uuid[]) AS one"
    " WHERE skill_ids @> ARRAY[one] GROUP BY one"
)
COUNTRY = Part(
    "country", Gate.LOCATION, "SELECT country, count(*) FROM {p} GROUP BY country"
)
REGION = Part(
    "region",
    Gate.LOCATION,
    "SELECT region, count(*) AS n FROM {p} GROUP BY region"
    " ORDER BY region = '' DESC, n DESC, region LIMIT %(most_values)s",
)
REMOTE = Part(
    "remote", Gate.LOCATION, "SELECT 'yes', count(*) FROM {p} WHERE open_to_remote"
)
LANGUAGE = Part(
    "language",
    None,
    "SELECT one, count(*) FROM {p}, unnest(languages) AS one GROUP BY one",
)
SOURCE = Part(
    "source",
    Gate.SOURCE,
    "SELECT source, count(*) AS n FROM {p} GROUP BY source"
    " ORDER BY source = '' DESC, n DESC, source LIMIT %(most_values)s",
)
OFFERED_SKILL = Part("skill", None, _OFFERED)
HELD_SKILL = Part(
    "skill",
    None,
    "SELECT one::text, count(*) AS n FROM {p}, unnest(skill_ids) AS one GROUP BY one"
    " ORDER BY one = ANY (%(offered)s::uuid[]) DESC, n DESC, one LIMIT %(most_values)s",
)
WITHOUT = Part("without", Gate.WITHOUT, _OFFERED)
TAG = Part(
    "tag",
    None,
    "SELECT t.tag_id::text, count(*) AS n FROM {p}"
    " JOIN notes_candidatetag t ON t.candidate_id = p.candidate_id"
    " GROUP BY t.tag_id ORDER BY t.tag_id = ANY (%(tags)s::uuid[]) DESC, n DESC,"
    " t.tag_id LIMIT %(most_values)s",
)
HISTORY = Part(
    "history",
    Gate.HISTORY,
    "SELECT one, count(*) FROM {p},"
    " unnest(CASE WHEN history = '{{}}' THEN ARRAY['never'] ELSE history END)"
    " AS one GROUP BY one",
)
NOT_HISTORY = Part(
    "not_history",
    Gate.NOT_HISTORY,
    "SELECT one, count(*) FROM {p}, unnest(history) AS one GROUP BY one",
)
AVAILABLE = Part(
    "available",
    Gate.AVAILABILITY,
    "SELECT coalesce(days, 'unsaid'), count(*) FROM {p} LEFT JOIN unnest("
    "%(available_names)s::text[], %(available_days)s::date[]) AS span (days, day)"
    " ON available_from <= span.day"
    " WHERE available_from IS NULL OR days IS NOT NULL GROUP BY days",
)
CONTACT = Part(
    "contact",
    Gate.CONTACT,
    "SELECT coalesce(days, CASE WHEN last_contact_at IS NULL THEN 'never'"
    " ELSE 'older' END) AS name, count(*) FROM {p} LEFT JOIN unnest("
    "%(contact_names)s::text[], %(contact_days)s::date[]) AS span (days, day)"
    " ON last_contact_at >= span.day GROUP BY name",
)
CHANGED = Part(
    "changed",
    Gate.CHANGED,
    "SELECT days, count(*) FROM {p} JOIN unnest("
    "%(changed_names)s::text[], %(changed_days)s::date[]) AS span (days, day)"
    " ON changed_at >= span.day GROUP BY days",
)
SALARY = Part(
    "salary",
    Gate.SALARY,
    "SELECT CASE WHEN salary_expectation IS NULL THEN 'unsaid'"
    " WHEN salary_currency <> %(salary_currency)s THEN 'other'"
    " WHEN %(salary_most)s::numeric IS NULL THEN 'said'"
    " WHEN salary_expectation <= %(salary_most)s::numeric THEN 'at_most'"
    " ELSE 'more' END AS name, count(*) FROM {p} GROUP BY name",
)

# Facets of anybody's list of people, and those of the ranked list of a job.
COMMON = (COUNTRY, REGION, REMOTE, LANGUAGE, SOURCE, AVAILABLE, CONTACT, CHANGED)
OF_SEARCH = (*COMMON, HELD_SKILL, TAG)
OF_JOB = (*COMMON, OFFERED_SKILL, WITHOUT, HISTORY, NOT_HISTORY, SALARY)
