"""A recruiter's day in a browser that runs no JavaScript: everything but dragging."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from recruit.accounts.choices import Role
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application
from recruit.candidates.models import Candidate
from recruit.imports.models import FileImport
from recruit.jobs.models import Job
from recruit.jobs.operations import update_job
from recruit.notes.models import Note
from recruit.reviews.models import Decision
from recruit.talent.models import TalentPool
from tests.browser.conftest import Town
from tests.browser.test_every_page import sign_in_as
from tests.factories import ACTOR, LATER, make_application, make_user
from tests.imports.sent import work_on
from tests.matching.indexed import index_everything

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("ranked")]

JOB = "/jobs/GRD-1/"
TEXT = """Orchard keeper

We look for somebody who keeps the orchard of the town.

Requirements:
- Pruning
- Grafting

Nice to have:
- Tree surgery
"""


@pytest.fixture
def page(browser: Any, live_server: Any, sign_in: Any) -> Iterator[Any]:
    """Give a page without scripts, on which the recruiter is signed in."""
    context = browser.new_context(
        java_script_enabled=False, base_url=live_server.url, accept_downloads=True
    )
    page = context.new_page()
    sign_in(page)
    yield page
    context.close()


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def rows_of(download: Any) -> list[list[str]]:
    text = Path(download.path()).read_text("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def application_of(name: str) -> Application:
    return Application.objects.get(candidate__given_name=name)


class TestJob:
    def test_is_made_from_a_pasted_text_and_its_criteria_confirmed(self, page):
        page.goto("/")
        page.get_by_role("link", name="New job").click()
        page.get_by_role("link", name="Paste a text").click()
        page.get_by_label("Text of the job").fill(TEXT)
        press(page, "Read the text")
        page.get_by_role("heading", name="Read from your text").wait_for()
        page.get_by_label("Requisition code").fill("ORC-1")
        page.get_by_label("Remove row 3").click()
        press(page, "Create and open")
        page.get_by_text("is created").wait_for()
        index_everything()

        page.get_by_role("link", name="Change", exact=True).click()
        row = page.get_by_role("group", name="Criterion 1")
        row.get_by_label("Importance").select_option("preferred")
        press(page, "Look at the effect")
        page.locator("#criteria-preview").wait_for()
        press(page, "Save criteria")

        page.get_by_text("The criteria are saved").wait_for()
        job = Job.objects.get(requisition_code="ORC-1")
        held = job.requirements.values_list("skill__name", "importance")
        assert sorted(held) == [("Grafting", "required"), ("Pruning", "preferred")]
        assert page.locator(".match").count()

    def test_says_why_and_takes_people_into_its_pipeline(self, page):
        page.goto(JOB)
        page.locator(".match", has_text="Ada").locator("summary").first.click()
        page.get_by_role("link", name="Why Ada").click()
        page.get_by_role("heading", name="Evidence beside the profile").wait_for()
        assert page.locator(".evidence-row, .evidence li").count()

        page.go_back()
        press(page, page.get_by_label("Add Ada").get_attribute("aria-label"))

        page.get_by_text("is in the pipeline now").wait_for()
        assert application_of("Ada").stage == Stage.APPLIED


class TestScreening:
    def test_shortlists_rejects_and_takes_back(self, page, town: Town):
        page.goto(f"{JOB}screening/{town.screening.pk}/")
        first, second = town.screening.candidate_ids
        press(page, "Shortlist")
        page.get_by_text("2 of 2").wait_for()
        page.get_by_text("Reject…").click()
        page.locator(".reject-reasons button").first.click()
        page.get_by_role("heading", name="Summary of the screening").wait_for()
        told = page.locator(".line-list").first.inner_text().split()
        rejected = Application.objects.get(candidate_id=second)
        assert rejected.outcome == Outcome.REJECTED
        assert told[:3] == ["Shortlisted", "1", "Rejected:"]

        page.get_by_role("link", name="Back to the screening").click()
        page.get_by_role("button", name="Take back the last decision").click()

        page.get_by_text("1 shortlisted, 0 rejected").wait_for()
        standing = Decision.objects.standing().get()
        assert standing.candidate_id == first

    def test_leads_to_a_note_with_a_tag(self, page, town: Town):
        page.goto(f"{JOB}screening/{town.screening.pk}/")
        page.get_by_role("link", name="Open the whole profile").click()
        page.get_by_role("textbox", name="Note").fill(
            f"@{town.recruiter.name} knows her orchard."
        )
        press(page, "Save note")
        page.get_by_text("knows her orchard").first.wait_for()
        note = Note.objects.get(text__contains="knows her orchard")
        assert note.candidate_id == town.candidate.pk

        page.goto(f"/notes/{note.pk}/")
        page.get_by_role("textbox").fill("Knows every orchard.")
        press(page, "Save note")
        page.get_by_text("Knows every orchard.").first.wait_for()
        page.goto(f"/candidates/{town.candidate.pk}/")
        page.get_by_label("New tag").fill("orchards")
        press(page, "Add tag")
        page.get_by_label("Take away the tag orchards").click()

        page.get_by_label("Take away the tag orchards").wait_for(state="detached")


class TestShortlist:
    def test_is_compared_printed_and_taken_along(self, page):
        page.goto(f"{JOB}shortlist/")
        names = page.locator(".listed .title-link").all_inner_texts()
        for box in page.get_by_role("checkbox").all()[:2]:
            box.check()
        press(page, "Compare marked")
        page.get_by_role("heading", name="Side by side").wait_for()
        page.get_by_role("link", name="Back to the shortlist").click()
        with page.expect_download() as taken:
            page.get_by_role("link", name="CSV").click()
        assert {row[1] for row in rows_of(taken.value)} >= set(names)

        page.get_by_role("link", name="Page to print").click()
        page.locator(".on-paper", has_text=names[0]).wait_for()

    def test_is_answered_by_the_hiring_manager(self, browser, live_server, town: Town):
        manager = make_user(Role.HIRING_MANAGER)
        update_job(
            job_id=town.job.pk,
            fields={"hiring_manager": manager},
            actor=ACTOR,
            changed_at=LATER,
        )
        context = browser.new_context(
            java_script_enabled=False, base_url=live_server.url
        )
        page = context.new_page()
        sign_in_as(page, live_server, manager.email)
        page.get_by_role("link", name="Head gardener").first.click()
        page.get_by_role("link", name="Shortlist").click()
        listed = page.locator(".listed").first
        listed.get_by_role("textbox").fill("When could she begin?")

        listed.get_by_role("button", name="Question").click()

        page.get_by_text("Your answer is saved").wait_for()
        page.get_by_text("When could she begin?").first.wait_for()
        context.close()


class TestPipeline:
    def test_moves_one_and_many_and_takes_both_back(self, page, town: Town):
        for name in ("Ada", "Bea"):
            person = Candidate.objects.get(given_name=name)
            make_application(town.job, person)
        page.goto(f"{JOB}pipeline/")
        page.get_by_role("button", name="Move Ada").click()
        page.get_by_text("moved to “Screening”").wait_for()
        press(page, "Undo")
        page.get_by_text("is back in “Applied”").wait_for()

        page.get_by_label("Mark Ada").check()
        page.get_by_label("Mark Bea").check()
        page.get_by_label("Stage to move").select_option("interview")
        press(page, "Move marked")
        page.get_by_text("2 people moved to “Interview”").wait_for()
        assert application_of("Bea").stage == Stage.INTERVIEW
        press(page, "Undo")

        page.get_by_text("2 people are back where they were").wait_for()
        stages = {application_of(name).stage for name in ("Ada", "Bea")}
        assert stages == {Stage.APPLIED}


class TestPeople:
    def test_are_found_by_a_search_that_is_saved(self, page):
        page.goto("/candidates/")
        page.get_by_label("Search", exact=True).or_(
            page.locator("main input[type=search]")
        ).first.fill("roses")
        press(page, "Search")
        page.locator(".person-found").first.wait_for()
        page.get_by_text("Save this search").click()
        page.get_by_label("Name of the search").fill("People of roses")
        press(page, "Save")
        page.locator(".saved-search", has_text="People of roses").wait_for()

        page.get_by_role("link", name="All saved searches").click()
        page.get_by_label("Change People of roses").click()
        page.get_by_label("Name").fill("Roses")
        press(page, "Save")

        page.get_by_role("link", name="Roses", exact=True).click()
        page.locator(".person-found").first.wait_for()

    def test_are_gathered_in_a_talent_pool(self, page):
        page.goto("/candidates/?q=roses")
        page.get_by_label("Mark Bea").check()
        page.get_by_label("Where to").select_option("new")
        page.get_by_label("Name of the new talent pool").fill("For spring")
        press(page, "Add marked")
        page.get_by_text("1 person is in “For spring” now").wait_for()

        page.goto("/talent/")
        page.get_by_role("link", name="For spring").click()
        page.get_by_label("Mark Bea").check()
        press(page, "Take the marked out of this pool")

        page.get_by_role("heading", name="Nobody here yet").wait_for()
        assert TalentPool.objects.get(name="For spring").memberships.count() == 0

    def test_come_from_a_file(self, page, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path / "uploads"
        path = tmp_path / "people.csv"
        path.write_text("Wer,email,skills\nIlse Ahrens,ilse@example.org,Pruning\n")
        page.goto("/imports/")
        page.set_input_files("input[type=file]", str(path))
        press(page, "Look at the file")
        page.get_by_label("Wer").select_option("name")
        press(page, "Check all rows")
        page.get_by_role("heading", name="Every row is being checked").wait_for()
        work_on(FileImport.objects.get().pk)
        page.goto(page.url)
        press(page, "Import now")
        page.get_by_role("heading", name="The rows are being imported").wait_for()
        work_on(FileImport.objects.get().pk)
        page.goto(page.url)

        assert page.locator(".step.done").count() == 4
        page.get_by_role("link", name="Go to the candidates").click()
        page.get_by_role("link", name="Ilse Ahrens").wait_for()


class TestReports:
    def test_count_a_period_and_show_the_rows_behind_a_figure(self, page):
        page.goto("/")
        page.get_by_role("link", name="Reports").click()
        page.get_by_role("link", name="Time in stage").click()
        page.get_by_label("From").fill("2026-05-01")
        page.get_by_label("To").fill("2026-05-31")
        press(page, "Show")
        assert "since=2026-05-01" in page.url
        with page.expect_download() as taken:
            page.get_by_role("link", name="CSV").click()
        assert len(rows_of(taken.value)) > 1

        page.locator(".figures-table td a").first.click()
        page.get_by_text("behind this figure").first.wait_for()
