"""What a job required before: kept with each change of its requirements."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from recruit.accounts.actors import Actor
from recruit.jobs.models import CriteriaVersion, Job, JobSkill


def keep_version(
    job: Job, *, before: Iterable[JobSkill], actor: Actor, made_at: datetime
) -> CriteriaVersion:
    """Write down what a locked job requires from now on.

    Where nothing was written down yet, what it required before comes first, as the
    system's: who had asked for it is not known.
    """
    latest = job.criteria_versions.order_by("-number").first()
    held = _stated(before)
    if latest is None and held:
        made_first = job.created_at
        unknown = Actor.system("criteria")
        latest = _written(job, 1, held, actor=unknown, made_at=made_first)
    rows = job.requirements.select_related("skill")
    number = latest.number + 1 if latest else 1
    return _written(job, number, _stated(rows), actor=actor, made_at=made_at)


def _stated(rows: Iterable[JobSkill]) -> list[dict[str, Any]]:
    return [
        {
            "skill": row.skill.name,
            "importance": str(row.importance),
            "minimum_proficiency": row.minimum_proficiency,
            "minimum_years": None
            if row.minimum_years is None
            else f"{row.minimum_years:.1f}",
        }
        for row in rows
    ]


def _written(
    job: Job,
    number: int,
    stated: list[dict[str, Any]],
    *,
    actor: Actor,
    made_at: datetime,
) -> CriteriaVersion:
    return job.criteria_versions.create(
        number=number,
        requirements=stated,
        made_at=made_at,
        actor_kind=actor.kind,
        actor_id=actor.actor_id,
        actor_name=actor.name[:255],
    )
