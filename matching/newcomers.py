"""How many people are new in the rankings of some jobs: one statement for all.

Somebody newly matches a job who was added or changed after a moment, may be ranked
(is not in the pipeline, says enough, holds no skill that the job excludes), and holds
at least one of the skills that the job requires or prefers, if it names any. How near
they are in meaning does not count: that would be a ranking for each job.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from matching.evidence import requirements_of
from matching.facets.asked import Facets
from matching.retrieval import Pool, gates_of
from recruit.accounts.models import User
from recruit.applications.queries import candidate_ids_in_pipelines, ids_visible_to
from recruit.jobs.models import Job


def asked_skills(job: Job) -> tuple[UUID, ...]:
    """Return the skills that a job (loaded `with_requirements`) requires or prefers."""
    return tuple(one.skill_id for one in requirements_of(job) if not one.is_exclusion)


def count_new(
    jobs: Sequence[Job], viewer: User | None, *, since: Mapping[UUID, datetime]
) -> dict[UUID, int]:
    """Count who newly matches each job (loaded `with_requirements`) since a moment."""
    if not jobs:
        return {}
    in_pipeline = candidate_ids_in_pipelines([job.pk for job in jobs])
    only = ids_visible_to(viewer)
    parameters: dict[str, Any] = {"earliest": min(since[job.pk] for job in jobs)}
    counted: list[sql.Composable] = []
    for number, job in enumerate(jobs):
        pool = Pool(
            left_out=tuple(in_pipeline[job.pk]),
            excluded_skills=tuple(
                one.skill_id for one in requirements_of(job) if one.is_exclusion
            ),
            only=only,
            facets=Facets(changed_after=since[job.pk], asked_skills=asked_skills(job)),
        )
        gates, values = _numbered(pool, number)
        parameters |= values
        counted.append(
            sql.SQL("SELECT {}, count(*) FROM recent s WHERE {}").format(
                sql.Literal(number), gates
            )
        )
    statement = sql.SQL(_RECENT) + sql.SQL(" UNION ALL ").join(counted)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return {jobs[number].pk: people for number, people in cursor.fetchall()}


_RECENT = """
WITH recent AS MATERIALIZED (
    SELECT s.candidate_id, s.has_enough_data, s.skill_ids, s.changed_at
    FROM matching_candidatesearch s
    WHERE s.changed_at > %(earliest)s::timestamptz
)
"""


def _numbered(pool: Pool, number: int) -> tuple[sql.SQL, dict[str, Any]]:
    """Return the gates of a pool, their parameters named apart from those of others."""
    gates, values = gates_of(pool)
    text = gates.as_string(None)
    for name in values:
        text = text.replace(f"%({name})s", f"%({name}_{number})s")
    named = {f"{name}_{number}": value for name, value in values.items()}
    return sql.SQL(text), named
