"""Screening by keyboard, without a connection, without a server, without scripts."""

from collections.abc import Iterator
from typing import Any

import pytest

from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application
from recruit.candidates.models import Candidate
from recruit.reviews.choices import Screened, Verdict
from recruit.reviews.models import Decision, Screening
from recruit.reviews.operations import start_screening
from tests.browser.stopping import StoppableServer, lose_first_answer
from tests.factories import NOW, PASSWORD, make_application, make_candidate

pytestmark = pytest.mark.browser


def start(town: Any, count: int) -> Screening:
    people = [
        make_candidate("Pruning", "Roses", given_name=f"Person {number}")
        for number in range(1, count + 1)
    ]
    return start_screening(
        job_id=town.job.pk,
        user=town.recruiter,
        screened=Screened.RANKED,
        candidate_ids=[person.pk for person in people],
        started_at=NOW,
    )


def address_of(screening: Screening) -> str:
    return f"/jobs/GRD-1/screening/{screening.pk}/"


def wait_for_decisions(page: Any, screening: Screening, count: int) -> None:
    for _ in range(100):
        if screening.decisions.standing().count() == count:
            return
        page.wait_for_timeout(100)
    assert screening.decisions.standing().count() == count


def heading(page: Any, name: str) -> None:
    page.locator("h1", has_text=name).wait_for()


class TestKeyboard:
    def test_screens_twenty_people(self, page, live_server, town, sign_in):
        screening = start(town, 20)
        sign_in(page)
        page.goto(f"{live_server.url}{address_of(screening)}")

        for number in range(1, 21):
            heading(page, f"Person {number} ")
            if number % 3 == 0:
                page.keyboard.press("r")
                page.keyboard.press("1")
            else:
                page.keyboard.press("s")

        wait_for_decisions(page, screening, 20)
        verdicts = list(screening.decisions.values_list("verdict", flat=True))
        assert verdicts.count(Verdict.REJECTED) == 6
        assert page.url.endswith("?at=20")
        page.get_by_role("link", name="Open the summary").click()
        page.get_by_role("link", name="Rejected").wait_for()

    def test_takes_back_goes_around_and_helps(self, page, live_server, town, sign_in):
        screening = start(town, 3)
        sign_in(page)
        page.goto(f"{live_server.url}{address_of(screening)}")
        heading(page, "Person 1")
        page.keyboard.press("s")
        heading(page, "Person 2")
        wait_for_decisions(page, screening, 1)

        page.keyboard.press("u")
        heading(page, "Person 1")
        wait_for_decisions(page, screening, 0)

        page.keyboard.press("j")
        heading(page, "Person 2")
        page.keyboard.press("k")
        heading(page, "Person 1")
        page.keyboard.press("?")
        page.get_by_role("dialog").wait_for()
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Shortlist").wait_for()
        assert not Application.objects.filter(
            candidate__given_name__startswith="Person"
        ).exists()

    def test_goes_back_with_the_browser(self, page, live_server, town, sign_in):
        screening = start(town, 3)
        sign_in(page)
        page.goto(f"{live_server.url}{address_of(screening)}")
        page.keyboard.press("j")
        heading(page, "Person 2")

        page.go_back()

        heading(page, "Person 1")
        assert page.url.endswith("?at=1")


