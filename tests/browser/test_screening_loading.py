"""Screening where the next person comes slowly: keys decide on nobody who is not shown.

Numbers and undoing are those of now, whatever a page that was at hand says.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from recruit.accounts.actors import Actor
from recruit.notes.models import Note
from recruit.reviews.choices import Verdict
from recruit.reviews.models import Decision, Screening
from recruit.reviews.operations import decide, undo_decision
from tests.browser.test_screening import (
    address_of,
    heading,
    start,
    wait_for_decisions,
)
from tests.factories import LATER

pytestmark = pytest.mark.browser

LOADING = "Loading: the next person is not shown yet"


class Held:
    """Answers that are held back until they are let go."""

    def __init__(self, page: Any, pattern: str) -> None:
        self._routes: list[Any] = []
        self._is_held = True
        page.route(pattern, self._hold)

    def _hold(self, route: Any) -> None:
        if self._is_held:
            self._routes.append(route)
        else:
            route.continue_()

    def let_go(self) -> None:
        self._is_held = False
        for route in self._routes:
            route.continue_()


@pytest.fixture
def open_page(page: Any, live_server: Any, sign_in: Any) -> Callable[[Screening], Any]:
    def opened(screening: Screening) -> Any:
        sign_in(page)
        page.goto(f"{live_server.url}{address_of(screening)}")
        heading(page, "Person 1")
        return page

    return opened


def decide_elsewhere(town: Any, screening: Screening, place: int) -> Decision:
    return decide(
        screening_id=screening.pk,
        decision_id=uuid4(),
        candidate_id=screening.candidate_ids[place - 1],
        verdict=Verdict.SHORTLISTED,
        seen_version=0,
        actor=Actor.of(town.recruiter),
        decided_at=LATER,
    )


def numbers(page: Any, shortlisted: int, rejected: int, left: int) -> None:
    sentence = f"{shortlisted} shortlisted, {rejected} rejected, {left} left"
    page.get_by_text(sentence).wait_for()


class TestSlowPerson:
    def test_is_not_decided_of_nor_is_who_was_left(self, page, town, open_page):
        screening = start(town, 3)
        slow = Held(page, "**/?at=2")
        open_page(screening)

        page.keyboard.press("j")
        for key in ("s", "r", "1", "s", "n", "u"):
            page.keyboard.press(key)
        page.get_by_text(LOADING).wait_for()
        assert page.evaluate("Object.keys(localStorage).length") == 0
        slow.let_go()
        heading(page, "Person 2")

        assert page.locator("#loading").is_hidden()
        assert not Decision.objects.exists()
        page.keyboard.press("s")
        heading(page, "Person 3")
        wait_for_decisions(page, screening, 1)
        assert Decision.objects.get().candidate_id == screening.candidate_ids[1]

    def test_takes_no_click_on_who_was_left(self, page, town, open_page):
        slow = Held(page, "**/?at=2")
        open_page(start(town, 2))
        button = page.get_by_role("button", name="Shortlist").bounding_box()

        page.keyboard.press("j")
        page.mouse.click(button["x"] + 9, button["y"] + 9)
        page.get_by_text(LOADING).wait_for()
        slow.let_go()
        heading(page, "Person 2")

        assert not Decision.objects.exists()

    def test_is_waited_for_after_a_decision_as_well(self, page, town, open_page):
        screening = start(town, 3)
        slow = Held(page, "**/?at=2")
        open_page(screening)

        for key in ("s", "s", "r", "1"):
            page.keyboard.press(key)
        wait_for_decisions(page, screening, 1)
        slow.let_go()
        heading(page, "Person 2")

        assert Decision.objects.get().candidate_id == screening.candidate_ids[0]

    def test_need_not_be_waited_for(self, page, town, open_page):
        screening = start(town, 3)
        slow = Held(page, "**/?at=2")
        open_page(screening)

        page.keyboard.press("j")
        page.get_by_text(LOADING).wait_for()
        page.keyboard.press("Escape")
        page.keyboard.press("r")
        page.keyboard.press("1")

        wait_for_decisions(page, screening, 1)
        slow.let_go()
        heading(page, "Person 2")
        assert Decision.objects.get().candidate_id == screening.candidate_ids[0]
        assert Decision.objects.get().verdict == Verdict.REJECTED


class TestNumbers:
    def test_are_those_of_now_on_pages_that_were_at_hand(self, page, town, open_page):
        open_page(start(town, 4))
        page.wait_for_load_state("networkidle")

        page.keyboard.press("s")
        heading(page, "Person 2")
        numbers(page, 1, 0, 3)
        page.keyboard.press("r")
        page.keyboard.press("1")
        heading(page, "Person 3")
        numbers(page, 1, 1, 2)
        page.get_by_role("button", name="Take back the last decision 2").wait_for()
        page.keyboard.press("u")
        heading(page, "Person 2")
        numbers(page, 1, 0, 3)
        page.keyboard.press("u")
        heading(page, "Person 1")
        numbers(page, 0, 0, 4)

        assert page.locator("[data-undo]").is_hidden()
        page.get_by_text("Everything you decided is saved").wait_for()
        assert not Decision.objects.standing().exists()

    def test_hold_what_was_decided_in_another_window(self, page, town, open_page):
        screening = start(town, 4)
        open_page(screening)
        page.wait_for_load_state("networkidle")
        decide_elsewhere(town, screening, 3)

        page.keyboard.press("s")
        heading(page, "Person 2")
        numbers(page, 2, 0, 2)
        page.keyboard.press("j")
        heading(page, "Person 3")

        page.locator("[data-standing]", has_text="Shortlisted").wait_for()
        assert page.locator("[data-decide]").is_hidden()

    def test_of_a_reload_are_taken_back_in_their_order(self, page, town, open_page):
        screening = start(town, 3)
        open_page(screening)
        page.keyboard.press("s")
        heading(page, "Person 2")
        page.keyboard.press("s")
        heading(page, "Person 3")
        wait_for_decisions(page, screening, 2)
        page.reload()
        numbers(page, 2, 0, 1)

        page.keyboard.press("u")
        heading(page, "Person 2")
        page.keyboard.press("u")
        heading(page, "Person 1")

        wait_for_decisions(page, screening, 0)
        numbers(page, 0, 0, 3)

    def test_leave_out_what_was_taken_back_in_another_window(
        self, page, town, open_page
    ):
        screening = start(town, 4)
        theirs = decide_elsewhere(town, screening, 3)
        open_page(screening)
        numbers(page, 1, 0, 3)
        page.wait_for_load_state("networkidle")
        undo_decision(
            screening_id=screening.pk,
            decision_id=theirs.pk,
            actor=Actor.of(town.recruiter),
            undone_at=LATER,
        )

        page.keyboard.press("s")
        heading(page, "Person 2")
        page.get_by_text("Everything you decided is saved").wait_for()
        numbers(page, 1, 0, 3)
        page.keyboard.press("u")

        heading(page, "Person 1")
        wait_for_decisions(page, screening, 0)


class TestTakingBackWhileTyping:
    def test_leaves_the_keys_in_the_note(self, page, town, open_page):
        screening = start(town, 2)
        open_page(screening)
        page.keyboard.press("s")
        heading(page, "Person 2")
        wait_for_decisions(page, screening, 1)
        slow = Held(page, "**/undo/")

        page.keyboard.press("u")
        heading(page, "Person 1")
        page.keyboard.press("n")
        page.keyboard.type("see")
        slow.let_go()
        page.get_by_text("Everything you decided is saved").wait_for()
        page.wait_for_load_state("networkidle")
        page.keyboard.type(" rust")
        page.keyboard.press("Control+Enter")

        page.get_by_text("You, just now").wait_for()
        assert Note.objects.get(text="see rust").job_id == town.job.pk
        assert not screening.decisions.standing().exists()
