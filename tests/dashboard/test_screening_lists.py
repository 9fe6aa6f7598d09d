"""Screening exactly the people of a ranked list, in its order."""

import pytest
from django.test import Client

from recruit.applications.blinding import hide_names
from recruit.applications.choices import Stage
from recruit.applications.veil import veil_of
from recruit.dashboard.forms.screening import SIZES
from recruit.jobs.models import Job
from recruit.reviews.choices import Screened
from recruit.reviews.models import Screening
from tests.factories import ACTOR, NOW, make_candidate, make_job
from tests.matching.indexed import index_everything

JOB = "/jobs/GRD-1/"
SKILLS = (("Pruning", "Roses"), ("Roses", "Grafting"), ("Banking", "Law"))


def make_people(count: int) -> Job:
    job = make_job("Pruning", "Grafting", requisition_code="GRD-1")
    for number in range(count):
        make_candidate(
            *SKILLS[number % 3],
            given_name=f"Ada{number}",
            country="NL" if number % 4 else "BE",
            years_of_experience=number % 9,
        )
    index_everything()
    return job


def listed(client: Client, query: str) -> list[str]:
    """Return the ids on all pages of the list."""
    found: list[str] = []
    address = f"{JOB}?{query}"
    while address:
        page = client.get(address)
        shown = page.context["found"]
        found += [str(match.candidate.pk) for match in shown.matches]
        address = f"{JOB}?{page.context['later']}" if shown.later else ""
    return found


def screened(client: Client, query: str) -> Screening:
    answer = client.post(f"{JOB}screening/list/", {"shown": query})
    screening = Screening.objects.get()
    assert answer["Location"] == f"{JOB}screening/{screening.pk}/"
    return screening


class TestScreeningAList:
    @pytest.mark.parametrize(
        "query",
        [
            "",
            "country=NL&sort=years",
            "skill=Roses&order=hybrid",
            "order=hybrid&sort=location&country=NL&country=BE",
        ],
    )
    def test_takes_everybody_of_all_its_pages_in_their_order(
        self, recruiting: Client, query
    ):
        make_people(70)
        expected = listed(recruiting, query)

        screening = screened(recruiting, query)

        assert [str(one) for one in screening.candidate_ids] == expected
        assert (screening.screened, screening.beyond) == (Screened.LISTED, 0)

    def test_begins_at_the_first_page_and_leads_back_to_the_list(
        self, recruiting: Client
    ):
        make_people(70)
        query = "country=NL&sort=years&criteria=open"
        expected = listed(recruiting, query)
        first = recruiting.get(f"{JOB}?{query}")

        screening = screened(recruiting, first.context["later"])

        assert [str(one) for one in screening.candidate_ids] == expected
        page = recruiting.get(f"{JOB}screening/{screening.pk}/").content.decode()
        assert 'href="/jobs/GRD-1/?country=NL&amp;sort=years' in page
        assert "after=" not in screening.shown
        assert "criteria" not in screening.shown

    def test_is_offered_beside_the_list(self, recruiting: Client):
        make_people(3)

        page = recruiting.get(f"{JOB}?country=NL").content.decode()

        assert "Screen these people" in page
        assert 'name="shown" value="country=NL"' in page

    def test_is_capped_and_says_so(self, recruiting: Client):
        make_people(SIZES[-1] + 5)

        screening = screened(recruiting, "sort=years")

        assert len(screening.candidate_ids) == SIZES[-1]
        assert screening.beyond == 5
        page = recruiting.get(f"{JOB}screening/{screening.pk}/").content.decode()
        assert "5 people who stood behind them are not here" in page

    def test_of_a_job_that_hides_names_takes_the_same_people(self, recruiting: Client):
        job = make_people(12)
        hide_names(
            job_id=job.pk, reveal_stage=Stage.INTERVIEW, actor=ACTOR, changed_at=NOW
        )
        expected = listed(recruiting, "sort=years")

        screening = screened(recruiting, "sort=years")

        veil = veil_of(job)
        assert [str(veil.id_of(one)) for one in screening.candidate_ids] == expected

    def test_says_that_nobody_is_there(self, recruiting: Client):
        make_people(3)

        answer = recruiting.post(
            f"{JOB}screening/list/", {"shown": "country=FR"}, follow=True
        )

        assert "There is nobody to screen" in answer.content.decode()

    @pytest.mark.parametrize("query", ["order=words", "after=7", "x" * 9000])
    def test_refuses_what_is_no_list(self, recruiting: Client, query):
        make_people(1)

        answer = recruiting.post(f"{JOB}screening/list/", {"shown": query})

        assert answer.status_code == 400

    def test_is_for_recruiters(self, managing: Client, hiring_manager):
        make_job(requisition_code="GRD-1", hiring_manager=hiring_manager)

        answer = managing.post(f"{JOB}screening/list/", {"shown": ""})

        assert answer.status_code == 404
