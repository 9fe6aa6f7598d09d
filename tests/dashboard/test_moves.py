import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recruit.accounts.models import User
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application, DispositionReason
from recruit.applications.operations import advance, undo_last_transition
from recruit.candidates.operations import erase_candidate
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.jobs.choices import JobStatus
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
)


def said(answer) -> str:
    """Return what the next page will say."""
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def reason_of(outcome: Outcome) -> DispositionReason:
    return DispositionReason.objects.filter(outcome=outcome).earliest("position")


class TestAddToPipeline:
    def test_adds_the_person_of_a_button_alone(self, recruiting: Client):
        job = make_job(requisition_code="GRD-1")
        pressed, marked = make_candidate(), make_candidate()

        answer = recruiting.post(
            "/jobs/GRD-1/applications/",
            {"candidate": str(pressed.pk), "candidates": [str(marked.pk)]},
        )

        assert answer.headers["Location"] == "/jobs/GRD-1/"
        assert [who.candidate for who in job.applications.all()] == [pressed]

    @pytest.mark.parametrize(
        ("order", "address"),
        [
            ("order=hybrid&after=a", "/jobs/GRD-1/?order=hybrid&after=a"),
            ("//evil.example", "/jobs/GRD-1/?%2F%2Fevil.example="),
        ],
    )
    def test_goes_back_to_the_list_in_its_order(
        self, recruiting: Client, order: str, address: str
    ):
        make_job(requisition_code="GRD-1", status="open")
        person = str(make_candidate().pk)

        answer = recruiting.post(
            "/jobs/GRD-1/applications/",
            {"candidate": person, "shown": order},
        )

        assert answer.headers["Location"] == address

    def test_adds_all_marked_people_and_keeps_the_gates(self, recruiting: Client):
        job = make_job(requisition_code="GRD-1")
        people = [str(make_candidate().pk) for _number in range(3)]

        answer = recruiting.post(
            "/jobs/GRD-1/applications/", {"candidates": people, "shown": "country=NL"}
        )

        assert answer.headers["Location"] == "/jobs/GRD-1/?country=NL"
        assert job.applications.count() == 3

    def test_adds_nobody_twice(self, recruiting: Client):
        job = make_job(requisition_code="GRD-1")
        person = {"candidate": str(make_candidate().pk)}
        recruiting.post("/jobs/GRD-1/applications/", person)

        again = recruiting.post("/jobs/GRD-1/applications/", person)

        assert again.status_code == 302
        assert "already" in said(again)
        assert job.applications.count() == 1

    def test_adds_many_by_one_operation_and_tells_of_each_who_was_refused(
        self, recruiting: Client
    ):
        job = make_job(requisition_code="GRD-1")
        known, gone = make_application(job).candidate, make_candidate()
        people = [make_candidate() for _number in range(50)]
        erase_candidate(candidate_id=gone.pk, actor=ACTOR, erased_at=NOW)
        marked = [str(one.pk) for one in (known, gone, *people)]

        answer = recruiting.post("/jobs/GRD-1/applications/", {"candidates": marked})

        told = said(answer)
        assert "Added to the pipeline: 50 people." in told
        assert f"Not added: {known.name} (in the pipeline already: Applied)." in told
        assert "Not added: 1 person who is no longer here." in told
        newest = Event.objects.filter(kind=Happened.APPLIED).newest_first()[0]
        assert set(newest.candidate_ids) == {one.pk for one in people}

    def test_asks_as_often_for_many_marked_people(self, recruiting: Client):
        make_job(requisition_code="GRD-1")

        def queries(count: int) -> int:
            marked = [str(make_candidate().pk) for _number in range(count)]
            with CaptureQueriesContext(connection) as asked:
                recruiting.post("/jobs/GRD-1/applications/", {"candidates": marked})
            return len(asked)

        queries(1)

        assert queries(2) == queries(50)

    def test_adds_nobody_to_a_closed_job(self, recruiting: Client):
        make_job(requisition_code="GRD-1", status=JobStatus.CLOSED)

        answer = recruiting.post(
            "/jobs/GRD-1/applications/", {"candidate": str(make_candidate().pk)}
        )

        assert "closed" in said(answer)
        assert not Application.objects.exists()

    @pytest.mark.parametrize(
        "posted", [{"candidate": "x"}, {"candidates": ["1; drop"]}]
    )
    def test_refuses_what_is_no_id(self, recruiting: Client, posted):
        make_job(requisition_code="GRD-1")

        assert recruiting.post("/jobs/GRD-1/applications/", posted).status_code == 400

    def test_says_that_nobody_was_marked(self, recruiting: Client):
        make_job(requisition_code="GRD-1")

        assert "Nobody" in said(recruiting.post("/jobs/GRD-1/applications/"))


