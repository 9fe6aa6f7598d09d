from uuid import uuid4

import pytest
from django.test import Client

from recruit.accounts.models import User
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application
from recruit.applications.operations import advance
from recruit.candidates.inputs import DocumentInput, ExperienceInput
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate
from recruit.jobs.models import Job
from recruit.reviews.choices import Screened
from recruit.reviews.models import Decision, Screening
from recruit.reviews.operations import start_screening
from tests.dashboard.conftest import count_queries
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
from tests.matching.indexed import index_everything

PAGE = "/jobs/GRD-1/screening/"


def make_people(count: int = 3) -> list[Candidate]:
    return [
        make_candidate("Pruning", "Roses", given_name=f"Ada{number}")
        for number in range(count)
    ]


@pytest.fixture
def people(db: None) -> list[Candidate]:
    make_job("Pruning", "Grafting", requisition_code="GRD-1")
    return make_people()


def started(user: User, people: list[Candidate]) -> str:
    screening = start_screening(
        job_id=the_job().pk,
        user=user,
        screened=Screened.RANKED,
        candidate_ids=[person.pk for person in people],
        started_at=NOW,
    )
    return f"{PAGE}{screening.pk}/"


def the_job() -> Job:
    return Job.objects.get(requisition_code="GRD-1")


def decision(person: Candidate, **said: str) -> dict[str, str]:
    sent = {
        "decision": str(uuid4()),
        "candidate": str(person.pk),
        "seen_version": "0",
        "at": "1",
        "verdict": "shortlisted",
    }
    return sent | said


class TestStarting:
    def test_keeps_the_ranked_people_in_their_order(self, recruiting: Client, people):
        index_everything()

        answer = recruiting.post(PAGE, {"screened": "ranked", "size": "25"})

        screening = Screening.objects.get()
        assert answer.headers["Location"] == f"{PAGE}{screening.pk}/"
        assert set(screening.candidate_ids) == {person.pk for person in people}

    def test_takes_who_waits_at_the_first_stage(self, recruiting: Client, people):
        waiting = [make_application(the_job(), person) for person in people]
        advance(
            application_id=waiting[0].pk,
            to_stage=Stage.OFFER,
            actor=ACTOR,
            moved_at=LATER,
        )

        recruiting.post(PAGE, {"screened": "applied", "size": "25"})

        assert Screening.objects.get().candidate_ids == [
            person.pk for person in people[1:]
        ]

    def test_says_that_nobody_is_there(self, recruiting: Client, people):
        answer = recruiting.post(
            PAGE, {"screened": "applied", "size": "25"}, follow=True
        )

        assert "There is nobody to screen" in answer.content.decode()

    @pytest.mark.parametrize("said", [{"screened": "x"}, {"size": "7"}, {"order": "x"}])
    def test_refuses_what_is_not_offered(self, recruiting: Client, people, said):
        posted = {"screened": "applied", "size": "25"} | said

        assert recruiting.post(PAGE, posted).status_code == 400

    def test_offers_to_go_on(self, recruiting: Client, recruiter, people):
        address = started(recruiter, people)

        shown = recruiting.get(PAGE).content.decode()

        assert address in shown
        assert "0 of 3 decided" in shown


class TestScreeningPage:
    def test_marks_the_sentence_that_evidence_rests_on(
        self, recruiting: Client, recruiter, people
    ):
        work = ExperienceInput(title="Gardener", description="Dug.\nDid grafting well.")
        person = make_candidate("Pruning", "Roses", "Soil", experience=[work])

        shown = recruiting.get(started(recruiter, [person])).content.decode()

        assert 'Dug.\n<mark id="why-2"' in shown
        assert "Did grafting well.</mark>" in shown
        assert 'href="#why-2"' in shown

    def test_begins_with_the_first_who_is_not_decided(
        self, recruiting: Client, recruiter, people
    ):
        address = started(recruiter, people)
        recruiting.post(f"{address}decide/", decision(people[0]))

        page = recruiting.get(address)

        assert page.context["place"] == 2

    @pytest.mark.parametrize("at", ["0", "4", "x", "-1", "٢", "99999999999"])
    def test_refuses_a_place_that_is_none(
        self, recruiting: Client, recruiter, people, at
    ):
        assert (
            recruiting.get(f"{started(recruiter, people)}?at={at}").status_code == 400
        )

    def test_keeps_the_places_of_others_when_somebody_is_erased(
        self, recruiting: Client, recruiter, people
    ):
        address = started(recruiter, people)
        erase_candidate(candidate_id=people[0].pk, actor=ACTOR, erased_at=LATER)

        assert "no longer here" in recruiting.get(f"{address}?at=1").content.decode()
        assert "Ada1" in recruiting.get(f"{address}?at=2").content.decode()

    def test_is_its_owner_s_alone(self, recruiting: Client, people):
        address = started(make_user(), people)

        assert recruiting.get(address).status_code == 404
        sent = decision(people[0])
        assert recruiting.post(f"{address}decide/", sent).status_code == 404

    def test_asks_as_often_for_a_long_list(self, recruiting: Client, recruiter, people):
        short, long = started(recruiter, people), started(recruiter, make_people(30))

        assert count_queries(recruiting, short) == count_queries(recruiting, long)

    def test_stays_small_with_long_documents(
        self, recruiting: Client, recruiter, people
    ):
        texts = [DocumentInput(title="CV", text="剪枝 " * 60_000) for _ in range(3)]
        person = make_candidate("Pruning", "Roses", documents=texts)

        page = recruiting.get(started(recruiter, [person]))

        assert len(page.content) < 300_000


