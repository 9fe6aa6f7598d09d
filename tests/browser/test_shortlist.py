"""From screening to the shortlist, its files and the hiring manager's answers."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from recruit.accounts.choices import Role
from recruit.jobs.operations import update_job
from tests.browser.conftest import Town
from tests.factories import ACTOR, LATER, PASSWORD, make_user

pytestmark = pytest.mark.browser


def test_leads_from_screening_to_the_files(any_page, live_server, town: Town, sign_in):
    page = any_page
    sign_in(page)
    page.goto(f"{live_server.url}/jobs/GRD-1/screening/")
    page.get_by_label("Whom").select_option("applied")
    page.get_by_role("button", name="Start screening").click()
    name = page.locator("h1").inner_text()
    page.get_by_role("button", name="Shortlist").click()
    page.get_by_text("Everything you decided is saved").or_(
        page.get_by_role("heading", name="Summary of the screening")
    ).first.wait_for()

    page.goto(f"{live_server.url}/jobs/GRD-1/shortlist/")
    page.locator(".listed", has_text=name).wait_for()
    for box in page.get_by_role("checkbox").all()[:2]:
        box.check()
    page.get_by_role("button", name="Compare marked").click()
    page.get_by_role("heading", name="Side by side").wait_for()
    page.go_back()
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()

    rows = list(csv.reader(StringIO(Path(taken.value.path()).read_text("utf-8-sig"))))
    assert taken.value.suggested_filename == "shortlist-GRD-1.csv"
    assert name in [row[1] for row in rows]


def test_shows_the_recruiter_what_the_hiring_manager_answers(
    browser, live_server, town: Town, sign_in
):
    manager = make_user(Role.ADMINISTRATOR, name="Hanna Manager")
    update_job(
        job_id=town.job.pk,
        fields={"hiring_manager": manager},
        actor=ACTOR,
        changed_at=LATER,
    )
    recruiter = browser.new_context().new_page()
    sign_in(recruiter)
    recruiter.goto(f"{live_server.url}/jobs/GRD-1/shortlist/")
    answering = browser.new_context(java_script_enabled=False).new_page()
    sign_in_as(answering, live_server, manager.email)
    answering.goto(f"{live_server.url}/jobs/GRD-1/shortlist/")

    person = answering.locator(".listed").first
    person.get_by_role("textbox").fill("Has she led a team?")
    person.get_by_role("button", name="Question").click()
    answering.get_by_text("Your answer is saved").wait_for()

    recruiter.get_by_text("Has she led a team?").wait_for(timeout=20_000)
    recruiter.context.close()
    answering.context.close()


def sign_in_as(page: Any, live_server: Any, email: str) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"{live_server.url}/")
