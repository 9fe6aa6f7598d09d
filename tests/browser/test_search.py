"""The way of a search: narrowed, kept, and telling who is new in it."""

import pytest
from playwright.sync_api import expect

from tests.matching.indexed import index_everything
from tests.matching.workers import read_queries, see_worker

NAME = "Roses and soil"


@pytest.mark.browser
class TestSavedSearch:
    def test_tells_on_home_of_exactly_who_is_new(
        self, any_page, live_server, town, ranked, sign_in
    ):
        page = any_page
        see_worker()
        sign_in(page)
        page.goto(f"{live_server.url}/candidates/?q=roses")
        read_queries()
        page.get_by_text("By meaning and words").first.wait_for()
        page.get_by_text("Narrow the list").click()
        page.get_by_role("checkbox", name="Soil").check()
        page.get_by_role("button", name="Apply").click()
        page.get_by_text("gated out").wait_for()
        assert "q=roses" in page.url
        assert "skill=Soil" in page.url

        page.get_by_text("Save this search").click()
        page.locator("#save-name").fill(NAME)
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_text(f"The search “{NAME}” is saved").wait_for()
        expect(page.locator(".person-found")).to_have_count(5)
        page.goto(f"{live_server.url}/")
        expect(page.locator("#new-matches", has_text=NAME)).to_have_count(0)

        page.goto(f"{live_server.url}/candidates/new/")
        page.locator("[name=given_name]").fill("Newcomer")
        page.locator("[name=headline]").fill("Cares for roses")
        page.locator("[name=skills-0-skill]").fill("Roses")
        page.locator("[name=skills-1-skill]").fill("Soil")
        page.get_by_role("button", name="Add candidate").click()
        page.get_by_text("Newcomer is added").wait_for()
        index_everything()

        page.goto(f"{live_server.url}/")
        line = page.locator("#new-matches li", has_text=NAME)
        expect(line).to_contain_text("1 new match")
        line.get_by_text("1 new match").click()
        page.get_by_text("Only who is new since").wait_for()
        people = page.locator(".person-found .title-link")
        expect(people).to_have_count(1)
        expect(people).to_have_text("Newcomer")

        page.goto(f"{live_server.url}/")
        page.get_by_role("heading", name="Hello").wait_for()
        expect(page.locator("#new-matches li", has_text=NAME)).to_have_count(0)
