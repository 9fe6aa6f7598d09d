"""A recruiter and a hiring manager at work on a job that hides names.

Every answer that the browser gets is read, and so is what the page shows: text, HTML,
scripts' data, addresses, files and their names.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from recruit.accounts.choices import Role
from recruit.applications.blinding import hide_names, show_names
from recruit.applications.choices import Stage
from recruit.applications.operations import advance
from recruit.applications.veil import veil_of
from recruit.candidates.inputs import EducationInput
from recruit.candidates.models import Candidate
from recruit.jobs.operations import update_job
from tests.browser.conftest import Town
from tests.browser.test_shortlist import sign_in_as
from tests.dashboard.blind.secrets import secrets_in
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_user,
)
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.browser

JOB = "/jobs/GRD-1/"
BY_THE_SERVER = re.compile(r"^(?!.*/static/)")
KINDS = ("text/html", "application/json")
PAGES = (
    "",
    "?order=hybrid",
    "?criteria=open",
    "pipeline/",
    "pipeline/?view=list",
    "screening/",
    "shortlist/",
    "shortlist/print/",
    "met-before/",
    "activity/",
    "names/",
)


@dataclass
class Ear:
    """What a page was sent, and where it stood in it when it should not have."""

    people: list[Candidate]
    heard: int = 0
    told: list[str] = field(default_factory=list)

    def listen(self, route: Any) -> None:
        """Read an answer on its way, since the browser forgets those it left."""
        answer = route.fetch(max_redirects=0)
        kind = answer.headers.get("content-type", "")
        is_file = "attachment" in answer.headers.get("content-disposition", "")
        if any(one in kind for one in KINDS) and not is_file:
            self.read(answer.url, answer.text())
        told = {**answer.headers, "content-length": ""}  # may hold any number
        self.read(f"headers of {answer.url}", str(told))
        route.fulfill(response=answer)

    def look(self, page: Any) -> None:
        self.read(f"the page {page.url}", page.content())

    def read(self, where: str, text: str) -> None:
        self.heard += 1
        ids = [one.pk for one in self.people]
        self.told += [f"{where}: {told}" for told in secrets_in(text, ids)]


@pytest.fixture
def unnamed(town: Town) -> list[Candidate]:
    """Let a job hide its people: one found, one applied, one on the shortlist."""
    people = [
        make_candidate(
            "Pruning",
            "Roses",
            given_name="Zoltana",
            family_name="Quxfield",
            emails=[f"zoltana{number}@quxfield.example"],
            summary="Zoltana Quxfield grafts fruit trees since 1987.",
            education=[
                EducationInput(
                    qualification="BSc",
                    institution="Eldermoor University",
                    started_in=1987,
                    ended_in=1991,
                )
            ],
        )
        for number in range(3)
    ]
    hide_names(
        job_id=town.job.pk, reveal_stage=Stage.OFFER, actor=ACTOR, changed_at=NOW
    )
    make_application(town.job, people[1])
    advance(
        application_id=make_application(town.job, people[2]).pk,
        to_stage=Stage.SCREENING,
        actor=ACTOR,
        moved_at=LATER,
    )
    index_everything()
    return people


@pytest.fixture
def ear(unnamed: list[Candidate]) -> Ear:
    return Ear(unnamed)


@contextmanager
def hearing(ear: Ear, page: Any) -> Iterator[None]:
    """Read all that a page is sent."""
    page.route(BY_THE_SERVER, ear.listen)
    yield
    page.unroute_all(behavior="wait")


def read_file(ear: Ear, taken: Any) -> None:
    name = taken.suggested_filename
    content = Path(taken.path()).read_bytes()
    if name.endswith(".xlsx"):
        sheet = load_workbook(BytesIO(content)).active
        assert sheet is not None
        ear.read(name, str([list(row) for row in sheet.values]))
        ear.read(f"raw {name}", content.decode("latin-1"))
    else:
        ear.read(name, content.decode("utf-8-sig"))
    ear.read("a file name", name)


def compare_marked(page: Any) -> None:
    for box in page.locator(".listed").get_by_role("checkbox").all()[:2]:
        box.check()
    page.get_by_role("button", name="Compare marked").click()
    page.get_by_role("heading", name="Side by side").wait_for()


def test_names_nobody_to_a_recruiter_at_work(page, live_server, town, sign_in, ear):
    sign_in(page)
    with hearing(ear, page):
        job = f"{live_server.url}{JOB}"
        veil = veil_of(town.job)
        for address in PAGES:
            page.goto(job + address)
            ear.look(page)
        page.goto(f"{job}candidates/{veil.id_of(ear.people[0].pk)}/")
        page.get_by_text(veil.label(ear.people[0].pk)).first.wait_for()
        ear.look(page)

        page.goto(f"{job}screening/")
        page.get_by_label("Whom").select_option("applied")
        page.get_by_role("button", name="Start screening").click()
        ear.look(page)
        page.get_by_role("button", name="Shortlist").click()
        page.get_by_text("1 shortlisted").or_(
            page.get_by_text("Everything you decided is saved")
        ).first.wait_for()
        ear.look(page)
        page.goto(f"{job}shortlist/")
        page.locator(".listed", has_text=veil.label(ear.people[2].pk)).wait_for()
        for kind in ("CSV", "XLSX"):
            with page.expect_download() as taken:
                page.get_by_role("link", name=kind).click()
            read_file(ear, taken.value)
        compare_marked(page)
        ear.look(page)
        kept = page.evaluate("JSON.stringify([localStorage, sessionStorage])")
        ear.read("what the browser keeps", kept)

    assert ear.told == []
    assert ear.heard > 2 * len(PAGES)


def test_names_nobody_to_the_hiring_manager(browser, live_server, town, ear):
    manager = make_user(Role.HIRING_MANAGER, name="Hanna Manager")
    update_job(
        job_id=town.job.pk,
        fields={"hiring_manager": manager},
        actor=ACTOR,
        changed_at=LATER,
    )
    page = browser.new_context().new_page()
    sign_in_as(page, live_server, manager.email)
    with hearing(ear, page):
        for address in ("/", "/candidates/", *(JOB + one for one in PAGES)):
            page.goto(live_server.url + address)
            ear.look(page)
        page.goto(f"{live_server.url}{JOB}shortlist/")
        person = page.locator(
            ".listed", has_text=veil_of(town.job).label(ear.people[2].pk)
        )
        person.get_by_role("textbox").fill("Has this person led a team?")
        person.get_by_role("button", name="Question").click()
        page.get_by_text("Your answer is saved").wait_for()
        ear.look(page)
    page.context.close()

    assert ear.told == []
    assert ear.heard > len(PAGES)


def test_hears_a_name_where_none_is_hidden(page, live_server, town, sign_in, ear):
    show_names(job_id=town.job.pk, actor=ACTOR, changed_at=LATER)
    sign_in(page)
    with hearing(ear, page):
        page.goto(f"{live_server.url}{JOB}pipeline/")
        ear.look(page)

    assert any("zoltana" in one for one in ear.told)
