from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from recruit.accounts.models import User
from recruit.applications.bulk import advance_all
from recruit.applications.choices import Outcome, Stage
from recruit.applications.operations import advance
from tests.factories import (
    ACTOR,
    LATER,
    make_application,
    make_candidate,
    make_job,
    reason_for,
)

MOVES = "/jobs/GRD-1/pipeline/moves/"
UNDO = "/jobs/GRD-1/pipeline/undo/"


def said(answer) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def card(application) -> str:
    return f"{application.pk}:{application.version}"


def move_one(application) -> None:
    advance(
        application_id=application.pk, to_stage=Stage.OFFER, actor=ACTOR, moved_at=LATER
    )


def stages(job) -> list[str]:
    return sorted(job.applications.values_list("stage", flat=True))


@pytest.fixture
def job(db):
    return make_job(requisition_code="GRD-1")


@pytest.fixture
def people(job):
    return [make_application(job, make_candidate()) for _number in range(3)]


class TestMoveMarked:
    def test_moves_all_and_offers_to_undo(self, recruiting: Client, job, people):
        answer = recruiting.post(
            MOVES,
            {"do": "move", "to_stage": "interview", "people": list(map(card, people))},
        )
        page = recruiting.get(answer.headers["Location"]).content.decode()

        assert stages(job) == ["interview"] * 3
        assert "3 people moved to “Interview”" in page
        assert UNDO in page

    def test_shows_who_was_moved_meanwhile_and_moves_nobody(
        self, recruiting: Client, job, people
    ):
        move_one(people[0])

        answer = recruiting.post(
            MOVES,
            {"do": "move", "to_stage": "interview", "people": list(map(card, people))},
        )

        page = answer.content.decode()
        assert answer.status_code == 409
        assert people[0].candidate.name in page
        assert "Offer" in page
        assert "tests," in page  # who it was
        assert stages(job) == ["applied", "applied", "offer"]

    def test_goes_on_with_the_others(self, recruiting: Client, job, people):
        move_one(people[0])
        form = {"do": "move", "to_stage": "interview"}
        marked = list(map(card, people))
        refused = recruiting.post(MOVES, {**form, "people": marked})

        others = refused.context["again"]["others"]
        again = [f"{pk}:{version}" for pk, version in others.items()]
        recruiting.post(MOVES, {**form, "people": again})

        assert stages(job) == ["interview", "interview", "offer"]

    def test_says_that_nobody_was_marked(self, recruiting: Client, job):
        answer = recruiting.post(MOVES, {"do": "move", "to_stage": "offer"})

        assert "Nobody was marked" in said(answer)

    def test_goes_back_to_the_list_it_came_from(self, recruiting: Client, job, people):
        answer = recruiting.post(
            MOVES,
            {
                "do": "move",
                "to_stage": "offer",
                "people": [card(people[0])],
                "view": "list",
                "stage": "applied",
            },
        )

        where = "/jobs/GRD-1/pipeline/?stage=applied&view=list"
        assert answer.headers["Location"] == where

    @pytest.mark.parametrize(
        "posted",
        [
            {"do": "move", "to_stage": "moon", "people": [f"{uuid4()}:1"]},
            {"do": "move", "to_stage": "offer", "people": ["x"]},
            {"do": "move", "to_stage": "offer", "people": [f"{uuid4()}:0"]},
            {"do": "move", "to_stage": "offer", "people": [f"{uuid4()}:99999999999"]},
            {"do": "move", "to_stage": "offer", "people": [f"{uuid4()}:1"] * 501},
            {"do": "reject", "people": [f"{uuid4()}:1"]},
            {"do": "dance"},
            {"move": "x"},
            {"move": f"{uuid4()}:1:moon"},
            {"hire": "x"},
        ],
    )
    def test_refuses_nonsense(self, recruiting: Client, job, people, posted):
        assert recruiting.post(MOVES, posted).status_code == 400
        assert stages(job) == ["applied"] * 3

    def test_moves_nobody_of_another_job(self, recruiting: Client, job, people):
        other = make_application()

        recruiting.post(
            MOVES,
            {"do": "move", "to_stage": "offer", "people": [card(other)]},
        )
        one = recruiting.post(MOVES, {"move": f"{card(other)}:offer"})

        other.refresh_from_db()
        assert other.stage == Stage.APPLIED
        assert one.status_code == 404

    def test_does_not_exist_for_a_hiring_manager(
        self, managing: Client, hiring_manager: User
    ):
        make_job(requisition_code="GRD-1", hiring_manager=hiring_manager)

        assert managing.post(MOVES, {"do": "move"}).status_code == 404


