from uuid import uuid4

import pytest

from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application
from recruit.applications.operations import advance
from recruit.common.refusals import StaleVersion
from recruit.events.models import Event
from recruit.reviews.choices import Screened, Verdict
from recruit.reviews.models import Decision, Screening
from recruit.reviews.operations import (
    DecidedAlready,
    NobodyToScreen,
    NoSuchDecision,
    NotOnTheList,
    decide,
    start_screening,
    undo_decision,
)
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
    reason_for,
)

pytestmark = pytest.mark.django_db


def screening_of(*people, job=None) -> Screening:
    return start_screening(
        job_id=(job or make_job()).pk,
        user=make_user(),
        screened=Screened.RANKED,
        candidate_ids=[person.pk for person in people],
        started_at=NOW,
    )


def decided(screening, person, verdict=Verdict.SHORTLISTED, **said) -> Decision:
    said.setdefault("decision_id", uuid4())
    said.setdefault("seen_version", 0)
    if verdict == Verdict.REJECTED:
        said.setdefault("reason", reason_for(Outcome.REJECTED))
    return decide(
        screening_id=screening.pk,
        candidate_id=person.pk,
        verdict=verdict,
        actor=ACTOR,
        decided_at=LATER,
        **said,
    )


def undone(screening, decision_id) -> Decision:
    return undo_decision(
        screening_id=screening.pk,
        decision_id=decision_id,
        actor=ACTOR,
        undone_at=LATER,
    )


class TestStartScreening:
    def test_keeps_people_once_and_in_their_order(self):
        first, second = make_candidate(), make_candidate()

        screening = screening_of(second, first, second)

        assert screening.candidate_ids == [second.pk, first.pk]

    def test_refuses_an_empty_list(self):
        with pytest.raises(NobodyToScreen):
            screening_of()


class TestDecide:
    def test_puts_a_shortlisted_person_beyond_the_first_stage(self):
        person = make_candidate()
        screening = screening_of(person)

        decision = decided(screening, person)

        application = Application.objects.get()
        assert (application.candidate, application.stage) == (person, Stage.SCREENING)
        assert decision.left_version == application.version

    def test_advances_who_stands_at_the_first_stage(self):
        application = make_application()
        screening = screening_of(application.candidate, job=application.job)

        decided(screening, application.candidate, seen_version=application.version)

        application.refresh_from_db()
        assert application.stage == Stage.SCREENING

    def test_rejects_with_its_reason(self):
        person = make_candidate()

        decision = decided(screening_of(person), person, Verdict.REJECTED)

        application = Application.objects.get()
        assert application.outcome == Outcome.REJECTED
        assert application.disposition_reason == decision.reason

    def test_is_made_once_however_often_it_is_sent(self):
        person, sent = make_candidate(), uuid4()
        screening = screening_of(person)

        made = [decided(screening, person, decision_id=sent) for _ in range(3)]

        assert {one.pk for one in made} == {sent}
        assert Application.objects.get().version == 2
        assert Event.objects.filter(kind="stage_changed").count() == 1

    def test_refuses_an_id_that_was_sent_about_somebody_else(self):
        first, second, sent = make_candidate(), make_candidate(), uuid4()
        screening = screening_of(first, second)
        decided(screening, first, decision_id=sent)

        with pytest.raises(DecidedAlready):
            decided(screening, second, decision_id=sent)

    def test_refuses_a_second_decision(self):
        person = make_candidate()
        screening = screening_of(person)
        decided(screening, person)

        with pytest.raises(DecidedAlready):
            decided(screening, person, Verdict.REJECTED)

    def test_refuses_who_is_not_on_the_list(self):
        with pytest.raises(NotOnTheList):
            decided(screening_of(make_candidate()), make_candidate())

    def test_overwrites_nothing_that_somebody_did_meanwhile(self):
        application = make_application()
        screening = screening_of(application.candidate, job=application.job)
        advance(
            application_id=application.pk,
            to_stage=Stage.OFFER,
            actor=ACTOR,
            moved_at=LATER,
        )

        for seen in (0, application.version):
            with pytest.raises(StaleVersion, match="now: Offer"):
                decided(screening, application.candidate, seen_version=seen)

        assert not Decision.objects.exists()


class TestUndoDecision:
    @pytest.mark.parametrize("verdict", Verdict)
    def test_takes_out_who_was_put_in_by_it(self, verdict):
        person = make_candidate()
        screening = screening_of(person)
        decision = decided(screening, person, verdict)

        undone(screening, decision.pk)

        assert not Application.objects.exists()
        assert Event.objects.filter(kind="taken_out").count() == 1

    def test_moves_back_who_stood_in_the_pipeline(self):
        application = make_application()
        screening = screening_of(application.candidate, job=application.job)
        decision = decided(screening, application.candidate, seen_version=1)

        undone(screening, decision.pk)

        application.refresh_from_db()
        assert application.stage == Stage.APPLIED

    def test_lets_the_person_be_decided_anew(self):
        person = make_candidate()
        screening = screening_of(person)
        undone(screening, decided(screening, person).pk)

        decided(screening, person, Verdict.REJECTED)

        assert Application.objects.get().outcome == Outcome.REJECTED

    def test_lets_who_stood_in_the_pipeline_be_decided_by_what_was_seen(self):
        application = make_application()
        screening = screening_of(application.candidate, job=application.job)
        decision = decided(screening, application.candidate, seen_version=1)
        undone(screening, decision.pk)

        decided(screening, application.candidate, Verdict.REJECTED, seen_version=1)

        application.refresh_from_db()
        assert application.outcome == Outcome.REJECTED

    def test_changes_nothing_more_when_sent_again(self):
        person = make_candidate()
        screening = screening_of(person)
        first = decided(screening, person)
        undone(screening, first.pk)
        decided(screening, person)

        undone(screening, first.pk)

        assert Application.objects.get().is_active

    def test_refuses_where_somebody_moved_the_person_since(self):
        person = make_candidate()
        screening = screening_of(person)
        decision = decided(screening, person)
        advance(
            application_id=Application.objects.get().pk,
            to_stage=Stage.OFFER,
            actor=ACTOR,
            moved_at=LATER,
        )

        with pytest.raises(StaleVersion):
            undone(screening, decision.pk)

        assert Application.objects.get().stage == Stage.OFFER

    def test_refuses_what_was_never_decided(self):
        with pytest.raises(NoSuchDecision):
            undone(screening_of(make_candidate()), uuid4())
