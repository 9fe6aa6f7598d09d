"""What a job required before, required again."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from recruit.accounts.actors import Actor
from recruit.jobs.models import CriteriaVersion, Job
from recruit.jobs.operations import RequirementInput, update_job


def requirements_of_version(version: CriteriaVersion) -> list[RequirementInput]:
    """Return what a version required, as the operations take it."""
    return [
        RequirementInput(
            skill=stated["skill"],
            importance=stated["importance"],
            minimum_proficiency=stated["minimum_proficiency"],
            minimum_years=Decimal(stated["minimum_years"])
            if stated["minimum_years"]
            else None,
        )
        for stated in version.requirements
    ]


@transaction.atomic
def restore_criteria(
    *,
    job_id: UUID,
    number: int,
    actor: Actor,
    changed_at: datetime,
    expected_version: int | None = None,
) -> Job:
    """Require again what a version required; that is a new version itself.

    Raise CriteriaVersion.DoesNotExist for a number that never was, StaleVersion.
    """
    version = CriteriaVersion.objects.get(job_id=job_id, number=number)
    return update_job(
        job_id=job_id,
        fields={},
        requirements=requirements_of_version(version),
        actor=actor,
        changed_at=changed_at,
        expected_version=expected_version,
    )
