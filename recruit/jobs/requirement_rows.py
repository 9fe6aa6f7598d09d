"""Writes of one requirement of a job.

Each is a write of all its requirements, in which the others keep their ids: the same
checks, the same event, the same version of the criteria.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.common.ids import uuid7
from recruit.common.refusals import Refused
from recruit.common.text import fold
from recruit.jobs.models import Job, JobSkill
from recruit.jobs.operations import RequirementInput, update_job


class RequiredAlready(Refused):
    """The job names this skill already, in another requirement."""


@transaction.atomic
def add_requirement(
    *,
    job_id: UUID,
    stated: RequirementInput,
    actor: Actor,
    changed_at: datetime,
    expected_version: int | None = None,
) -> tuple[Job, JobSkill]:
    """Add a requirement at the end. Raise RequiredAlready, and as `update_job` does."""
    added = replace(stated, row_id=stated.row_id or uuid7())
    rows = [*_held(job_id), added]
    return _written(
        rows,
        added,
        job_id=job_id,
        actor=actor,
        changed_at=changed_at,
        expected_version=expected_version,
    )


@transaction.atomic
def change_requirement(
    *,
    job_id: UUID,
    row_id: UUID,
    fields: dict[str, Any],
    actor: Actor,
    changed_at: datetime,
    expected_version: int | None = None,
) -> tuple[Job, JobSkill]:
    """Change what is given of a requirement; equal input writes nothing.

    Raise JobSkill.DoesNotExist, RequiredAlready, and as `update_job` does.
    """
    rows = _held(job_id)
    place = _place(rows, row_id)
    rows[place] = replace(rows[place], **fields)
    return _written(
        rows,
        rows[place],
        job_id=job_id,
        actor=actor,
        changed_at=changed_at,
        expected_version=expected_version,
    )


@transaction.atomic
def remove_requirement(
    *,
    job_id: UUID,
    row_id: UUID,
    actor: Actor,
    changed_at: datetime,
    expected_version: int | None = None,
) -> Job:
    """Take a requirement away. Raise JobSkill.DoesNotExist, and as `update_job`."""
    rows = _held(job_id)
    del rows[_place(rows, row_id)]
    return update_job(
        job_id=job_id,
        fields={},
        requirements=rows,
        actor=actor,
        changed_at=changed_at,
        expected_version=expected_version,
    )


def _held(job_id: UUID) -> list[RequirementInput]:
    """Return what a job requires; nobody else changes it until the transaction ends."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job_id)
    return [
        RequirementInput(
            skill=row.skill.name,
            importance=row.importance,
            minimum_proficiency=row.minimum_proficiency,
            minimum_years=row.minimum_years,
            row_id=row.pk,
        )
        for row in job.requirements.select_related("skill")
    ]


def _place(rows: Sequence[RequirementInput], row_id: UUID) -> int:
    for place, row in enumerate(rows):
        if row.row_id == row_id:
            return place
    raise JobSkill.DoesNotExist


def _written(
    rows: Sequence[RequirementInput], stated: RequirementInput, **write: Any
) -> tuple[Job, JobSkill]:
    _refuse_twice(rows, stated)
    job = update_job(fields={}, requirements=rows, **write)
    there = {row.pk: row for row in job.requirements.all()}
    if stated.row_id not in there or len(there) != len(rows):
        raise RequiredAlready(_("The job names this skill already."))
    return job, there[stated.row_id]


def _refuse_twice(rows: Sequence[RequirementInput], stated: RequirementInput) -> None:
    others = {fold(row.skill) for row in rows if row is not stated}
    if fold(stated.skill) in others:
        raise RequiredAlready(_("The job names this skill already."))
