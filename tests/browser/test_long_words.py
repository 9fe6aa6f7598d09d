"""Words that no line holds: titles, names and messages stay in their boxes."""

from typing import Any

import pytest

from recruit.candidates.models import Candidate
from tests.browser.conftest import LAYOUT
from tests.factories import make_application, make_candidate, make_job
from tests.matching.indexed import index_everything

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter"
WIDTHS = (390, 320)
RANK = "document.querySelector('.match-rank').lastChild"


@pytest.fixture
def person(town: Any) -> Candidate:
    """Give somebody of a long word, ranked for a job of one and in its pipeline."""
    job = make_job(
        "Pruning",
        WORD,
        requisition_code="LONG-1",
        title=WORD,
        department=WORD,
        place=WORD,
        recruiters=[town.recruiter],
    )
    person, _other = (
        make_candidate(
            *skills, given_name=WORD, headline=WORD, place=WORD, summary=WORD
        )
        for skills in (["Pruning", WORD], ["Pruning", WORD, "Grafting"])
    )
    make_application(job, person)
    index_everything()
    return person


@pytest.fixture
def narrow(browser: Any, live_server: Any, sign_in: Any, person: Candidate) -> Any:
    context = browser.new_context(
        viewport={"width": WIDTHS[0], "height": 844}, base_url=live_server.url
    )
    page = context.new_page()
    sign_in(page)
    yield page
    context.close()


def problems_of(page: Any) -> list[str]:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        found += [f"{width} px: {one}" for one in page.evaluate(LAYOUT, True)]
    return found


@pytest.mark.browser
class TestLongWords:
    def test_stay_in_lists_on_cards_and_in_headings(self, narrow, person):
        wrong = {}
        for address in (
            "/",
            "/jobs/",
            "/jobs/LONG-1/",
            "/jobs/LONG-1/?criteria=open",
            "/jobs/LONG-1/pipeline/",
            "/jobs/LONG-1/pipeline/?view=list",
            "/jobs/LONG-1/met-before/",
            "/candidates/",
            f"/candidates/?q={WORD}",
            f"/candidates/{person.pk}/",
            f"/candidates/{person.pk}/similar/",
            f"/jobs/LONG-1/candidates/{person.pk}/",
        ):
            narrow.goto(address)
            if problems := problems_of(narrow):
                wrong[address] = problems

        assert wrong == {}

    def test_stay_in_what_the_page_says_back(self, narrow):
        narrow.goto("/jobs/LONG-1/pipeline/?view=list")
        narrow.get_by_role("button", name="Move").first.click()
        narrow.locator(".flash", has_text=WORD).wait_for()
        assert problems_of(narrow) == []

        narrow.goto("/jobs/LONG-1/shortlist/")
        narrow.locator(".listed", has_text=WORD).wait_for()
        assert problems_of(narrow) == []


@pytest.mark.browser
class TestRankedList:
    def test_holds_a_rank_of_four_digits_on_one_line(self, narrow):
        narrow.goto("/jobs/LONG-1/")
        one = narrow.locator(".match-rank").first.bounding_box()["height"]

        narrow.evaluate(f"{RANK}.data = '1024'")

        assert narrow.locator(".match-rank").first.bounding_box()["height"] == one

    def test_is_covered_by_its_bar_only_where_somebody_is_marked(self, narrow):
        narrow.goto("/jobs/GRD-1/")
        bar = narrow.locator(".bulk-bar")
        assert not stands_in_the_window(bar)

        narrow.locator(".match").get_by_role("checkbox").first.check()

        assert stands_in_the_window(bar)
        assert bar.bounding_box()["height"] < 844 / 6

    def test_is_covered_by_no_bar_beside_a_search(self, narrow):
        narrow.goto("/candidates/")
        bar = narrow.locator(".bulk-bar")
        assert not stands_in_the_window(bar)

        narrow.get_by_role("checkbox", name="Mark").first.check()

        assert stands_in_the_window(bar)
        assert bar.bounding_box()["height"] < 844 / 6


def stands_in_the_window(bar: Any) -> bool:
    box = bar.bounding_box()
    return bool(box["y"] + box["height"] <= 844)