class TestWithoutConnection:
    def test_keeps_decisions_and_sends_them_later(
        self, page, live_server, town, sign_in
    ):
        screening = start(town, 10)
        sign_in(page)
        page.goto(f"{live_server.url}{address_of(screening)}")
        page.wait_for_load_state("networkidle")

        page.context.set_offline(True)
        page.keyboard.press("s")
        heading(page, "Person 2")
        page.keyboard.press("r")
        page.keyboard.press("1")
        heading(page, "Person 3")
        page.keyboard.press("s")
        page.keyboard.press("u")
        heading(page, "Person 3")
        page.get_by_text("No connection. What you decided is kept").wait_for()
        assert not Decision.objects.exists()

        page.context.set_offline(False)
        page.get_by_text("Everything you decided is saved").wait_for()
        wait_for_decisions(page, screening, 2)
        standing = screening.decisions.standing().order_by("decided_at")
        assert [one.verdict for one in standing] == ["shortlisted", "rejected"]

    def test_sends_once_what_was_made_while_the_answer_was_lost(
        self, page, live_server, town, sign_in
    ):
        screening = start(town, 2)
        sign_in(page)
        page.goto(f"{live_server.url}{address_of(screening)}")
        lost = lose_first_answer(page, "**/decide/")
        page.keyboard.press("s")

        page.get_by_text("Everything you decided is saved").wait_for()
        assert lost
        assert Decision.objects.count() == 1
        assert (
            Application.objects.get(candidate__given_name="Person 1").stage
            == Stage.SCREENING
        )

    def test_says_what_somebody_else_decided_meanwhile(
        self, page, live_server, town, sign_in
    ):
        screening = start(town, 2)
        sign_in(page)
        page.goto(f"{live_server.url}{address_of(screening)}")
        make_application(town.job, Candidate.objects.get(given_name="Person 1"))

        page.keyboard.press("s")

        page.get_by_text("Somebody else moved this person meanwhile").wait_for()
        assert not Decision.objects.exists()


@pytest.fixture
def server(live_server: Any) -> Iterator[StoppableServer]:
    stoppable = StoppableServer(live_server.thread.host, live_server.thread.port)
    yield stoppable
    stoppable.stop()


class TestWithoutServer:
    def test_keeps_decisions_over_a_restart_and_a_reload(self, page, server, town):
        screening = start(town, 4)
        origin = f"http://localhost:{server.port}"
        page.goto(f"{origin}/accounts/login/")
        page.locator("input[name=login]").fill(town.recruiter.email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(f"{origin}/")
        page.goto(f"{origin}{address_of(screening)}")
        page.wait_for_load_state("networkidle")

        server.stop()
        page.keyboard.press("s")
        heading(page, "Person 2")
        page.keyboard.press("r")
        page.keyboard.press("1")
        heading(page, "Person 3")
        page.get_by_text("What you decided is kept").wait_for()
        assert not Decision.objects.exists()

        server.start()
        page.reload()
        wait_for_decisions(page, screening, 2)
        rejected = Application.objects.get(candidate__given_name="Person 2")
        assert rejected.outcome == Outcome.REJECTED


class TestSummary:
    def test_sends_what_is_kept_and_counts_it(self, page, live_server, town, sign_in):
        screening = start(town, 3)
        sign_in(page)
        page.goto(f"{live_server.url}{address_of(screening)}")
        page.wait_for_load_state("networkidle")
        page.route("**/decide/", lambda route: route.abort())
        page.keyboard.press("s")
        heading(page, "Person 2")
        page.get_by_text("What you decided is kept").wait_for()
        page.unroute("**/decide/")

        page.goto(f"{live_server.url}{address_of(screening)}summary/")

        page.get_by_role("link", name="Shortlisted").wait_for()
        page.get_by_role("button", name="Go on with the undecided ones").click()
        heading(page, "Person 2")
        assert page.get_by_text("1 of 2").is_visible()


class TestWithoutScripts:
    def test_shortlists_rejects_and_takes_back(
        self, browser, live_server, town, sign_in
    ):
        screening = start(town, 3)
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        sign_in(page)
        page.goto(f"{live_server.url}{address_of(screening)}")

        page.get_by_role("button", name="Shortlist").click()
        heading(page, "Person 2")
        page.locator(".reject > summary").click()
        page.locator(".reject-reasons button").first.click()
        heading(page, "Person 3")
        page.get_by_role("button", name="Take back the last decision").click()
        heading(page, "Person 2")

        assert [one.verdict for one in screening.decisions.standing()] == [
            "shortlisted"
        ]
        context.close()
