"""What a move changes of an application, for one person and for many."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.applications.choices import Outcome
from recruit.applications.models import (
    Application,
    DispositionReason,
    StageTransition,
)
from recruit.common.refusals import Refused


class ApplicationNotActive(Refused):
    """The application has ended; it cannot be moved."""


class ReasonDoesNotFit(Refused):
    """The disposition reason is not one for this outcome, or is no longer given."""


def refuse_unless_active(application: Application) -> None:
    """Raise ApplicationNotActive for an application that has ended."""
    if not application.is_active:
        raise ApplicationNotActive(
            _("This application has ended (%s) and cannot be moved.")
            % application.get_outcome_display()
        )


def refuse_unless_fitting(reason: DispositionReason, outcome: Outcome) -> None:
    """Raise ReasonDoesNotFit for a reason of another outcome or no longer given."""
    if not (reason.is_active and reason.outcome == outcome):
        raise ReasonDoesNotFit(
            _("“%(reason)s” is not a reason for “%(outcome)s”.")
            % {"reason": reason, "outcome": outcome.label}
        )


def moved(
    application: Application,
    *,
    stage: str,
    outcome: str,
    reason: DispositionReason | None,
    actor: Actor,
    moved_at: datetime,
    undoes: StageTransition | None = None,
    batch_id: UUID | None = None,
) -> StageTransition:
    """Move a locked row in memory; return its transition. The caller saves both."""
    transition = StageTransition(
        application=application,
        from_stage=application.stage,
        to_stage=stage,
        from_outcome=application.outcome,
        to_outcome=outcome,
        disposition_reason=reason,
        undoes=undoes,
        batch_id=batch_id,
        sequence=application.version,
        left_stage_entered_at=application.stage_changed_at,
        moved_at=moved_at,
        actor_kind=actor.kind,
        actor_id=actor.actor_id,
        actor_name=actor.name[:200],
        on_behalf_of_id=actor.on_behalf_of_id,
    )
    application.stage = stage
    application.outcome = outcome
    application.disposition_reason = reason
    # A move taken back leaves the person where they were, and since when.
    since = undoes.left_stage_entered_at if undoes else moved_at
    application.stage_changed_at = since
    application.ended_at = None if outcome == Outcome.ACTIVE else moved_at
    application.version += 1
    return transition
