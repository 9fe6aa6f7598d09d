"""What came of a screening, and going on with those who are left."""

from uuid import uuid4

import pytest
from django.test import Client

from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.applications.blinding import hide_names
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import DispositionReason
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate
from recruit.jobs.models import Job
from recruit.notes.operations import write_note
from recruit.reviews.choices import Screened, Verdict
from recruit.reviews.models import Screening
from recruit.reviews.operations import decide, start_screening
from tests.dashboard.conftest import count_queries
from tests.factories import ACTOR, LATER, NOW, make_candidate, make_job, make_user


@pytest.fixture
def job(db: None) -> Job:
    return make_job("Pruning", requisition_code="GRD-1")


@pytest.fixture
def people(db: None) -> list[Candidate]:
    return [make_candidate("Pruning", given_name=f"Ada{place}") for place in range(6)]


def begun(user: User, job: Job, people: list[Candidate]) -> Screening:
    return start_screening(
        job_id=job.pk,
        user=user,
        screened=Screened.LISTED,
        candidate_ids=[person.pk for person in people],
        beyond=3,
        shown="sort=years",
        started_at=NOW,
    )


def decided(
    screening: Screening, person: Candidate, reason: DispositionReason | None = None
) -> None:
    decide(
        screening_id=screening.pk,
        decision_id=uuid4(),
        candidate_id=person.pk,
        verdict=Verdict.REJECTED if reason else Verdict.SHORTLISTED,
        reason=reason,
        seen_version=0,
        actor=ACTOR,
        decided_at=LATER,
    )


def address_of(screening: Screening) -> str:
    return f"/jobs/GRD-1/screening/{screening.pk}/"


class TestSummary:
    def test_counts_and_lists_everybody(
        self, recruiting: Client, recruiter, job, people
    ):
        screening = begun(recruiter, job, people)
        rejecting = DispositionReason.objects.offered().for_outcome(Outcome.REJECTED)
        often, seldom = list(rejecting)[:2]
        decided(screening, people[5])
        for person, reason in zip(people, (often, seldom, often), strict=False):
            decided(screening, person, reason)
        for author in (recruiter, make_user()):
            write_note(
                text="Call.",
                actor=Actor.of(author),
                written_at=LATER,
                job_id=job.pk,
                candidate_id=people[4 if author == recruiter else 3].pk,
            )

        page = recruiting.get(f"{address_of(screening)}summary/")

        groups = {
            group.title: [line.place for line in group.people]
            for group in page.context["summary"].groups
        }
        assert groups == {
            "Shortlisted": [6],
            f"Rejected: {often.label}": [1, 3],
            f"Rejected: {seldom.label}": [2],
            "Undecided": [4, 5],
            "With a note of yours": [5],
        }
        shown = page.content.decode()
        assert f"{address_of(screening)}?at=6" in shown
        assert "/jobs/GRD-1/?sort=years" in shown
        assert "3 more not taken" in shown

    def test_names_nobody_whom_the_job_hides(
        self, recruiting: Client, recruiter, job, people
    ):
        screening = begun(recruiter, job, people)
        hide_names(
            job_id=job.pk, reveal_stage=Stage.INTERVIEW, actor=ACTOR, changed_at=NOW
        )
        decided(screening, people[0])

        page = recruiting.get(f"{address_of(screening)}summary/").content.decode()

        assert "Candidate " in page
        assert "Ada" not in page
        assert not any(str(person.pk) in page for person in people)

    def test_says_who_is_no_longer_here(
        self, recruiting: Client, recruiter, job, people
    ):
        screening = begun(recruiter, job, people)
        erase_candidate(candidate_id=people[0].pk, actor=ACTOR, erased_at=LATER)

        page = recruiting.get(f"{address_of(screening)}summary/").content.decode()

        assert "No longer here" in page

    def test_is_ones_own(self, recruiting: Client, job, people):
        address = address_of(begun(make_user(), job, people))

        assert recruiting.get(f"{address}summary/").status_code == 404
        assert recruiting.post(f"{address}undecided/").status_code == 404

    def test_asks_as_often_for_many_people(
        self, recruiting: Client, recruiter, job, people
    ):
        few = begun(recruiter, job, people[:2])
        decided(few, people[0])
        many = begun(recruiter, job, people + [make_candidate() for _ in range(20)])
        for person in people[1:]:
            decided(many, person)

        assert count_queries(recruiting, f"{address_of(few)}summary/") == count_queries(
            recruiting, f"{address_of(many)}summary/"
        )

    def test_comes_after_the_last_person(
        self, recruiting: Client, recruiter, job, people
    ):
        address = address_of(begun(recruiter, job, people))
        sent = {
            "decision": str(uuid4()),
            "candidate": str(people[5].pk),
            "seen_version": "0",
            "at": "6",
            "verdict": "shortlisted",
        }

        answer = recruiting.post(f"{address}decide/", sent)

        assert answer["Location"] == f"{address}summary/"


class TestGoingOn:
    def test_takes_the_undecided_ones_in_their_order(
        self, recruiting: Client, recruiter, job, people
    ):
        screening = begun(recruiter, job, people[::-1])
        decided(screening, people[2])
        erase_candidate(candidate_id=people[4].pk, actor=ACTOR, erased_at=LATER)

        answer = recruiting.post(f"{address_of(screening)}undecided/")

        begun_anew = Screening.objects.exclude(pk=screening.pk).get()
        left = [people[place].pk for place in (5, 3, 1, 0)]
        assert begun_anew.candidate_ids == left
        assert begun_anew.shown == "sort=years"
        assert answer["Location"] == address_of(begun_anew)

    def test_is_refused_where_nobody_is_left(
        self, recruiting: Client, recruiter, job, people
    ):
        screening = begun(recruiter, job, people[:1])
        decided(screening, people[0])
        address = address_of(screening)

        answer = recruiting.post(f"{address}undecided/", follow=True)

        assert answer.redirect_chain[-1][0] == f"{address}summary/"
        assert "There is nobody to screen" in answer.content.decode()
        assert "Go on with" not in answer.content.decode()
