"""Pay, start, place and languages of a person who is screened, against the job's."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from recruit.applications.blinding import hide_names
from recruit.applications.choices import Stage
from recruit.candidates.inputs import LanguageInput
from recruit.candidates.models import Candidate
from recruit.dashboard.screened_facts import Fact, facts_of, languages_named
from recruit.jobs.choices import RemotePolicy
from recruit.jobs.models import Job
from recruit.reviews.choices import Screened
from recruit.reviews.operations import start_screening
from tests.factories import ACTOR, NOW, make_candidate, make_job

TODAY = date(2026, 5, 4)
PAID: dict[str, Any] = {
    "salary_min": Decimal(40000),
    "salary_max": Decimal(50000),
    "salary_currency": "EUR",
}

pytestmark = pytest.mark.django_db


def person(**said: Any) -> Candidate:
    made = make_candidate("Pruning", **said)
    return Candidate.objects.with_profile().get(pk=made.pk)


def fact(icon: str, job: Job, candidate: Candidate) -> Fact:
    return next(f for f in facts_of(job, candidate, today=TODAY) if f.icon == icon)


class TestPay:
    @pytest.mark.parametrize(
        ("expected", "currency", "told", "differs"),
        [
            (45000, "EUR", "Expects 45,000 EUR, within 40,000–50,000 EUR", False),
            (50000, "EUR", "Expects 50,000 EUR, within 40,000–50,000 EUR", False),
            (50001, "EUR", "Expects 50,001 EUR, above 40,000–50,000 EUR", True),
            (39000, "EUR", "Expects 39,000 EUR, below 40,000–50,000 EUR", False),
            (45000, "USD", "Expects 45,000 USD; the job pays 40,000–50,000 EUR", True),
            (None, "", "Expected salary not said", False),
        ],
    )
    def test_is_held_against_the_range(self, expected, currency, told, differs):
        asking = person(salary_expectation=expected, salary_currency=currency)

        assert fact("money", make_job(**PAID), asking) == Fact("money", told, differs)

    def test_is_told_alone_where_the_job_says_nothing(self):
        asking = person(salary_expectation=Decimal(45000), salary_currency="EUR")

        assert fact("money", make_job(), asking).text == "Expects 45,000 EUR"


class TestStartAndPlace:
    @pytest.mark.parametrize(
        ("start", "told"),
        [
            (TODAY, "Available now"),
            (date(2026, 7, 1), "Available from 1 Jul 2026"),
            (None, "Availability not said"),
        ],
    )
    def test_say_when_somebody_can_begin(self, start, told):
        assert fact("calendar", make_job(), person(available_from=start)).text == told

    def test_say_where_somebody_is_and_where_the_job_is(self):
        job = make_job(place="Rotterdam", remote_policy=RemotePolicy.REMOTE)
        near, far = person(place="Delft", open_to_remote=True), person(place="Delft")

        assert fact("place", job, near) == Fact(
            "place", "Delft, open to remote; the job: Rotterdam, Remote"
        )
        assert fact("place", job, far).differs


class TestLanguages:
    def test_are_held_against_those_that_the_text_names(self):
        job = make_job(description="You speak Dutch and Deutsch; we polish English.")
        speaking = person(
            languages=[LanguageInput("nl", "c1"), LanguageInput("en", "native")]
        )

        assert languages_named(job) == {"nl", "de", "en"}
        assert fact("people", job, speaking).text == "Dutch (C1), English (Native)"
        assert fact("warning", job, speaking) == Fact(
            "warning", "The job’s text names German, the profile does not", differs=True
        )

    def test_that_are_not_said_are_told_of(self):
        assert fact("people", make_job(), person()).text == "Languages not said"


class TestScreeningPage:
    def test_shows_them_of_somebody_unnamed_as_well(
        self, recruiting: Client, recruiter
    ):
        job = make_job(requisition_code="GRD-1", **PAID)
        asking = person(salary_expectation=Decimal(45000), salary_currency="EUR")
        hide_names(
            job_id=job.pk, reveal_stage=Stage.INTERVIEW, actor=ACTOR, changed_at=NOW
        )
        screening = start_screening(
            job_id=job.pk,
            user=recruiter,
            screened=Screened.RANKED,
            candidate_ids=[asking.pk],
            started_at=NOW,
        )

        page = recruiting.get(f"/jobs/GRD-1/screening/{screening.pk}/")

        assert "Expects 45,000 EUR, within" in page.content.decode()
