from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recruit.accounts.models import User
from recruit.jobs.models import Job
from recruit.skills.models import Skill
from recruit.skills.operations import resolve_skills
from tests.dashboard.conftest import count_queries
from tests.factories import ACTOR, NOW, make_job
from tests.jobs.reading.texts import BACKEND, SKILLS
from tests.matching.indexed import index_everything

LARGEST_PAGE = 300_000


@pytest.fixture(autouse=True)
def _vocabulary(db: None) -> None:
    resolve_skills(SKILLS, actor=ACTOR, happened_at=NOW)


def pasted(client: Client, text: str, address: str = "/jobs/new/text/") -> Any:
    return client.post(address, {"text": text})


def form_of(answer: Any) -> dict[str, str]:
    """Return what a browser would send of the form that a page shows."""
    form, rows = answer.context["form"], answer.context["rows"]
    sent = {
        bound.html_name: value
        for one in [form, rows.management_form, *rows.forms]
        for bound in one
        if (value := bound.value()) not in (None, "", False)
    }
    return {**sent, "recruiters": [str(one) for one in sent["recruiters"]]}


class TestPastePage:
    def test_proposes_what_the_text_says_into_the_ordinary_form(
        self, recruiting: Client
    ):
        answer = pasted(recruiting, BACKEND)

        form = answer.context["form"]
        said = {name: form[name].value() for name in form.fields}
        assert said["title"] == "Senior Backend Engineer (Python)"
        assert (said["place"], said["country"]) == ("Berlin", "DE")
        assert said["remote_policy"] == "hybrid"
        assert (said["salary_min"], said["salary_max"]) == ("70000", "90000")
        assert said["salary_currency"] == "EUR"
        assert said["description"] == BACKEND.strip()
        rows = [row.initial for row in answer.context["rows"] if row.initial]
        assert {row["skill"]: row["importance"] for row in rows} == {
            "Python": "required",
            "SQL": "required",
            "PostgreSQL": "required",
            "Django": "preferred",
            "Docker": "preferred",
            "Kubernetes": "preferred",
        }

    def test_stores_nothing(self, recruiting: Client):
        pasted(recruiting, BACKEND)

        assert not Job.objects.exists()

    def test_shows_where_each_proposal_stands(self, recruiting: Client):
        page = pasted(recruiting, BACKEND).content.decode()

        assert "<q>Location: <mark>Berlin</mark>, Germany (hybrid)</q>" in page
        assert "<q>5+ years of experience with <mark>Python</mark></q>" in page
        assert "under “Requirements”" in page

    def test_counts_once_the_form_is_sent(self, recruiting: Client, recruiter: User):
        sent = form_of(pasted(recruiting, BACKEND))
        sent["requisition_code"] = "ENG-1"

        recruiting.post("/jobs/new/", {**sent, "from_text": "yes", "open": "yes"})

        job = Job.objects.get()
        assert job.title == "Senior Backend Engineer (Python)"
        assert list(job.recruiters.all()) == [recruiter]
        python = job.requirements.get(skill__name="Python")
        assert python.importance == "required"
        assert python.minimum_years == 5
        assert job.requirements.count() == 6

    def test_says_what_was_not_found(self, recruiting: Client):
        answer = pasted(recruiting, "You know SQL.")

        assert answer.context["form"]["title"].value() is None
        assert "Title, Place, Remote policy" in answer.content.decode()

    def test_leaves_the_choice_among_several_places(self, recruiting: Client):
        answer = pasted(recruiting, "Cook\nBerlin, Hamburg")

        assert not answer.context["form"]["place"].value()
        assert "The text names: Berlin, Hamburg" in answer.content.decode()

    def test_shows_a_pasted_page_as_text(self, recruiting: Client):
        text = "<p>Cook</p><script>alert(1)</script><p>&lt;b&gt;Soup&lt;/b&gt;</p>"
        page = pasted(recruiting, text).content.decode()

        assert "alert(1)" not in page
        assert "<b>Soup" not in page
        assert "&lt;b&gt;Soup&lt;/b&gt;" in page

    @pytest.mark.parametrize("text", ["", "  \n", "<p></p>", "\u200b"])
    def test_asks_for_a_text_where_there_is_none(self, recruiting: Client, text: str):
        answer = pasted(recruiting, text)

        assert answer.status_code == 422
        assert answer.context["form"].errors

    def test_stays_small_with_a_long_text(self, recruiting: Client):
        text = f"{BACKEND}\n{'Python and Docker are used. ' * 3600}"

        answer = pasted(recruiting, text)

        assert answer.status_code == 200
        assert len(text) > 100_000
        assert len(answer.content) < LARGEST_PAGE

    def test_asks_equally_often_for_a_short_and_a_long_text(self, recruiting: Client):
        def queries(text: str) -> int:
            with CaptureQueriesContext(connection) as asked:
                pasted(recruiting, text)
            return len(asked)

        count_queries(recruiting, "/jobs/new/text/")

        assert queries("You know Python.") == queries(BACKEND * 3)

    def test_proposes_near_skills_that_count_once_they_are_added(
        self, recruiting: Client
    ):
        resolve_skills(["Python programming"], actor=ACTOR, happened_at=NOW)
        Skill.objects.update(confirmed=True)
        make_job("Python")
        index_everything()

        answer = pasted(recruiting, "Engineer\nYou know Python. You love snakes.")
        near = [one.skill.name for one in answer.context["text_help"].near]
        taken = recruiting.post(
            "/jobs/new/",
            {**form_of(answer), "from_text": "yes", "text-take": "Python programming"},
        )

        assert "Python programming" in near
        rows = {row["skill"].value() for row in taken.context["rows"]}
        assert {"Python", "Python programming"} <= rows


