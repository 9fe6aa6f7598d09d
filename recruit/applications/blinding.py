"""Every write to what jobs hide of their people."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.applications.blind import first_of_kind
from recruit.applications.choices import Stage
from recruit.applications.models import BlindPolicy, BlindReview
from recruit.applications.stages import stage_of, stages_of_jobs
from recruit.common.refusals import Refused
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.jobs.models import Job


class BlindReviewEnforced(Refused):
    """The rule of this installation hides more than what was asked for."""


@transaction.atomic
def hide_names(
    *, job_id: UUID, reveal_stage: str, actor: Actor, changed_at: datetime
) -> None:
    """Hide who people are until they reach a stage of the job.

    Raise NotAStageOfThisJob or BlindReviewEnforced.
    """
    _lock(job_id)
    stage = stage_of(job_id, reveal_stage)
    policy = _policy()
    if policy is not None:
        stages = stages_of_jobs([job_id])[job_id]
        least = first_of_kind(stages, Stage(policy.reveal_kind))
        if stages.index(stage) < least:
            raise BlindReviewEnforced(
                _("Every job hides names until “%(stage)s”: choose no earlier one.")
                % {"stage": stages[least].label}
            )
    BlindReview.objects.update_or_create(
        job_id=job_id, defaults={"reveal_stage": stage.code}
    )
    record(
        Happened.NAMES_HIDDEN,
        actor=actor,
        happened_at=changed_at,
        job_ids=[job_id],
        details={"to": stage.code},
    )


@transaction.atomic
def show_names(*, job_id: UUID, actor: Actor, changed_at: datetime) -> None:
    """Show who people are at every stage; raise BlindReviewEnforced."""
    _lock(job_id)
    if _policy() is not None:
        raise BlindReviewEnforced(
            _("An administrator has decided that every job hides names.")
        )
    deleted, _rows = BlindReview.objects.filter(job_id=job_id).delete()
    if deleted:
        record(
            Happened.NAMES_SHOWN,
            actor=actor,
            happened_at=changed_at,
            job_ids=[job_id],
        )


@transaction.atomic
def set_blind_policy(
    *, is_enforced: bool, reveal_kind: Stage, actor: Actor, changed_at: datetime
) -> BlindPolicy:
    """Let every job hide names, or leave it to each job."""
    policy = BlindPolicy.objects.select_for_update().first() or BlindPolicy()
    policy.is_enforced, policy.reveal_kind = is_enforced, reveal_kind
    policy.clean_fields()
    policy.save()
    record(
        Happened.NAMES_HIDDEN if is_enforced else Happened.NAMES_SHOWN,
        actor=actor,
        happened_at=changed_at,
        details={"to": reveal_kind},
    )
    return policy


def _lock(job_id: UUID) -> None:
    Job.objects.select_for_update(of=("self",), no_key=True).get(pk=job_id)


def _policy() -> BlindPolicy | None:
    return BlindPolicy.objects.filter(is_enforced=True).first()
