"""Pages that no address leads to: what comes of something that somebody does."""

from collections.abc import Callable
from typing import Any

from recruit.applications.choices import Stage
from recruit.applications.models import Application
from recruit.applications.operations import advance
from recruit.candidates.inputs import ProfileInput
from recruit.candidates.operations import update_candidate
from recruit.jobs.operations import update_job
from tests.browser.conftest import Town
from tests.factories import ACTOR, LATER
from tests.jobs.reading.texts import BACKEND

Arrival = Callable[[Any, Town], None]


def screening_with_its_keys(page: Any, town: Town) -> None:
    page.goto(f"/jobs/GRD-1/screening/{town.screening.pk}/")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()


def people_marked_on_the_board(page: Any, town: Town) -> None:
    page.goto("/jobs/GRD-1/pipeline/")
    for box in page.locator("[name=people]").all()[:2]:
        box.check()


def people_marked_in_the_ranked_list(page: Any, town: Town) -> None:
    page.goto("/jobs/GRD-1/")
    page.locator(".match").get_by_role("checkbox").first.check()


def all_moves_of_one_person(page: Any, town: Town) -> None:
    page.goto("/jobs/GRD-1/pipeline/")
    page.locator("[data-moves]").first.click()
    page.get_by_role("dialog").wait_for()


def people_moved_meanwhile(page: Any, town: Town) -> None:
    people_marked_on_the_board(page, town)
    first = page.locator("[name=people]:checked").first.input_value()
    application = Application.objects.get(pk=first.partition(":")[0])
    move_to(application, Stage.OFFER)
    page.locator("[name=to_stage]").select_option("interview")
    page.get_by_role("button", name="Move marked").click()
    page.get_by_role("button", name="other").wait_for()


def move_to(application: Application, stage: Stage) -> None:
    pk = application.pk
    advance(application_id=pk, to_stage=stage, actor=ACTOR, moved_at=LATER)


def somebody_moved(page: Any, town: Town) -> None:
    page.goto("/jobs/GRD-1/pipeline/?view=list")
    page.locator("button[name=move]").first.click()
    page.locator(".flash").wait_for()


def a_job_with_mistakes(page: Any, town: Town) -> None:
    page.goto("/jobs/new/")
    page.locator("[name=requirements-0-skill]").fill("Telekinesis")
    page.get_by_role("button", name="Create").click()
    page.locator(".error").first.wait_for()


def a_job_saved_by_somebody_else(page: Any, town: Town) -> None:
    page.goto("/jobs/GRD-1/edit/")
    title = "Head gardener of all parks"
    update_job(
        job_id=town.job.pk, fields={"title": title}, actor=ACTOR, changed_at=LATER
    )
    page.get_by_label("Title").fill("Y" * 80)
    page.get_by_role("button", name="Save").click()
    page.locator(".stale").wait_for()


def criteria_with_their_effect(page: Any, town: Town) -> None:
    page.goto("/jobs/GRD-1/?criteria=open")
    page.get_by_role("button", name="Look at the effect").click()
    page.locator("#criteria-preview").wait_for()


def a_text_that_was_read(page: Any, town: Town) -> None:
    page.goto("/jobs/new/text/")
    page.get_by_label("Text of the job").fill(BACKEND)
    page.get_by_role("button", name="Read the text").click()
    page.get_by_role("heading", name="Read from your text").wait_for()


def skills_that_are_suggested(page: Any, town: Town) -> None:
    page.goto("/jobs/new/")
    page.locator("[name=requirements-0-skill]").press_sequentially("gra")
    page.locator("[role=option]").first.wait_for()


def a_candidate_with_mistakes(page: Any, town: Town) -> None:
    page.goto("/candidates/new/")
    page.locator("[name=emails]").fill("nobody")
    page.get_by_role("button", name="Save").or_(
        page.get_by_role("button", name="Add candidate")
    ).first.click()
    page.locator(".error").first.wait_for()


def a_candidate_saved_by_somebody_else(page: Any, town: Town) -> None:
    page.goto(f"/candidates/{town.candidate.pk}/edit/")
    update_candidate(
        candidate_id=town.candidate.pk,
        profile=ProfileInput(fields={"headline": "Of roses alone"}),
        actor=ACTOR,
        changed_at=LATER,
    )
    page.locator("[name=headline]").fill("Gardener of hedges")
    page.get_by_role("button", name="Save").first.click()
    page.locator(".stale").wait_for()


def an_import_without_a_file(page: Any, town: Town) -> None:
    page.goto("/imports/")
    page.get_by_role("button", name="Look at the file").click()
    page.locator(".error").first.wait_for()


def a_secret_that_is_shown_once(page: Any, _town: Town) -> None:
    page.goto("/webhooks/")
    page.locator("form.aside [name=name]").fill("w" * 120)
    page.locator("form.aside [name=url]").fill(f"https://hooks.example.org/{'k' * 300}")
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("button", name="Copy").wait_for()


def a_secret_that_was_shown(page: Any, town: Town) -> None:
    a_secret_that_is_shown_once(page, town)
    page.reload()
    page.get_by_role("link", name="Go to the webhook").wait_for()


ARRIVALS: tuple[Arrival, ...] = (
    screening_with_its_keys,
    people_marked_in_the_ranked_list,
    all_moves_of_one_person,
    skills_that_are_suggested,
    criteria_with_their_effect,
    a_text_that_was_read,
    a_job_with_mistakes,
    a_candidate_with_mistakes,
    an_import_without_a_file,
    a_job_saved_by_somebody_else,
    a_candidate_saved_by_somebody_else,
    people_moved_meanwhile,
    somebody_moved,
    a_secret_that_is_shown_once,
    a_secret_that_was_shown,
)
