"""Many people put into one pipeline at once."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.applications.models import Application
from recruit.applications.operations import JobClosed
from recruit.applications.stages import stages_of
from recruit.candidates.models import Candidate
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.jobs.models import Job


@transaction.atomic
def apply_all(
    *, job_id: UUID, candidate_ids: Collection[UUID], actor: Actor, applied_at: datetime
) -> list[UUID]:
    """Put people into a job's pipeline; return who was not in it and is now.

    Who was ever in it stays as they are, who was erased is passed over. Raise
    JobClosed.
    """
    # The same locks as for one: the job cannot close and nobody be erased meanwhile.
    job = Job.objects.select_for_update(of=("self",), no_key=True).get(pk=job_id)
    if job.is_closed:
        raise JobClosed(_("%s is closed and takes no application.") % job)
    there = (
        Candidate.objects.not_erased()
        .filter(pk__in=candidate_ids)
        .exclude(applications__job=job)
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
    )
    added = list(there.values_list("pk", flat=True))
    first = stages_of(job)[0].code
    Application.objects.bulk_create(
        Application(
            job=job,
            candidate_id=one,
            stage=first,
            applied_at=applied_at,
            stage_changed_at=applied_at,
        )
        for one in added
    )
    if added:
        record(
            Happened.APPLIED,
            actor=actor,
            happened_at=applied_at,
            job_ids=[job.pk],
            candidate_ids=added,
        )
    return added
