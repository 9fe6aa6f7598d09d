"""Every write to applications that means something.

Each locks the application first, then refuses, then writes the move, its transition
and its event. expected_version is what the caller had read: of two people who move
the same application at once, the second is told.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.applications.choices import Outcome
from recruit.applications.models import (
    Application,
    DispositionReason,
    StageTransition,
)
from recruit.applications.moving import (
    ApplicationExists,
    arrival,
    move,
    moved,
    refuse_erased,
    refuse_unless_active,
    refuse_unless_at_offer,
    refuse_unless_fitting,
    refuse_unless_open,
)
from recruit.applications.stages import stage_of, stages_of
from recruit.candidates.models import Candidate
from recruit.common.refusals import Refused, StaleVersion
from recruit.events.choices import Happened
from recruit.events.operations import record_each
from recruit.jobs.models import Job


class NothingToUndo(Refused):
    """The last move is the application itself, or was undone already."""


def _locked(application_id: UUID, expected_version: int | None) -> Application:
    application = Application.objects.select_for_update(of=("self",)).get(
        pk=application_id
    )
    if expected_version is not None and application.version != expected_version:
        raise StaleVersion(
            _("Somebody else moved this person meanwhile; now: %s.")
            % application.standing
        )
    return application


def _move(
    kind: Happened,
    application: Application,
    *,
    stage: str,
    outcome: str,
    reason: DispositionReason | None,
    actor: Actor,
    moved_at: datetime,
    undoes: StageTransition | None = None,
) -> None:
    """Write a move, its transition and its event; the caller has refused."""
    transition = moved(
        application,
        stage=stage,
        outcome=outcome,
        reason=reason,
        actor=actor,
        moved_at=moved_at,
        undoes=undoes,
    )
    transition.save(force_insert=True)
    application.save()
    record_each([move(kind, transition, actor)])


def _insert(application: Application) -> None:
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError as error:
        if "applications_one_per_source_and_external_id" not in str(error):
            raise
        raise ApplicationExists(
            _("An application with this source and external id exists.")
        ) from error


@transaction.atomic
def apply(
    *,
    job_id: UUID,
    candidate_id: UUID,
    actor: Actor,
    applied_at: datetime,
    source: str = "",
    external_id: str = "",
) -> Application:
    """Put a candidate into a job's pipeline.

    Raise ApplicationExists, JobClosed or CandidateErased.
    """
    # Shared locks: the job cannot close and the person cannot be erased meanwhile.
    job = Job.objects.select_for_update(of=("self",), no_key=True).get(pk=job_id)
    candidate = Candidate.objects.select_for_update(of=("self",), no_key=True).get(
        pk=candidate_id
    )
    refuse_unless_open(job)
    refuse_erased(candidate)
    if Application.objects.filter(job=job, candidate=candidate).exists():
        raise ApplicationExists(
            _("%(candidate)s is in the pipeline of %(job)s already.")
            % {"candidate": candidate, "job": job}
        )
    application = Application(
        job=job,
        candidate=candidate,
        stage=stages_of(job)[0].code,
        source=source,
        external_id=external_id,
        applied_at=applied_at,
        stage_changed_at=applied_at,
    )
    _insert(application)
    record_each([arrival(application, actor)])
    return application


@transaction.atomic
def advance(
    *,
    application_id: UUID,
    to_stage: str,
    actor: Actor,
    moved_at: datetime,
    expected_version: int | None = None,
) -> Application:
    """Move an active application to another stage; to its own stage is no move.

    Raise ApplicationNotActive, NotAStageOfThisJob or StaleVersion.
    """
    application = _locked(application_id, expected_version)
    refuse_unless_active(application)
    if application.stage == to_stage:
        return application
    to_stage = stage_of(application.job_id, to_stage).code
    _move(
        Happened.STAGE_CHANGED,
        application,
        stage=to_stage,
        outcome=Outcome.ACTIVE,
        reason=None,
        actor=actor,
        moved_at=moved_at,
    )
    return application


def _end(
    kind: Happened,
    outcome: Outcome,
    *,
    application_id: UUID,
    reason: DispositionReason | None,
    actor: Actor,
    moved_at: datetime,
    expected_version: int | None,
) -> Application:
    application = _locked(application_id, expected_version)
    refuse_unless_active(application)
    if reason is not None:
        refuse_unless_fitting(reason, outcome)
    _move(
        kind,
        application,
        stage=application.stage,
        outcome=outcome,
        reason=reason,
        actor=actor,
        moved_at=moved_at,
    )
    return application


@transaction.atomic
def reject(
    *,
    application_id: UUID,
    reason: DispositionReason,
    actor: Actor,
    moved_at: datetime,
    expected_version: int | None = None,
) -> Application:
    """End an application by our decision.

    Raise ApplicationNotActive, ReasonDoesNotFit or StaleVersion.
    """
    return _end(
        Happened.REJECTED,
        Outcome.REJECTED,
        application_id=application_id,
        reason=reason,
        actor=actor,
        moved_at=moved_at,
        expected_version=expected_version,
    )


@transaction.atomic
def withdraw(
    *,
    application_id: UUID,
    reason: DispositionReason,
    actor: Actor,
    moved_at: datetime,
    expected_version: int | None = None,
) -> Application:
    """End an application by the candidate's decision.

    Raise ApplicationNotActive, ReasonDoesNotFit or StaleVersion.
    """
    return _end(
        Happened.WITHDRAWN,
        Outcome.WITHDRAWN,
        application_id=application_id,
        reason=reason,
        actor=actor,
        moved_at=moved_at,
        expected_version=expected_version,
    )


@transaction.atomic
def hire(
    *,
    application_id: UUID,
    actor: Actor,
    moved_at: datetime,
    expected_version: int | None = None,
) -> Application:
    """End an application at the offer with a hire.

    Raise ApplicationNotActive, NotAtOffer or StaleVersion.
    """
    application = _locked(application_id, expected_version)
    refuse_unless_active(application)
    refuse_unless_at_offer(application.stage)
    return _end(
        Happened.HIRED,
        Outcome.HIRED,
        application_id=application_id,
        reason=None,
        actor=actor,
        moved_at=moved_at,
        expected_version=None,
    )


@transaction.atomic
def undo_last_transition(
    *,
    application_id: UUID,
    actor: Actor,
    moved_at: datetime,
    expected_version: int | None = None,
) -> Application:
    """Take the latest move back, once; the log keeps both.

    An earlier one cannot be taken back after it. Raise NothingToUndo or StaleVersion.
    """
    application = _locked(application_id, expected_version)
    last = application.transitions.order_by("-sequence").first()
    if last is None:
        raise NothingToUndo(_("There is no move to take back."))
    if last.undoes_id is not None:
        raise NothingToUndo(
            _("Only the latest move can be taken back, once: that was done.")
        )
    _move(
        Happened.TRANSITION_UNDONE,
        application,
        stage=last.from_stage,
        outcome=last.from_outcome,
        reason=None,  # only active applications are moved, and they have none
        actor=actor,
        moved_at=moved_at,
        undoes=last,
    )
    return application
