"""The page of a job with the people met before."""

import pytest
from django.test import Client

from recruit.applications.models import Application
from tests.factories import make_application, make_candidate, make_job
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db


class TestMetBefore:
    def test_shows_how_far_somebody_came_and_offers_the_pipeline(
        self, recruiting: Client
    ):
        job = make_job("Roses", "Soil", requisition_code="NEW-1")
        person = make_candidate("Roses", "Soil", given_name="Ada")
        make_application(make_job(requisition_code="OLD-1"), person)
        index_everything()

        shown = recruiting.get("/jobs/NEW-1/met-before/").content.decode()
        marked = {"candidates": [person.pk], "target": f"job:{job.pk}"}
        recruiting.post("/talent/add/", marked)

        assert "Ada" in shown
        assert 'href="/jobs/OLD-1/"' in shown
        assert "Applied" in shown
        assert f'<option value="job:{job.pk}" selected>' in shown
        assert Application.objects.filter(job=job, candidate=person).exists()

    def test_says_how_many_show_nothing_of_what_is_asked_for(self, recruiting: Client):
        make_job("Roses", requisition_code="NEW-1")
        other = make_job()
        make_application(other, make_candidate("Bread", "Pastry", given_name="Ben"))
        index_everything()

        first = recruiting.get("/jobs/NEW-1/met-before/").content.decode()
        make_application(other, make_candidate("Roses", "Soil", given_name="Ada"))
        index_everything()
        second = recruiting.get("/jobs/NEW-1/met-before/").content.decode()

        assert "Nobody who fits" in first
        assert "Of the 1 nearest, 1 is left out" in first
        assert "Of the 2 nearest, 1 is left out" in second
        assert "Ada" in second
        assert "Ben" not in first + second

    def test_comes_later_for_a_new_job(self, recruiting: Client):
        make_job("Roses", requisition_code="NEW-1")

        shown = recruiting.get("/jobs/NEW-1/met-before/").content.decode()

        assert "has not been read yet" in shown
        assert 'hx-trigger="load delay:2s"' in shown

    def test_guesses_nothing_for_a_job_that_says_nothing(self, recruiting: Client):
        make_job(requisition_code="NEW-1")

        shown = recruiting.get("/jobs/NEW-1/met-before/").content.decode()

        assert "Too little to compare" in shown

    def test_takes_only_its_own_limits(self, recruiting: Client):
        make_job("Roses", requisition_code="NEW-1")

        assert recruiting.get("/jobs/NEW-1/met-before/?limit=7").status_code == 400