class TestRejectMarked:
    def test_rejects_all_with_the_reason(self, recruiting: Client, job, people):
        reason = reason_for(Outcome.REJECTED)

        answer = recruiting.post(
            MOVES,
            {
                "do": "reject",
                "reason": str(reason.pk),
                "people": list(map(card, people)),
            },
        )

        assert "3 people rejected" in said(answer)
        ended = job.applications.filter(disposition_reason=reason)
        assert ended.filter(outcome=Outcome.REJECTED).count() == 3

    def test_rejects_nobody_without_a_reason(self, recruiting: Client, job, people):
        answer = recruiting.post(
            MOVES, {"do": "reject", "reason": "", "people": list(map(card, people))}
        )

        assert answer.status_code == 400
        assert "Reason" in answer.content.decode()
        assert not job.applications.ended().exists()


class TestCard:
    def test_moves_alone_whoever_is_marked(self, recruiting: Client, job, people):
        recruiting.post(
            MOVES,
            {"move": f"{card(people[0])}:screening", "people": [card(people[1])]},
        )

        assert stages(job) == ["applied", "applied", "screening"]

    def test_tells_the_second_of_two_who_was_first(
        self, recruiting: Client, job, people
    ):
        move_one(people[0])

        answer = recruiting.post(MOVES, {"move": f"{card(people[0])}:screening"})
        page = recruiting.get(answer.headers["Location"]).content.decode()

        assert "Somebody else moved this person meanwhile; now: Offer. (tests)" in page
        assert f"shown={people[0].pk}" in answer.headers["Location"]
        assert stages(job) == ["applied", "applied", "offer"]

    def test_is_hired_at_the_offer(self, recruiting: Client, job, people):
        move_one(people[0])
        people[0].refresh_from_db()

        answer = recruiting.post(MOVES, {"hire": card(people[0])})

        people[0].refresh_from_db()
        assert "is hired" in said(answer)
        assert people[0].outcome == Outcome.HIRED


class TestUndoBatch:
    def batch_of(self, job, people):
        return advance_all(
            job_id=job.pk,
            seen={one.pk: one.version for one in people},
            to_stage=Stage.INTERVIEW,
            actor=ACTOR,
            moved_at=LATER,
        )

    def test_puts_everybody_back(self, recruiting: Client, job, people):
        batch = self.batch_of(job, people)

        answer = recruiting.post(UNDO, {"batch": str(batch.batch_id)})

        assert "3 people are back" in said(answer)
        assert stages(job) == ["applied"] * 3

    def test_shows_who_was_moved_on_and_takes_the_others_back(
        self, recruiting: Client, job, people
    ):
        batch = self.batch_of(job, people)
        move_one(people[0])

        refused = recruiting.post(UNDO, {"batch": str(batch.batch_id)})
        recruiting.post(
            UNDO,
            {"batch": str(batch.batch_id), "leave_out": [f"{people[0].pk}:3"]},
        )

        assert refused.status_code == 409
        assert stages(job) == ["applied", "applied", "offer"]

    @pytest.mark.parametrize("batch", ["", "x"])
    def test_refuses_what_is_no_batch(self, recruiting: Client, job, batch: str):
        assert recruiting.post(UNDO, {"batch": batch}).status_code == 400

    def test_says_that_nothing_is_left(self, recruiting: Client, job):
        answer = recruiting.post(UNDO, {"batch": str(uuid4())})

        assert "no move left" in said(answer)


class TestMovesOfOnePerson:
    def test_are_all_on_one_page(self, recruiting: Client, people):
        page = recruiting.get(f"/applications/{people[0].pk}/moves/").content.decode()

        assert all(f"/{move}/" in page for move in ("advance", "reject", "withdraw"))
