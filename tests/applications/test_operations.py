import pytest
from django.db import IntegrityError, transaction

from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application, StageTransition
from recruit.applications.moving import (
    ApplicationExists,
    ApplicationNotActive,
    CandidateErased,
    JobClosed,
    NotAtOffer,
    ReasonDoesNotFit,
)
from recruit.applications.operations import (
    NothingToUndo,
    advance,
    apply,
    hire,
    reject,
    undo_last_transition,
    withdraw,
)
from recruit.candidates.operations import erase_candidate
from recruit.common.refusals import StaleVersion
from recruit.events.models import Event
from recruit.jobs.choices import JobStatus
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    reason_for,
)

pytestmark = pytest.mark.django_db


def move(operation, application, **said):
    return operation(application_id=application.pk, actor=ACTOR, moved_at=LATER, **said)


def rejected(application):
    return move(reject, application, reason=reason_for(Outcome.REJECTED))


class TestApply:
    def test_begins_at_applied(self):
        application = make_application()

        assert (application.stage, application.outcome) == ("applied", "active")
        assert application.applied_at == NOW

    def test_refuses_the_second_of_the_same(self):
        job, candidate = make_job(), make_candidate()
        make_application(job, candidate)

        with pytest.raises(ApplicationExists):
            make_application(job, candidate)

        assert Application.objects.count() == 1

    def test_refuses_the_second_of_an_external_id(self):
        person = make_candidate()

        def apply_for(job):
            return apply(
                job_id=job.pk,
                candidate_id=person.pk,
                source="ats",
                external_id="7",
                actor=ACTOR,
                applied_at=NOW,
            )

        apply_for(make_job())

        with pytest.raises(ApplicationExists):
            apply_for(make_job())

    def test_refuses_a_closed_job(self):
        with pytest.raises(JobClosed):
            make_application(make_job(status=JobStatus.CLOSED))

    def test_refuses_an_erased_person(self):
        candidate = make_candidate()
        erase_candidate(candidate_id=candidate.pk, actor=ACTOR, erased_at=NOW)

        with pytest.raises(CandidateErased):
            make_application(candidate=candidate)


class TestAdvance:
    def test_writes_a_transition_with_who_and_when(self):
        application = make_application()

        moved = move(advance, application, to_stage=Stage.INTERVIEW)

        transition = StageTransition.objects.get()
        assert moved.stage == Stage.INTERVIEW
        assert (transition.from_stage, transition.to_stage) == ("applied", "interview")
        assert (transition.actor_name, transition.moved_at) == (ACTOR.name, LATER)
        assert Event.objects.filter(application_id=application.pk).count() == 2

    def test_moves_nothing_to_the_stage_where_it_stands(self):
        same = move(advance, make_application(), to_stage=Stage.APPLIED)

        assert same.version == 1
        assert not StageTransition.objects.exists()

    @pytest.mark.parametrize(
        ("ending", "outcome"),
        [(reject, Outcome.REJECTED), (withdraw, Outcome.WITHDRAWN)],
    )
    def test_refuses_an_offer_to_who_is_out(self, ending, outcome):
        application = make_application()
        move(ending, application, reason=reason_for(outcome))

        with pytest.raises(ApplicationNotActive, match=str(outcome.label)):
            move(advance, application, to_stage=Stage.OFFER)

    def test_tells_the_second_of_two_movers(self):
        application = make_application()
        move(advance, application, to_stage=Stage.SCREENING, expected_version=1)

        with pytest.raises(StaleVersion, match="Screening"):
            move(advance, application, to_stage=Stage.OFFER, expected_version=1)


