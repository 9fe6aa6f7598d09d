"""Every page in made-up languages: nothing untranslated, and no word breaks a page."""

from typing import Any

import pytest

from recruit.applications.veil import veil_of
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job
from tests.browser.conftest import LAYOUT
from tests.browser.looking import OPEN_ALL, told
from tests.words.leftovers import everything_kept, leftovers
from tests.words.pseudo import LONG, RIGHT_TO_LEFT, offer

WIDTHS = (1280, 390, 320)


@pytest.fixture(autouse=True)
def _offered(settings: Any) -> None:
    offer(settings)


@pytest.fixture
def abroad(browser: Any, live_server: Any, sign_in: Any) -> Any:
    """Give a function that opens a page for somebody who reads another language."""
    contexts = []

    def open_in(language: str) -> Any:
        contexts.append(
            browser.new_context(
                base_url=live_server.url,
                extra_http_headers={"Accept-Language": language},
            )
        )
        page = contexts[-1].new_page()
        sign_in(page)
        return page

    yield open_in
    for context in contexts:
        context.close()


@pytest.mark.browser
@pytest.mark.long
class TestWords:
    def test_are_all_translated_and_break_no_page_where_they_are_long(
        self, abroad: Any, everywhere: list[str]
    ):
        page, kept = abroad(LONG), everything_kept() + _hidden_names()

        wrong = {
            address: problems
            for address in everywhere
            if (problems := _look(page, address, "ltr") + _left(page, address, kept))
        }

        assert not wrong, told(wrong)

    def test_break_no_page_where_they_run_from_right_to_left(
        self, abroad: Any, everywhere: list[str]
    ):
        page = abroad(RIGHT_TO_LEFT)

        wrong = {
            address: problems
            for address in everywhere
            if (problems := _look(page, address, "rtl"))
        }

        assert not wrong, told(wrong)


def _hidden_names() -> str:
    """Return what people are called where a job hides their names."""
    veil = veil_of(Job.objects.get(requisition_code="HID-1"))
    return " ".join(
        each.name for each in veil.people(list(Candidate.objects.all())).values()
    )


def _look(page: Any, address: str, direction: str) -> list[str]:
    """Return what is wrong with the layout, as a page comes and with all opened."""
    page.goto(address)
    problems = []
    if page.evaluate("getComputedStyle(document.body).direction") != direction:
        problems.append(f"does not run {direction}")
    for is_opened in (False, True):
        if is_opened:
            page.evaluate(OPEN_ALL)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found = page.evaluate(LAYOUT, not is_opened)
            problems += [f"{width} px: {problem}" for problem in found]
    return list(dict.fromkeys(problems))


def _left(page: Any, address: str, kept: str) -> list[str]:
    return [
        f"not translated: {one}" for one in leftovers(page.content(), kept + address)
    ]
