"""Many applications brought to where another system says that they stand.

The rules, transitions and events are those of one application at a time; the number of
statements does not grow with them. What a rule forbids is left as it is, and says why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.applications.choices import Outcome
from recruit.applications.models import (
    Application,
    DispositionReason,
    StageTransition,
)
from recruit.applications.moving import (
    WRITTEN,
    ApplicationExists,
    CandidateErased,
    arrival,
    move,
    moved,
    refuse_erased,
    refuse_unless_active,
    refuse_unless_at_offer,
    refuse_unless_fitting,
    refuse_unless_open,
)
from recruit.applications.stages import (
    StageOfJob,
    refuse_other_stages,
    stages_of_jobs,
)
from recruit.candidates.models import Candidate
from recruit.common.copying import copy_rows
from recruit.common.refusals import Refused
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.events.operations import record_each
from recruit.jobs.models import Job

ENDS = {
    Outcome.HIRED: Happened.HIRED,
    Outcome.REJECTED: Happened.REJECTED,
    Outcome.WITHDRAWN: Happened.WITHDRAWN,
}


class ReasonNeeded(Refused):
    """An end without a hire has a reason, which a person gives."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where somebody stands in a job's pipeline; what is left out stays as it is."""

    job_id: UUID
    candidate_id: UUID
    source: str = ""  # with the external id, of an application that is made
    external_id: str = ""
    applied_at: datetime | None = None  # of one that is made
    stage: str = ""
    outcome: Outcome | None = None
    reason: DispositionReason | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of a placement."""

    application_id: UUID | None
    is_new: bool = False
    is_changed: bool = False
    error: Refused | None = None  # why it was left as it is


@dataclass(slots=True)
class _Step:
    """What is done for one placement."""

    application: Application
    is_new: bool
    to_stage: str = ""  # blank where it stands there already
    outcome: Outcome | None = None  # None where it does not end
    reason: DispositionReason | None = None

    @property
    def is_changed(self) -> bool:
        return self.is_new or bool(self.to_stage) or self.outcome is not None


@transaction.atomic
def place_all(
    *, placements: Sequence[Placement], actor: Actor, placed_at: datetime
) -> list[Placed]:
    """Put people into pipelines and move them there, each as far as the rules allow.

    Who stands where the placement says is not moved. No two placements may be of the
    same person and job. Raise ApplicationExists where one was made meanwhile.
    """
    known = _Known.of(placements)
    placed: list[Placed] = []
    steps: list[_Step] = []
    for placement in placements:
        try:
            step = _step(placement, known, placed_at)
        except Refused as error:
            placed.append(Placed(None, error=error))
            continue
        steps.append(step)
        placed.append(Placed(step.application.pk, step.is_new, step.is_changed))
    _write(steps, actor, placed_at)
    return placed


@dataclass(frozen=True, slots=True)
class _Known:
    """What is there, locked as for one: jobs stay open, nobody is erased meanwhile."""

    jobs: dict[UUID, Job]
    people: dict[UUID, Candidate]
    stages: dict[UUID, tuple[StageOfJob, ...]]
    by_pair: dict[tuple[UUID, UUID], Application]
    by_external_id: dict[tuple[str, str], Application]

    @classmethod
    def of(cls, placements: Sequence[Placement]) -> "_Known":
        job_ids = {one.job_id for one in placements}
        people = {one.candidate_id for one in placements}
        # Always in this order, and by their ids, so that nobody waits in a circle.
        locked = Job.objects.select_for_update(of=("self",), no_key=True)
        jobs = {one.pk: one for one in locked.filter(pk__in=job_ids).order_by("pk")}
        shared = Candidate.objects.select_for_update(of=("self",), no_key=True)
        persons = shared.filter(pk__in=people).order_by("pk")
        applications = Application.objects.select_for_update(of=("self",))
        found = applications.filter(_named(placements)).order_by("pk")
        rows = list(found)
        return cls(
            jobs=jobs,
            people={one.pk: one for one in persons},
            stages=stages_of_jobs(jobs),
            by_pair={(one.job_id, one.candidate_id): one for one in rows},
            by_external_id={
                (one.source, one.external_id): one for one in rows if one.external_id
            },
        )


def _named(placements: Sequence[Placement]) -> Q:
    named = Q(
        job__in={one.job_id for one in placements},
        candidate__in={one.candidate_id for one in placements},
    )
    by_source: dict[str, list[str]] = {}
    for one in placements:
        if one.external_id:
            by_source.setdefault(one.source, []).append(one.external_id)
    for source, external_ids in by_source.items():
        # The exclusion lets PostgreSQL use the index, which leaves blank ids out.
        same = Q(source=source, external_id__in=external_ids)
        named |= same & ~Q(external_id="")
    return named


def _step(placement: Placement, known: _Known, placed_at: datetime) -> _Step:
    """Return what is to be done for a placement. Raise what forbids it."""
    held = known.by_pair.get((placement.job_id, placement.candidate_id))
    if placement.external_id:
        key = placement.source, placement.external_id
        named = known.by_external_id.get(key)
        if named is not None and named is not held:
            raise ApplicationExists(
                _("Another application has this source and external id.")
            )
    if held is not None:
        return _onwards(placement, held, known, is_new=False)
    refuse_unless_open(known.jobs[placement.job_id])
    candidate = known.people.get(placement.candidate_id)
    if candidate is None:
        raise CandidateErased(_("This person was erased."))
    refuse_erased(candidate)
    made = _made(placement, known, placed_at)
    return _onwards(placement, made, known, is_new=True)


def _made(placement: Placement, known: _Known, placed_at: datetime) -> Application:
    applied_at = placement.applied_at or placed_at
    return Application(
        job=known.jobs[placement.job_id],
        candidate=known.people[placement.candidate_id],
        stage=known.stages[placement.job_id][0].code,
        source=placement.source if placement.external_id else "",
        external_id=placement.external_id,
        applied_at=applied_at,
        stage_changed_at=applied_at,
    )


def _onwards(
    placement: Placement, application: Application, known: _Known, *, is_new: bool
) -> _Step:
    """Return the moves from where an application stands. Raise what forbids one."""
    stage, outcome = placement.stage or application.stage, placement.outcome
    step = _Step(application, is_new)
    says_no_more = outcome in {None, application.outcome}
    if says_no_more and stage == application.stage:
        reason_id = placement.reason.pk if placement.reason else None
        if reason_id in {None, application.disposition_reason_id}:
            return step
    refuse_unless_active(application)
    if stage != application.stage:
        refuse_other_stages(known.stages[application.job_id], stage)
        step.to_stage = stage
    if outcome in ENDS:
        _refuse_end(outcome, stage, placement.reason)
        step.outcome, step.reason = outcome, placement.reason
    return step


def _refuse_end(outcome: Outcome, stage: str, reason: DispositionReason | None) -> None:
    """Raise what forbids an end: NotAtOffer, ReasonNeeded or ReasonDoesNotFit."""
    if outcome == Outcome.HIRED:
        refuse_unless_at_offer(stage)
        return
    if reason is None:
        raise ReasonNeeded(_("Say the reason: nobody is turned away without one."))
    refuse_unless_fitting(reason, outcome)


def _write(steps: Sequence[_Step], actor: Actor, placed_at: datetime) -> None:
    """Write new applications, then moves to stages, then ends: as one by one."""
    events = _arrived([one.application for one in steps if one.is_new], actor)
    transitions: list[tuple[Happened, StageTransition]] = []
    for one in steps:
        if one.to_stage:
            transition = moved(
                one.application,
                stage=one.to_stage,
                outcome=Outcome.ACTIVE,
                reason=None,
                actor=actor,
                moved_at=placed_at,
            )
            transitions.append((Happened.STAGE_CHANGED, transition))
    events += _moved(transitions, actor)
    transitions = []
    for one in steps:
        if one.outcome is not None:
            transition = moved(
                one.application,
                stage=one.application.stage,
                outcome=one.outcome,
                reason=one.reason,
                actor=actor,
                moved_at=placed_at,
            )
            transitions.append((ENDS[one.outcome], transition))
    events += _moved(transitions, actor)
    record_each(events)


def _arrived(applications: Sequence[Application], actor: Actor) -> list[Event]:
    try:
        with transaction.atomic():
            copy_rows(Application, applications)
    except IntegrityError as error:
        if "applications_one_per_" not in str(error):
            raise
        raise ApplicationExists(
            _("Somebody else made this application at the same moment.")
        ) from error
    return [arrival(one, actor) for one in applications]


def _moved(
    transitions: Iterable[tuple[Happened, StageTransition]], actor: Actor
) -> list[Event]:
    written = list(transitions)
    copy_rows(StageTransition, [one for _kind, one in written])
    # Several times quicker than `bulk_update`, which has a condition for each value.
    Application.objects.bulk_create(
        [one.application for _kind, one in written],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=WRITTEN,
    )
    return [move(kind, one, actor) for kind, one in written]
