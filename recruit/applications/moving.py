"""What a move changes of an application, for one person and for many."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import (
    Application,
    DispositionReason,
    StageTransition,
)
from recruit.applications.stage_names import stage_kind
from recruit.candidates.models import Candidate
from recruit.common.refusals import Refused
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.events.operations import event_of
from recruit.jobs.models import Job

# What a move changes of the row.
WRITTEN = [
    "stage",
    "outcome",
    "disposition_reason",
    "stage_changed_at",
    "ended_at",
    "version",
    "updated_at",
]


class ApplicationExists(Refused):
    """This candidate is in this job's pipeline already."""


class JobClosed(Refused):
    """A closed job takes no application."""


class CandidateErased(Refused):
    """The person was erased and cannot be considered."""


class NotAtOffer(Refused):
    """Only who stands at the offer can be hired."""


class ApplicationNotActive(Refused):
    """The application has ended; it cannot be moved."""


class ReasonDoesNotFit(Refused):
    """The disposition reason is not one for this outcome, or is no longer given."""


def refuse_unless_open(job: Job) -> None:
    """Raise JobClosed."""
    if job.is_closed:
        raise JobClosed(_("%s is closed and takes no application.") % job)


def refuse_erased(candidate: Candidate) -> None:
    """Raise CandidateErased."""
    if candidate.erased_at:
        raise CandidateErased(_("This person was erased."))


def refuse_unless_at_offer(stage: str) -> None:
    """Raise NotAtOffer for a stage that leads to no hire."""
    if stage_kind(stage) != Stage.OFFER:
        raise NotAtOffer(_("Only who stands at the offer can be hired."))


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


def arrival(application: Application, actor: Actor) -> Event:
    """Return the event of a new application."""
    return event_of(
        Happened.APPLIED,
        actor=actor,
        happened_at=application.applied_at,
        job_ids=[application.job_id],
        candidate_ids=[application.candidate_id],
        application_id=application.pk,
    )


def move(kind: Happened, transition: StageTransition, actor: Actor) -> Event:
    """Return the event of a move."""
    application, reason = transition.application, transition.disposition_reason
    return event_of(
        kind,
        actor=actor,
        happened_at=transition.moved_at,
        job_ids=[application.job_id],
        candidate_ids=[application.candidate_id],
        application_id=application.pk,
        details={
            "from": transition.from_stage,
            "to": transition.to_stage,
            "outcome": transition.to_outcome,
            "reason": reason.label if reason else "",
        },
    )