class TestDeciding:
    def test_leads_to_the_next_person(self, recruiting: Client, recruiter, people):
        address = started(recruiter, people)

        answer = recruiting.post(f"{address}decide/", decision(people[0]))

        assert answer.headers["Location"] == f"{address}?at=2"
        assert Application.objects.get().stage == Stage.SCREENING

    def test_rejects_with_a_reason(self, recruiting: Client, recruiter, people):
        reason = reason_for(Outcome.REJECTED)
        sent = decision(people[0], verdict="", reason=str(reason.pk))

        recruiting.post(f"{started(recruiter, people)}decide/", sent)

        assert Application.objects.get().disposition_reason == reason

    def test_answers_a_script_and_makes_what_is_sent_twice_once(
        self, recruiting: Client, recruiter, people
    ):
        address, sent = started(recruiter, people), decision(people[0])

        answers = [
            recruiting.post(
                f"{address}decide/", sent, headers={"Accept": "application/json"}
            )
            for _ in range(2)
        ]

        assert [answer.json()["done"] for answer in answers] == ["Shortlisted"] * 2
        assert Decision.objects.count() == 1

    def test_tells_a_script_of_a_conflict(self, recruiting: Client, recruiter, people):
        address = started(recruiter, people)
        make_application(the_job(), people[0])

        answer = recruiting.post(
            f"{address}decide/",
            decision(people[0]),
            headers={"Accept": "application/json"},
        )

        assert answer.status_code == 409
        assert "now: Applied" in answer.json()["refused"]

    @pytest.mark.parametrize(
        "said",
        [
            {"decision": "x"},
            {"candidate": "x"},
            {"seen_version": "-1"},
            {"verdict": "maybe"},
            {"verdict": ""},
            {"reason": "x"},
        ],
    )
    def test_refuses_what_makes_no_sense(
        self, recruiting: Client, recruiter, people, said
    ):
        address = f"{started(recruiter, people)}decide/"
        sent = decision(people[0]) | said

        script = recruiting.post(address, sent, headers={"Accept": "application/json"})

        assert script.status_code == recruiting.post(address, sent).status_code == 400
        assert script.json()["refused"]
        assert not Application.objects.exists()

    def test_is_taken_back(self, recruiting: Client, recruiter, people):
        address, sent = started(recruiter, people), decision(people[0])
        recruiting.post(f"{address}decide/", sent)

        answer = recruiting.post(f"{address}undo/", {"decision": sent["decision"]})

        assert answer.headers["Location"] == f"{address}?at=1"
        assert not Application.objects.exists()


class TestState:
    def test_is_told_with_each_answer(self, recruiting: Client, recruiter, people):
        address = started(recruiter, people)
        first, second = decision(people[0]), decision(people[2])
        script = {"Accept": "application/json"}

        def told(path: str, sent: dict[str, str]) -> object:
            answer = recruiting.post(f"{address}{path}/", sent, headers=script)
            return answer.json()["state"]["decided"]

        one = [first["decision"], 1, "shortlisted"]
        two = [second["decision"], 3, "shortlisted"]
        assert told("decide", first) == [one]
        assert told("decide", second) == [one, two]
        assert told("decide", decision(people[0])) == [one, two]
        assert told("undo", {"decision": first["decision"]}) == [two]

    def test_stands_on_the_page_without_ids_of_people(
        self, recruiting: Client, recruiter, people
    ):
        address, sent = started(recruiter, people), decision(people[0])
        recruiting.post(f"{address}decide/", sent)

        page = recruiting.get(f"{address}?at=3").content.decode()

        assert sent["decision"] in page
        assert str(people[0].pk) not in page
        assert '<span data-number="left">2</span> left' in page
