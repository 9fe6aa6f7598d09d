"""Every page with the Tab key alone; what opens gives the focus back."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import resolve

from tests.browser.conftest import Town
from tests.browser.looking import told

TABBING = (Path(__file__).parent / "tabbing.js").read_text()
# Some of what opens asks the server for its content; until that is there, places move.
OPEN = """async () => {
  for (const each of document.querySelectorAll("details:not(.menu)")) each.open = true;
  do await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  while (document.querySelector(".htmx-request"));
}"""
FROM_THE_BEGINNING = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}"""
NAMES = """
<style>
a:focus { outline: 3px solid #00f }
p { font: 16px monospace; width: 14ch }
</style>
<a class="skip-link" href="#main">Skip</a> <main id="main">
<p><a href="#a">Ada Oak</a>, <a href="#b">Bea Oak</a>, <a href="#c">Cem Oak</a></p>
</main>
"""
MOST_STOPS = 400
AT_ONCE = 25
FOCUSED = "document.activeElement"
# A page of each kind, and those that look otherwise when asked for otherwise.
TOLD_APART = ("criteria=open", "view=list", "at=2", "person=", "q=a+gardener")


def _of_each_kind(addresses: list[str]) -> list[str]:
    kinds: dict[str, str] = {}
    for address in addresses:
        path, _, query = address.partition("?")
        kind = "nowhere" if path == "/nowhere/" else resolve(path).view_name
        apart = next((one for one in TOLD_APART if one in query), "")
        kinds.setdefault(kind + apart, address)
    return list(kinds.values())


@pytest.fixture
def opened(browser: Any, live_server: Any) -> Any:
    """Give a function that opens an empty page of a size."""
    contexts = []

    def open_sized(width: int, height: int) -> Any:
        size = {"width": width, "height": height}
        contexts.append(
            browser.new_context(
                viewport=size, base_url=live_server.url, reduced_motion="reduce"
            )
        )
        return contexts[-1].new_page()

    yield open_sized
    for context in contexts:
        context.close()


@pytest.mark.browser
@pytest.mark.long
class TestTab:
    @pytest.mark.parametrize("size", [(1280, 800), (390, 700)], ids=["wide", "narrow"])
    @pytest.mark.parametrize("half", [0, 1])
    def test_goes_through_every_page_in_its_order(
        self, opened, everywhere, sign_in, size, half
    ):
        page = opened(*size)
        sign_in(page)
        wrong = {}
        for address in _of_each_kind(everywhere)[half::2]:
            page.goto(address)
            if problems := _tab_through(page):
                wrong[address] = problems

        assert not wrong, told(wrong)

    @pytest.mark.usefixtures("ranked")
    @pytest.mark.parametrize("size", [(1280, 800), (390, 700)], ids=["wide", "narrow"])
    @pytest.mark.parametrize(
        "address",
        ["/jobs/GRD-1/", "/candidates/", "/jobs/GRD-1/pipeline/?view=list"],
    )
    def test_comes_to_nothing_that_the_bar_of_the_marked_hides(
        self, opened, town, sign_in, size, address
    ):
        page = opened(*size)
        sign_in(page)
        page.goto(address)
        page.get_by_role("checkbox", name="Mark").first.check()

        assert _tab_through(page) == []

    def test_goes_through_the_entrance(self, opened, town):
        page = opened(1280, 800)
        page.goto("/accounts/login/")

        assert _tab_through(page) == []

    # The second of three names begins at the end of a line and goes on in the next.
    @pytest.mark.parametrize(
        ("direction", "problems"),
        [
            ("row", []),
            (
                "row-reverse",
                [
                    "jumps back from a “Ada Oak” to a “Bea Oak”",
                    "jumps back from a “Bea Oak” to a “Cem Oak”",
                ],
            ),
        ],
    )
    def test_follows_names_over_the_end_of_a_line(self, opened, direction, problems):
        page = opened(390, 700)
        page.set_content(NAMES)
        if direction == "row-reverse":
            page.add_style_tag(
                content="p { display: flex; flex-direction: row-reverse }"
            )

        assert _tab_through(page) == problems


def _tab_through(page: Any) -> list[str]:
    page.evaluate(OPEN)
    page.evaluate(TABBING)
    page.evaluate(FROM_THE_BEGINNING)
    for _ in range(0, MOST_STOPS, AT_ONCE):
        for _ in range(AT_ONCE):
            page.keyboard.press("Tab")
        if page.evaluate("tabbed.isDone"):
            return list(dict.fromkeys(page.evaluate("tabbed.found")))
    return ["does not come back to where it began"]


@pytest.mark.browser
class TestSkipLink:
    @pytest.mark.parametrize("address", ["/", "/jobs/GRD-1/", "/candidates/"])
    def test_leads_over_everything_that_every_page_has(
        self, opened, town, sign_in, address
    ):
        page = opened(390, 700)
        sign_in(page)
        page.goto(address)

        page.keyboard.press("Tab")
        assert page.evaluate(f"{FOCUSED}.className") == "skip-link"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")

        assert page.evaluate(f"{FOCUSED}.closest('main') !== null")


@pytest.mark.browser
@pytest.mark.usefixtures("ranked")
class TestWhatOpens:
    @pytest.mark.parametrize(
        ("address", "menu"),
        [
            ("/", "details.account"),
            ("/jobs/GRD-1/", ".page-head details.menu"),
        ],
    )
    def test_gives_the_focus_back_to_its_menu(
        self, opened, town, sign_in, address, menu
    ):
        page = opened(1280, 800)
        sign_in(page)
        page.goto(address)
        opener = page.locator(f"{menu} > summary")
        opener.focus()

        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate(f"{FOCUSED}.closest('.menu-panel') !== null")
        page.keyboard.press("Escape")

        assert page.locator(menu).get_attribute("open") is None
        assert opener.evaluate(f"one => one === {FOCUSED}")

    def test_gives_the_focus_back_to_a_card(self, opened, town, sign_in):
        page = opened(1280, 800)
        sign_in(page)
        page.goto("/jobs/GRD-1/pipeline/")
        more = page.locator("[data-moves]").first
        more.focus()

        page.keyboard.press("Enter")
        page.get_by_role("dialog").wait_for()
        for _ in range(20):
            page.keyboard.press("Tab")
        # The window of the browser itself comes round too, as the body.
        assert page.evaluate(f"{FOCUSED}.matches('body, dialog *, dialog')")
        page.keyboard.press("Escape")

        page.get_by_role("dialog").wait_for(state="hidden")
        assert more.evaluate(f"one => one === {FOCUSED}")

    def test_gives_the_focus_back_in_a_screening(self, opened, town: Town, sign_in):
        page = opened(1280, 800)
        sign_in(page)
        page.goto(f"/jobs/GRD-1/screening/{town.screening.pk}/")
        keys = page.locator("[data-show-keys]")
        keys.focus()
        page.keyboard.press("Enter")
        page.get_by_role("dialog").wait_for()
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="hidden")
        assert keys.evaluate(f"one => one === {FOCUSED}")

        page.keyboard.press("r")
        page.locator(".reject-reasons").wait_for()
        page.keyboard.press("Escape")

        page.locator(".reject-reasons").wait_for(state="hidden")
        assert page.evaluate(f"{FOCUSED}.matches('.reject > summary')")
