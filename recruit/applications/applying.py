"""Many people put into one pipeline at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.applications.models import Application
from recruit.applications.moving import refuse_unless_open
from recruit.applications.stages import stages_of
from recruit.candidates.models import Candidate
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Applied:
    """Who was put into a pipeline, and why the others were not."""

    added: tuple[UUID, ...]
    refused: Mapping[UUID, str]  # in the order asked for; the reasons name nobody


@transaction.atomic
def apply_all(
    *, job_id: UUID, candidate_ids: Collection[UUID], actor: Actor, applied_at: datetime
) -> Applied:
    """Put people into a job's pipeline; say of the others why they are not.

    Who was ever in it stays as they are. One event tells of all; the number of queries
    does not grow with them. Raise JobClosed.
    """
    # The same locks as for one: the job cannot close and nobody be erased meanwhile.
    job = Job.objects.select_for_update(of=("self",), no_key=True).get(pk=job_id)
    refuse_unless_open(job)
    asked = list(dict.fromkeys(candidate_ids))
    there = Candidate.objects.not_erased().filter(pk__in=asked).order_by("pk")
    locked = there.select_for_update(of=("self",), no_key=True)
    present = list(locked.values_list("pk", flat=True))
    known = {
        one.candidate_id: one
        for one in Application.objects.filter(job=job, candidate__in=present)
    }
    added = [one for one in present if one not in known]
    made = _insert(job, added, applied_at)
    if added:
        record(
            Happened.APPLIED,
            actor=actor,
            happened_at=applied_at,
            job_ids=[job.pk],
            candidate_ids=added,
            details={"applications": [str(one.pk) for one in made]},
        )
    left_out = [one for one in asked if one not in set(added)]
    return Applied(tuple(added), {one: _reason(known.get(one)) for one in left_out})


def _insert(
    job: Job, candidate_ids: Sequence[UUID], applied_at: datetime
) -> list[Application]:
    first = stages_of(job)[0].code
    return Application.objects.bulk_create(
        Application(
            job=job,
            candidate_id=one,
            stage=first,
            applied_at=applied_at,
            stage_changed_at=applied_at,
        )
        for one in candidate_ids
    )


def _reason(known: Application | None) -> str:
    if known is None:
        return _("no longer here")
    return _("in the pipeline already: %s") % known.standing