class TestReject:
    def test_ends_with_a_reason(self):
        ended = rejected(make_application())

        assert (ended.outcome, ended.ended_at) == (Outcome.REJECTED, LATER)
        assert ended.disposition_reason == reason_for(Outcome.REJECTED)

    def test_refuses_a_reason_for_another_outcome(self):
        with pytest.raises(ReasonDoesNotFit):
            move(reject, make_application(), reason=reason_for(Outcome.WITHDRAWN))

    def test_refuses_a_reason_that_is_no_longer_given(self):
        reason = reason_for(Outcome.REJECTED)
        reason.is_active = False

        with pytest.raises(ReasonDoesNotFit):
            move(reject, make_application(), reason=reason)

    def test_refuses_who_has_ended_already(self):
        application = make_application()
        rejected(application)

        with pytest.raises(ApplicationNotActive):
            rejected(application)


class TestHire:
    def test_takes_who_stands_at_the_offer(self):
        application = make_application()
        move(advance, application, to_stage=Stage.OFFER)

        assert move(hire, application).outcome == Outcome.HIRED

    def test_refuses_everybody_else(self):
        with pytest.raises(NotAtOffer):
            move(hire, make_application())


class TestUndoLastTransition:
    def test_brings_a_rejected_person_back_where_they_were(self):
        application = make_application()
        rejected(application)

        back = move(undo_last_transition, application)

        assert (back.stage, back.outcome) == (Stage.APPLIED, Outcome.ACTIVE)
        assert (back.disposition_reason, back.ended_at) == (None, None)
        assert back.stage_changed_at == NOW
        assert back.transitions.count() == 2

    def test_is_not_undone_itself(self):
        application = make_application()
        rejected(application)
        move(undo_last_transition, application)

        with pytest.raises(NothingToUndo, match=r"Only the latest move .* once"):
            move(undo_last_transition, application)

    def test_leaves_an_earlier_move_where_it_is(self):
        application = make_application()
        move(advance, application, to_stage=Stage.SCREENING)
        move(advance, application, to_stage=Stage.INTERVIEW)
        move(undo_last_transition, application)

        with pytest.raises(NothingToUndo, match="Only the latest move"):
            move(undo_last_transition, application)

        application.refresh_from_db()
        assert application.stage == Stage.SCREENING

    def test_does_not_undo_the_application_itself(self):
        with pytest.raises(NothingToUndo, match="no move to take back"):
            move(undo_last_transition, make_application())


class TestApplicationConstraints:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"outcome": Outcome.REJECTED, "ended_at": NOW},
            {"outcome": Outcome.HIRED},
            {"ended_at": NOW},
            {"stage": "limbo"},
            {"outcome": "limbo"},
        ],
    )
    def test_hold_against_writes_around_the_operations(self, wrong):
        application = make_application()

        with pytest.raises(IntegrityError), transaction.atomic():
            Application.objects.filter(pk=application.pk).update(**wrong)


class TestRejected:
    def test_are_neither_offered_nor_hired(self):
        application = make_application()
        rejected(application)

        with pytest.raises(ApplicationNotActive):
            move(advance, application, to_stage=Stage.OFFER)
        with pytest.raises(ApplicationNotActive):
            move(hire, application)

    def test_are_not_hired_even_at_the_offer(self):
        application = make_application()
        move(advance, application, to_stage=Stage.OFFER)
        rejected(application)

        with pytest.raises(ApplicationNotActive):
            move(hire, application)

    @pytest.mark.parametrize(
        "changed",
        [
            {"stage": "offer"},
            {"outcome": "hired", "disposition_reason": None},
            {"outcome": "active", "stage": "offer", "disposition_reason": None},
            {"outcome": "withdrawn"},
        ],
    )
    def test_are_kept_by_the_database(self, changed):
        application = make_application()
        rejected(application)
        rows = Application.objects.filter(pk=application.pk)

        with (
            pytest.raises(IntegrityError, match="moved nowhere but back"),
            transaction.atomic(),
        ):
            rows.update(**changed)

    def test_go_on_after_the_rejection_was_taken_back(self):
        application = make_application()
        rejected(application)
        move(undo_last_transition, application)

        moved = move(advance, application, to_stage=Stage.OFFER)

        assert moved.stage == Stage.OFFER