class TestJobForm:
    def sent(self, **more: str) -> dict[str, Any]:
        return {
            "title": "",
            "openings": "1",
            "remote_policy": "on_site",
            "employment_type": "full_time",
            "description": BACKEND,
            "requirements-TOTAL_FORMS": "1",
            "requirements-INITIAL_FORMS": "0",
            "requirements-0-skill": "python",
            "requirements-0-importance": "preferred",
            "text-read": "yes",
            **more,
        }

    def test_offers_to_paste_a_text(self, recruiting: Client):
        page = recruiting.get("/jobs/new/").content.decode()

        assert 'href="/jobs/new/text/"' in page
        assert 'name="text-read"' in page

    def test_proposes_from_a_description_that_was_typed(self, recruiting: Client):
        answer = recruiting.post("/jobs/new/", self.sent())

        assert answer.context["form"]["place"].value() == "Berlin"
        assert answer.context["form"]["remote_policy"].value() == "hybrid"

    def test_keeps_what_a_person_has_said(self, recruiting: Client):
        typed = {"title": "My own title", "place": "Gent", "salary_min": "1"}

        answer = recruiting.post("/jobs/new/", self.sent(**typed))

        form = answer.context["form"]
        assert form["title"].value() == "My own title"
        assert form["place"].value() == "Gent"
        assert form["salary_min"].value() == "1"
        assert not form["country"].value()
        assert not form["salary_max"].value()
        first = answer.context["rows"][0]
        assert first["skill"].value() == "python"
        assert first["importance"].value() == "preferred"

    def test_says_that_there_is_nothing_to_read(self, recruiting: Client):
        answer = recruiting.post("/jobs/new/", self.sent(description=" "))

        assert "There is nothing to read yet" in answer.content.decode()

    def test_shows_the_places_again_after_a_mistake(self, recruiting: Client):
        sent = {**self.sent(from_text="yes"), "salary_min": "much"}
        del sent["text-read"]

        answer = recruiting.post("/jobs/new/", sent)

        assert answer.status_code == 422
        assert "<mark>Berlin</mark>" in answer.content.decode()

    def test_leads_back_to_the_first_steps_that_led_here(self, recruiting: Client):
        answer = pasted(recruiting, BACKEND, "/jobs/new/text/?guide=1")
        address = answer.context["action"]
        sent = {**form_of(answer), "requisition_code": "ENG-1", "open": "yes"}

        answer = recruiting.post(address, sent)

        assert address == "/jobs/new/?guide=1"
        assert answer.headers["Location"] == "/start/"

    def test_reads_nothing_of_a_stored_job(self, recruiting: Client):
        job = make_job()

        page = recruiting.get(f"/jobs/{job.requisition_code}/edit/").content.decode()

        assert "text-read" not in page
