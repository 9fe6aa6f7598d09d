"""/api/v1/docs in a browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from tests.api.caller import Caller
from tests.api.stated import all_calls
from tests.factories import make_job, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [1280, 390]
JOBS, CALL = "#operations-tag-jobs", "#operations-jobs-jobs_list"


def calls_by_kind() -> dict[str, set[str]]:
    """Return the ids of the calls of each kind of row, as the page writes them."""
    found: dict[str, set[str]] = {}
    for call in all_calls():
        found.setdefault(call.operation["tags"][0], set()).add(str(call))
    return found


class TestDocumentation:
    @pytest.mark.parametrize("width", WIDTHS)
    def test_shows_every_call_and_asks_no_other_host(self, page, live_server, width):
        complaints: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.set_viewport_size({"width": width, "height": 900})

        page.goto(f"{live_server.url}/api/v1/docs")
        page.wait_for_selector(JOBS)
        kinds = page.locator(".opblock-tag")
        assert kinds.count() == len(calls_by_kind()) > 10

        for kind, calls in calls_by_kind().items():
            heading = page.locator(f"#operations-tag-{kind}")
            heading.locator("button").first.click()
            page.wait_for_selector(f"[id^=operations-{kind}-]")
            ours = page.locator(f"[id^=operations-{kind}-]").all()
            assert sorted(one.get_attribute("id") for one in ours) == sorted(
                f"operations-{kind}-{one}" for one in calls
            )
            heading.locator("button").first.click()
        page.locator(f"{JOBS} button").first.click()
        page.wait_for_selector(CALL)

        assert complaints == []
        assert all(url.startswith((live_server.url, "data:")) for url in asked)
        assert Axe().run(page).violations_count == 0

    @pytest.mark.parametrize("width", WIDTHS)
    def test_calls_with_a_token(self, page, live_server, width):
        job = make_job(title="Gardener of roses")
        caller = Caller(make_user())
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{live_server.url}/api/v1/docs")

        page.get_by_role("button", name="Authorize").first.click()
        token = page.locator(".auth-container", has_text="(http, Bearer)")
        token.get_by_role("textbox").fill(caller.secret)
        token.get_by_role("button", name="Apply credentials").click()
        page.get_by_role("button", name="Close").last.click()
        page.locator(f"{JOBS} button").first.click()
        listed = page.locator(CALL)
        listed.locator(".opblock-summary-control").click()
        listed.get_by_role("button", name="Try it out").click()
        listed.get_by_role("button", name="Execute").click()

        answer = listed.locator(".live-responses-table .response")
        assert answer.locator(".response-col_status").inner_text().startswith("200")
        assert str(job.pk) in answer.inner_text()
        assert f"Bearer {caller.secret}" in listed.locator(".curl").inner_text()
        assert complaints == []
        width_of_page = page.evaluate("document.documentElement.scrollWidth")
        assert width_of_page <= width


@pytest.fixture
def docs(page, live_server):
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{live_server.url}/api/v1/docs")
    page.locator(f"{JOBS} button").first.click()
    page.wait_for_selector(CALL)
    return page


def opened(page):
    page.locator(f"{CALL} .opblock-summary-control").click()
    call = page.locator(CALL)
    call.locator(".response").first.wait_for()
    return call


class TestReading:
    def test_keeps_to_the_colours_of_the_system(self, docs):
        bright = docs.evaluate("getComputedStyle(document.body).color")
        docs.emulate_media(color_scheme="dark")

        docs.wait_for_selector("html.dark-mode")

        assert docs.evaluate("getComputedStyle(document.body).color") != bright
        assert Axe().run(docs).violations_count == 0

    def test_leads_back_and_to_the_guides(self, docs):
        docs.get_by_role("link", name="Back to the pages").wait_for()
        for guide in re.findall(r"docs/[a-z-]+\.md", docs.content()):
            assert (settings.BASE_DIR / guide).is_file()

    def test_opens_the_answer_that_succeeds_alone(self, docs):
        call = opened(docs)
        box = call.bounding_box()
        assert box is not None
        assert box["height"] < 6_500
        assert call.locator(".response").count() == 1
        line = call.locator(".answer-line", has_text="401")

        line.get_by_role("button").click()

        assert call.locator(".response").count() == 2
        assert line.get_by_role("button").get_attribute("aria-expanded") == "true"
        line.get_by_role("button").click()
        assert call.locator(".response").count() == 1

    def test_fills_in_no_parameter(self, docs):
        call = opened(docs)
        call.get_by_role("button", name="Try it out").click()

        inputs = call.locator(".parameters input").all()

        assert len(inputs) > 5
        default = "50"  # of per_page
        assert {one.input_value() for one in inputs} <= {"", default}
        assert "Example: 4711" in call.inner_text()

    def test_asks_for_nothing_that_a_browser_cannot_send(self, docs):
        docs.get_by_role("button", name="Authorize").first.click()

        asked = docs.locator(".auth-container")
        asked.first.wait_for()
        assert asked.count() == 1
        assert "(http, Bearer)" in asked.inner_text()
