"""/api/v1/docs in a browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe

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
