"""Pages that refresh themselves while the worker reads, under somebody's hands."""

from typing import Any

import pytest

from tests.browser.conftest import Town
from tests.factories import make_job
from tests.matching.indexed import index_everything
from tests.matching.workers import read_queries, see_worker

FOCUSED = "document.activeElement"
SEARCH = "/candidates/?q=somebody+who+prunes+roses+in+parks"


@pytest.fixture
def searching(
    page: Any, live_server: Any, town: Town, ranked: None, sign_in: Any
) -> Any:
    """Give the words found for a text whose meaning nobody has read yet."""
    see_worker()
    sign_in(page)
    page.goto(f"{live_server.url}{SEARCH}")
    page.get_by_text("meaning of your text is being read").first.wait_for()
    return page


def refresh(page: Any) -> None:
    """Wait until the page has asked once more, and then once more."""
    for _ in range(2):
        with page.expect_response(lambda answer: "/candidates/" in answer.url):
            pass


@pytest.mark.browser
class TestSearch:
    def test_keeps_marks_and_what_was_typed(self, searching):
        searching.get_by_label("Mark Bea").check()
        searching.get_by_label("Where to").select_option("new")
        searching.get_by_label("Name of the new talent pool").fill("For spring")

        refresh(searching)
        read_queries()
        searching.get_by_text("By meaning and words").first.wait_for()

        assert searching.get_by_label("Mark Bea").is_checked()
        assert not searching.get_by_label("Mark Cem").is_checked()
        name = searching.get_by_label("Name of the new talent pool")
        assert name.input_value() == "For spring"
        assert name.evaluate(f"field => field === {FOCUSED}")

    def test_keeps_the_focus_in_a_row_and_where_it_was_typed(self, searching):
        searching.get_by_label("Mark Bea").focus()
        refresh(searching)
        assert searching.evaluate(f"{FOCUSED}.ariaLabel").startswith("Mark Bea")

        searching.get_by_role("searchbox", name="Find people").focus()
        refresh(searching)
        read_queries()
        searching.get_by_text("By meaning and words").first.wait_for()

        assert searching.evaluate(f"{FOCUSED}.ariaLabel") == "Find people"

    def test_takes_the_focus_from_nobody(self, searching):
        refresh(searching)
        read_queries()
        searching.get_by_text("By meaning and words").first.wait_for()

        assert searching.evaluate(f"{FOCUSED} === document.body")


@pytest.mark.browser
class TestRanking:
    def test_comes_without_taking_the_focus(self, page, live_server, town, sign_in):
        see_worker()
        make_job("Pruning", requisition_code="NEW-9", recruiters=[town.recruiter])
        sign_in(page)
        page.goto(f"{live_server.url}/jobs/NEW-9/")
        page.get_by_role("heading", name="Matches are being prepared").wait_for()
        tab = page.get_by_role("link", name="Met before")
        tab.focus()

        index_everything()

        page.locator(".match").first.wait_for()
        assert tab.evaluate(f"link => link === {FOCUSED}")