class TestAdvance:
    def test_moves_and_offers_to_undo(self, recruiting: Client):
        application = make_application()

        answer = recruiting.post(
            f"/applications/{application.pk}/advance/",
            {"to_stage": "interview", "expected_version": "1"},
        )
        page = recruiting.get(answer.headers["Location"]).content.decode()

        application.refresh_from_db()
        assert application.stage == Stage.INTERVIEW
        assert f"/applications/{application.pk}/undo/" in page

    def test_tells_the_second_of_two_and_moves_nothing(self, recruiting: Client):
        application = make_application()
        advance(
            application_id=application.pk,
            to_stage=Stage.OFFER,
            actor=ACTOR,
            moved_at=LATER,
        )

        answer = recruiting.post(
            f"/applications/{application.pk}/advance/",
            {"to_stage": "screening", "expected_version": "1"},
        )

        application.refresh_from_db()
        assert application.stage == Stage.OFFER
        assert "Somebody else moved" in said(answer)

    def test_moves_once_for_a_form_sent_twice(self, recruiting: Client):
        application = make_application()
        form = {"to_stage": "screening", "expected_version": "1"}
        address = f"/applications/{application.pk}/advance/"

        recruiting.post(address, form)
        recruiting.post(address, form)

        assert application.transitions.count() == 1

    @pytest.mark.parametrize(
        "posted",
        [
            {},
            {"to_stage": "moon", "expected_version": "1"},
            {"to_stage": "offer", "expected_version": "abc"},
            {"to_stage": "offer", "expected_version": "99999999999999"},
        ],
    )
    def test_refuses_a_form_of_nonsense(self, recruiting: Client, posted):
        application = make_application()

        answer = recruiting.post(f"/applications/{application.pk}/advance/", posted)

        assert answer.status_code == 400

    def test_does_not_exist_for_a_hiring_manager(
        self, managing: Client, hiring_manager: User
    ):
        application = make_application(make_job(hiring_manager=hiring_manager))

        answer = managing.post(
            f"/applications/{application.pk}/advance/",
            {"to_stage": "offer", "expected_version": "1"},
        )

        assert answer.status_code == 404

    def test_does_not_exist_by_get_or_on_a_hidden_job(self, recruiting: Client):
        application = make_application(make_job(confidential=True))
        address = f"/applications/{application.pk}/advance/"

        assert recruiting.get(address).status_code == 405
        assert recruiting.post(address).status_code == 404


class TestEndings:
    def test_rejects_with_a_reason(self, recruiting: Client):
        application = make_application()
        reason = reason_of(Outcome.REJECTED)

        recruiting.post(
            f"/applications/{application.pk}/reject/",
            {"reason": str(reason.pk), "expected_version": "1"},
        )

        application.refresh_from_db()
        assert application.outcome == Outcome.REJECTED
        assert application.disposition_reason == reason

    def test_withdraws_with_a_reason_of_its_own(self, recruiting: Client):
        application = make_application()
        address = f"/applications/{application.pk}/withdraw/"
        version = {"expected_version": "1"}

        wrong = {"reason": str(reason_of(Outcome.REJECTED).pk), **version}
        right = {"reason": str(reason_of(Outcome.WITHDRAWN).pk), **version}

        assert recruiting.post(address, wrong).status_code == 400
        assert recruiting.post(address, right).status_code == 302
        application.refresh_from_db()
        assert application.outcome == Outcome.WITHDRAWN

    def test_hires_at_the_offer_only(self, recruiting: Client):
        application = make_application()
        address = f"/applications/{application.pk}/hire/"

        early = recruiting.post(address, {"expected_version": "1"})
        advance(
            application_id=application.pk,
            to_stage=Stage.OFFER,
            actor=ACTOR,
            moved_at=LATER,
        )
        recruiting.post(address, {"expected_version": "2"})

        application.refresh_from_db()
        assert "offer" in said(early)
        assert application.outcome == Outcome.HIRED


class TestUndo:
    def test_takes_the_last_move_back(self, recruiting: Client):
        application = make_application()
        advance(
            application_id=application.pk,
            to_stage=Stage.OFFER,
            actor=ACTOR,
            moved_at=LATER,
        )

        recruiting.post(
            f"/applications/{application.pk}/undo/", {"expected_version": "2"}
        )

        application.refresh_from_db()
        assert application.stage == Stage.APPLIED

    def test_takes_it_back_once(self, recruiting: Client):
        application = make_application()
        advance(
            application_id=application.pk,
            to_stage=Stage.OFFER,
            actor=ACTOR,
            moved_at=LATER,
        )
        undo_last_transition(application_id=application.pk, actor=ACTOR, moved_at=LATER)

        answer = recruiting.post(
            f"/applications/{application.pk}/undo/", {"expected_version": "3"}
        )

        assert "Only the latest move can be taken back, once" in said(answer)
