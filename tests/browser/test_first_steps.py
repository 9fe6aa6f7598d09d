"""From an empty database to the first ranking, with and without JavaScript."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from recruit.accounts.choices import Role
from recruit.candidates.models import Candidate
from recruit.demo.tasks import load_demo_data
from recruit.imports.models import FileImport
from recruit.jobs.models import Job
from recruit.skills.operations import load_vocabulary
from recruit.skills.vocabulary import read_vocabulary
from tests.browser.looking import NEAR, SIGHTS, look_at
from tests.factories import ACTOR, NOW, PASSWORD, make_user
from tests.imports.sent import work_on
from tests.jobs.reading.texts import BACKEND
from tests.matching.indexed import index_everything
from tests.matching.workers import see_worker

PEOPLE = """name,email,headline,skills,summary
Ada Novak,ada@example.org,Backend engineer,Python; SQL; Docker,Builds services.
Bea Lund,bea@example.org,Baker,Baking; Hygiene,Bakes bread in a small town.
"""


@pytest.fixture(autouse=True)
def _empty_installation(transactional_db: None, settings: Any, tmp_path: Path) -> None:
    """Have what the migrations and a first start leave behind, and nothing else."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    load_vocabulary(entries=read_vocabulary(), actor=ACTOR, loaded_at=NOW)
    reasons = "recruit.applications.migrations.0002_default_disposition_reasons"
    import_module(reasons).add_reasons(apps, None)
    see_worker()


@pytest.fixture
def visit(browser: Any, live_server: Any) -> Any:
    """Give a function that opens a page for a new administrator or recruiter."""
    contexts = []

    def opened(role: Role = Role.ADMINISTRATOR, **options: Any) -> Any:
        user = make_user(role)
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.goto(f"{live_server.url}/accounts/login/")
        page.locator("input[name=login]").fill(user.email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(f"{live_server.url}/")
        return page

    yield opened
    for context in contexts:
        context.close()


def name_company(page: Any) -> None:
    page.get_by_role("link", name="Name it").click()
    page.get_by_label("Name of your company").fill("Acme Gardens")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_text("This is the platform of Acme Gardens now").wait_for()


def make_first_job(page: Any) -> None:
    page.get_by_role("link", name="Paste a text").click()
    page.get_by_label("Text of the job").fill(BACKEND)
    page.get_by_role("button", name="Read the text").click()
    page.get_by_role("heading", name="Read from your text").wait_for()
    assert not Job.objects.exists()
    page.get_by_label("Requisition code").fill("ENG-1")
    page.get_by_label("Remove row 6").click()  # Kubernetes
    page.locator("input[value=Kubernetes]").wait_for(state="detached")
    page.get_by_role("button", name="Create and open").click()
    page.get_by_text("is created").wait_for()


def import_people(page: Any, folder: Path) -> None:
    path = folder / "people.csv"
    path.write_text(PEOPLE)
    page.get_by_role("link", name="Bring in people").click()
    page.get_by_role("link", name="Choose a file").click()
    page.set_input_files("input[type=file]", str(path))
    page.get_by_role("button", name="Look at the file").click()
    page.get_by_role("button", name="Check all rows").click()
    page.get_by_role("heading", name="Every row is being checked").wait_for()
    work_on(FileImport.objects.get().pk)
    page.goto(page.url)
    page.get_by_role("button", name="Import now").click()
    page.get_by_role("heading", name="The rows are being imported").wait_for()
    work_on(FileImport.objects.get().pk)
    page.goto(page.url)
    page.get_by_role("link", name="Go on with the first steps").click()


@pytest.mark.browser
class TestFirstSteps:
    def test_lead_from_nothing_over_demo_data_to_a_ranking(self, visit, live_server):
        page = visit(viewport={"width": SIGHTS[0].width, "height": 900})
        name_company(page)
        make_first_job(page)
        job = Job.objects.get()
        held = set(job.requirements.values_list("skill__name", flat=True))
        assert {"Python", "SQL", "PostgreSQL", "Docker"} <= held
        assert "Kubernetes" not in held

        page.get_by_role("link", name="Bring in people").click()
        page.get_by_role("button", name="Load the demo data").click()
        page.get_by_role("heading", name="The demo data is being loaded").wait_for()
        load_demo_data(str(job.recruiters.get().pk))
        page.get_by_role("link", name="Go on").click()  # the page has seen it itself
        page.get_by_text("The job waits to be read").wait_for()
        index_everything()
        page.get_by_role("heading", name="These stand first").wait_for()
        page.get_by_role("link", name="Open the ranked list").click()

        page.wait_for_url("**/jobs/ENG-1/")
        assert page.locator(".match").count() > 10
        assert "Acme Gardens" in page.title()

        page.goto(f"{live_server.url}/start/")
        page.get_by_role("button", name="Remove the demo data").click()
        page.get_by_text("The demo data is removed").wait_for()
        assert not Candidate.objects.exists()
        assert Job.objects.get() == job
        page.get_by_role("link", name="Bring in people").wait_for()

    def test_lead_from_nothing_over_a_file_to_a_ranking_without_scripts(
        self, visit, live_server, tmp_path
    ):
        page = visit(java_script_enabled=False)
        name_company(page)
        make_first_job(page)
        import_people(page, tmp_path)
        page.get_by_role("link", name="Look at the ranking").click()
        page.get_by_text("0 of 2 people are read").wait_for()
        index_everything()
        page.goto(page.url)
        page.get_by_role("link", name="Open the ranked list").click()

        page.wait_for_url("**/jobs/ENG-1/")
        page.get_by_role("link", name="Ada Novak").wait_for()

    def test_fit_and_are_accessible(self, visit, live_server):
        page = visit(device_scale_factor=NEAR, reduced_motion="reduce")
        found = {"home": look_at(page)}
        for address in ("/start/", "/start/company/", "/start/people/"):
            page.goto(f"{live_server.url}{address}")
            found[address] = look_at(page)
        page.goto(f"{live_server.url}/jobs/new/text/?guide=1")
        page.get_by_label("Text of the job").fill(BACKEND)
        page.get_by_role("button", name="Read the text").click()
        page.get_by_role("heading", name="Read from your text").wait_for()
        found["proposals"] = look_at(page)

        assert not any(found.values()), found

    def test_tell_recruiters_who_names_the_company(self, visit):
        make_user(Role.ADMINISTRATOR, name="Marta Lindqvist")

        page = visit(role=Role.RECRUITER)

        page.get_by_text("An administrator names it: Marta Lindqvist").wait_for()
        assert page.get_by_role("link", name="Paste a text").count() == 1
        assert page.get_by_role("button", name="Put away").count() == 0
