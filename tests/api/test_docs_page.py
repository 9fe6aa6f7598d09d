"""/api/v1/docs in a browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.api.caller import Caller
from tests.factories import make_job, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [1280, 390]


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
        page.wait_for_selector("#operations-jobs-jobs_list")

        assert page.locator(".opblock").count() >= 20
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
        listed = page.locator("#operations-jobs-jobs_list")
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
