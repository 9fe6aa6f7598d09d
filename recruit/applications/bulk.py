"""Many people of one job moved at once, and taken back at once.

One operation writes one event and one transition for each person, or nothing at all:
of whom somebody else has moved since the caller looked, the caller is told, and may
ask again for the others.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recruit.accounts.actors import Actor
from recruit.applications.choices import Outcome
from recruit.applications.models import (
    Application,
    DispositionReason,
    StageTransition,
)
from recruit.applications.moving import WRITTEN, moved, refuse_unless_fitting
from recruit.applications.stages import stage_of
from recruit.common.ids import uuid7
from recruit.common.refusals import Refused
from recruit.events.choices import Happened
from recruit.events.operations import record


class MovedMeanwhile(Refused):
    """Some of the people are no longer where the caller saw them; nothing was moved."""

    def __init__(
        self, conflicts: Sequence[Application], others: Sequence[UUID]
    ) -> None:
        number = len(conflicts)
        super().__init__(
            ngettext(
                "Nobody was moved: %d person was moved by somebody else meanwhile.",
                "Nobody was moved: %d people were moved by somebody else meanwhile.",
                number,
            )
            % number
        )
        self.conflicts = tuple(conflicts)
        self.others = tuple(others)  # with whom it would go


class NotOfThisJob(Refused):
    """Somebody named is not in the pipeline of the job."""


class NothingLeftToUndo(Refused):
    """Every move of the batch was taken back, or is left out."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What a bulk operation moved; by its id it can be taken back."""

    batch_id: UUID
    application_ids: tuple[UUID, ...]
    unmoved: int = 0  # who stood there already


@transaction.atomic
def advance_all(
    *,
    job_id: UUID,
    seen: Mapping[UUID, int],
    to_stage: str,
    actor: Actor,
    moved_at: datetime,
) -> Batch:
    """Move people to a stage; `seen` is each application's version as it was shown.

    Who stands there already is not moved. Raise MovedMeanwhile, NotOfThisJob or
    NotAStageOfThisJob.
    """
    to_stage = stage_of(job_id, to_stage).code
    applications = _locked(job_id, seen)
    moving = [one for one in applications if one.stage != to_stage]
    batch_id = uuid7()
    transitions = [
        moved(
            one,
            stage=to_stage,
            outcome=Outcome.ACTIVE,
            reason=None,
            actor=actor,
            moved_at=moved_at,
            batch_id=batch_id,
        )
        for one in moving
    ]
    _write(
        Happened.STAGE_CHANGED,
        transitions,
        job_id=job_id,
        actor=actor,
        moved_at=moved_at,
        details={"to": to_stage, "outcome": Outcome.ACTIVE.value, "reason": ""},
    )
    unmoved = len(applications) - len(moving)
    return Batch(batch_id, tuple(one.pk for one in moving), unmoved)


@transaction.atomic
def reject_all(
    *,
    job_id: UUID,
    seen: Mapping[UUID, int],
    reason: DispositionReason,
    actor: Actor,
    moved_at: datetime,
) -> Batch:
    """End applications by our decision, all for the same reason.

    Raise MovedMeanwhile, NotOfThisJob or ReasonDoesNotFit.
    """
    refuse_unless_fitting(reason, Outcome.REJECTED)
    applications = _locked(job_id, seen)
    batch_id = uuid7()
    transitions = [
        moved(
            one,
            stage=one.stage,
            outcome=Outcome.REJECTED,
            reason=reason,
            actor=actor,
            moved_at=moved_at,
            batch_id=batch_id,
        )
        for one in applications
    ]
    _write(
        Happened.REJECTED,
        transitions,
        job_id=job_id,
        actor=actor,
        moved_at=moved_at,
        details={"outcome": Outcome.REJECTED.value, "reason": reason.label},
    )
    return Batch(batch_id, tuple(one.pk for one in applications))


@transaction.atomic
def undo_batch(
    *,
    job_id: UUID,
    batch_id: UUID,
    actor: Actor,
    moved_at: datetime,
    leaving_out: Collection[UUID] = (),
) -> Batch:
    """Take the moves of a batch back, but for the applications left out.

    Raise MovedMeanwhile where somebody was moved on since, or NothingLeftToUndo.
    """
    done = {
        one.application_id: one
        for one in StageTransition.objects.filter(
            batch_id=batch_id, application__job_id=job_id, undone_by=None, undoes=None
        ).exclude(application_id__in=leaving_out)
    }
    if not done:
        raise NothingLeftToUndo(_("There is no move left to take back."))
    # A transition's sequence is the version it was made from.
    after = {pk: transition.sequence + 1 for pk, transition in done.items()}
    applications = _locked(job_id, after, ended_as_well=True)
    undo_id = uuid7()
    transitions = [
        moved(
            one,
            stage=done[one.pk].from_stage,
            outcome=done[one.pk].from_outcome,
            reason=None,  # only active applications are moved, and they have none
            actor=actor,
            moved_at=moved_at,
            undoes=done[one.pk],
            batch_id=undo_id,
        )
        for one in applications
    ]
    stages = {one.to_stage for one in transitions}
    _write(
        Happened.TRANSITION_UNDONE,
        transitions,
        job_id=job_id,
        actor=actor,
        moved_at=moved_at,
        details={"to": stages.pop() if len(stages) == 1 else "", "reason": ""},
    )
    return Batch(undo_id, tuple(one.pk for one in applications))


def _locked(
    job_id: UUID, seen: Mapping[UUID, int], *, ended_as_well: bool = False
) -> list[Application]:
    # In the order of their ids, so that two bulk operations never wait in a circle.
    applications = list(
        Application.objects.select_for_update(of=("self",))
        .filter(job_id=job_id, pk__in=seen)
        .order_by("pk")
    )
    if len(applications) != len(seen):
        raise NotOfThisJob(_("Somebody marked is no longer in this pipeline."))
    conflicts = [
        one
        for one in applications
        if one.version != seen[one.pk] or not (one.is_active or ended_as_well)
    ]
    if conflicts:
        others = [one.pk for one in applications if one not in conflicts]
        raise MovedMeanwhile(conflicts, others)
    return applications


def _write(
    kind: Happened,
    transitions: Iterable[StageTransition],
    *,
    job_id: UUID,
    actor: Actor,
    moved_at: datetime,
    details: Mapping[str, str],
) -> None:
    written = StageTransition.objects.bulk_create(transitions)
    applications = [one.application for one in written]
    if not applications:
        return
    for application in applications:
        application.updated_at = Now()
    Application.objects.bulk_update(applications, WRITTEN)
    record(
        kind,
        actor=actor,
        happened_at=moved_at,
        job_ids=[job_id],
        candidate_ids=[one.candidate_id for one in applications],
        details={**details, "applications": [str(one.pk) for one in applications]},
    )
