"""Every write to screenings that means something.

A decision and its undoing are made once however often they are sent: each names
itself by an id that was made before it was sent the first time.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.applications import operations as applications
from recruit.applications.models import Application, DispositionReason
from recruit.applications.moving import ReasonDoesNotFit
from recruit.applications.removal import take_out
from recruit.applications.stages import stages_of
from recruit.common.refusals import Refused, StaleVersion
from recruit.reviews.choices import Screened, Verdict
from recruit.reviews.models import Decision, Screening

MOST_SCREENED = 1000


class NobodyToScreen(Refused):
    """There is nobody to go through."""


class NotOnTheList(Refused):
    """The person is not among those who are screened."""


class DecidedAlready(Refused):
    """Another decision about this person stands."""


class NoSuchDecision(Refused):
    """There is no such decision in this screening."""


@transaction.atomic
def start_screening(
    *,
    job_id: UUID,
    user: User,
    screened: Screened,
    candidate_ids: Sequence[UUID],
    started_at: datetime,
    beyond: int = 0,
    shown: str = "",
) -> Screening:
    """Keep a list of people in its order. Raise NobodyToScreen.

    `beyond` is how many stand behind them on the list whose address has `shown`.
    """
    if not candidate_ids:
        raise NobodyToScreen(_("There is nobody to screen."))
    return Screening.objects.create(
        job_id=job_id,
        user=user,
        screened=screened,
        candidate_ids=list(dict.fromkeys(candidate_ids))[:MOST_SCREENED],
        beyond=beyond,
        shown=shown,
        started_at=started_at,
    )


def place_on_the_list(screening: Screening, candidate_id: UUID | None) -> int:
    """Return where a person stands on the list, from 1. Raise NotOnTheList."""
    if candidate_id not in screening.candidate_ids:
        raise NotOnTheList(_("This person is not on the list that is screened."))
    return screening.candidate_ids.index(candidate_id) + 1


@transaction.atomic
def decide(
    *,
    screening_id: UUID,
    decision_id: UUID,
    candidate_id: UUID,
    verdict: Verdict,
    reason: DispositionReason | None = None,
    seen_version: int,
    actor: Actor,
    decided_at: datetime,
) -> Decision:
    """Shortlist or reject a person; sent again, change nothing more.

    `seen_version` is that of the application as it was shown, 0 where there was none.
    A shortlisted person stands beyond the first stage. Raise NotOnTheList,
    DecidedAlready, StaleVersion, or what the moves raise.
    """
    screening = Screening.objects.select_for_update(of=("self",)).get(pk=screening_id)
    made = Decision.objects.filter(pk=decision_id).first()
    if made is not None:
        return _same(made, screening, candidate_id, verdict)
    _refuse(screening, candidate_id)
    application, is_made_now = _application(
        screening, candidate_id, seen_version, actor, decided_at
    )
    moved = _moved(application, verdict, reason, actor, decided_at)
    return Decision.objects.create(
        id=decision_id,
        screening=screening,
        candidate_id=candidate_id,
        verdict=verdict,
        reason=reason,
        application=moved,
        made_application=is_made_now,
        left_version=moved.version,
        decided_at=decided_at,
    )


def _same(
    made: Decision, screening: Screening, candidate_id: UUID, verdict: Verdict
) -> Decision:
    sent = (screening.pk, candidate_id, verdict)
    if (made.screening_id, made.candidate_id, made.verdict) != sent:
        raise DecidedAlready(_("This decision was sent before, about somebody else."))
    return made


def _refuse(screening: Screening, candidate_id: UUID) -> None:
    place_on_the_list(screening, candidate_id)
    standing = screening.decisions.standing().about(candidate_id).first()
    if standing is not None:
        raise DecidedAlready(
            _("This person is decided already: %s.") % standing.get_verdict_display()
        )


def _application(
    screening: Screening,
    candidate_id: UUID,
    seen_version: int,
    actor: Actor,
    at: datetime,
) -> tuple[Application, bool]:
    """Return the application as it was seen, made where there was none."""
    held = Application.objects.select_for_update(of=("self",))
    application = held.filter(job=screening.job_id, candidate=candidate_id).first()
    if application is None:
        made = applications.apply(
            job_id=screening.job_id,
            candidate_id=candidate_id,
            actor=actor,
            applied_at=at,
        )
        return made, True
    own_moves = _own_moves_since(screening, candidate_id, seen_version)
    if application.version != seen_version + own_moves:
        raise StaleVersion(
            _("Somebody else moved this person meanwhile; now: %s.")
            % application.standing
        )
    return application, False


def _own_moves_since(
    screening: Screening, candidate_id: UUID, seen_version: int
) -> int:
    """Return how many moves a decision of this screening made and took back since.

    Whoever takes a decision back without a connection decides again by what they saw.
    """
    taken_back = screening.decisions.exclude(undone_at=None).about(candidate_id)
    since = taken_back.filter(made_application=False, left_version__gt=seen_version)
    return 2 * since.count()


def _moved(
    application: Application,
    verdict: Verdict,
    reason: DispositionReason | None,
    actor: Actor,
    at: datetime,
) -> Application:
    if verdict == Verdict.REJECTED:
        if reason is None:
            raise ReasonDoesNotFit(_("A rejection needs a reason."))
        return applications.reject(
            application_id=application.pk, reason=reason, actor=actor, moved_at=at
        )
    return applications.advance(
        application_id=application.pk,
        to_stage=_beyond_the_first(application),
        actor=actor,
        moved_at=at,
    )


def _beyond_the_first(application: Application) -> str:
    """Return the second stage for who stands at the first, else where they stand."""
    first, *others = stages_of(application.job)
    is_first = application.stage == first.code
    return others[0].code if others and is_first else application.stage


@transaction.atomic
def undo_decision(
    *, screening_id: UUID, decision_id: UUID, actor: Actor, undone_at: datetime
) -> Decision:
    """Take a decision back with all it moved; sent again, change nothing more.

    Raise NoSuchDecision, or StaleVersion if somebody moved the person since.
    """
    screening = Screening.objects.select_for_update(of=("self",)).get(pk=screening_id)
    decision = screening.decisions.filter(pk=decision_id).first()
    if decision is None:
        raise NoSuchDecision(_("There is no such decision to take back."))
    if decision.undone_at is None:
        _put_back(decision, actor, undone_at)
        decision.undone_at = undone_at
        decision.save(update_fields=["undone_at"])
    return decision


def _put_back(decision: Decision, actor: Actor, at: datetime) -> None:
    if decision.application_id is None:
        return  # taken out of the pipeline by somebody else
    if decision.made_application:
        take_out(
            application_id=decision.application_id,
            actor=actor,
            taken_out_at=at,
            expected_version=decision.left_version,
        )
        decision.application = None
        return
    applications.undo_last_transition(
        application_id=decision.application_id,
        actor=actor,
        moved_at=at,
        expected_version=decision.left_version,
    )
