"""The way of a person through a job, with and without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application
from tests.matching.workers import read_queries, see_worker


@pytest.mark.browser
class TestPipelineFlow:
    def test_leads_from_sign_in_over_a_rejection_to_its_undo(
        self, any_page, live_server, town, ranked, sign_in
    ):
        page = any_page
        sign_in(page)
        page.get_by_role("link", name="Head gardener").first.click()
        page.get_by_role("button", name="Add Ada").click()
        page.get_by_text("is in the pipeline now").wait_for()

        page.get_by_role("link", name="Pipeline").click()
        page.get_by_role("button", name="Move Ada").click()
        page.get_by_text("moved to “Screening”").wait_for()

        card = page.locator(".person", has_text="Ada")
        card.get_by_role("link", name="More for Ada").click()
        page.get_by_label("Reason for the rejection").select_option(index=1)
        page.get_by_role("button", name="Reject", exact=True).click()
        page.get_by_text("rejected: ").wait_for()
        ada = Application.objects.get(candidate__given_name="Ada")
        assert ada.outcome == Outcome.REJECTED

        page.get_by_role("button", name="Undo", exact=True).click()
        page.get_by_text("is back in “Screening”").wait_for()
        ada.refresh_from_db()
        assert (ada.outcome, ada.stage) == (Outcome.ACTIVE, Stage.SCREENING)

    def test_adds_all_marked_people(self, any_page, live_server, town, ranked, sign_in):
        sign_in(any_page)
        any_page.goto(f"{live_server.url}/jobs/GRD-1/")
        any_page.get_by_label("Mark Ada").check()
        any_page.get_by_label("Mark Bea").check()

        any_page.get_by_role("button", name="Add marked").click()

        any_page.get_by_text("Added to the pipeline: 2 people").wait_for()

    def test_adds_a_row_of_requirements_and_keeps_what_was_typed(
        self, any_page, live_server, town, sign_in
    ):
        sign_in(any_page)
        any_page.goto(f"{live_server.url}/jobs/new/")
        any_page.get_by_label("Title").fill("Diver")
        any_page.locator("[name=requirements-0-skill]").fill("Diving")

        any_page.get_by_role("button", name="Add rows").click()

        any_page.locator("[name=requirements-3-skill]").wait_for()
        typed = any_page.locator("[name=requirements-0-skill]").input_value()
        assert typed == "Diving"
        assert any_page.get_by_label("Title").input_value() == "Diver"


@pytest.mark.browser
class TestKeyboard:
    def test_chooses_a_suggested_skill(self, page, live_server, town, sign_in):
        sign_in(page)
        page.goto(f"{live_server.url}/jobs/new/")
        skill = page.locator("[name=requirements-0-skill]")

        skill.press_sequentially("gra")
        page.get_by_role("option", name="Grafting").wait_for()
        skill.press("ArrowDown")
        skill.press("Enter")

        assert skill.input_value() == "Grafting"
        assert skill.get_attribute("aria-expanded") == "false"
        assert page.url.endswith("/jobs/new/")

    def test_goes_through_the_ranked_list(
        self, page, live_server, town, ranked, sign_in
    ):
        sign_in(page)
        page.goto(f"{live_server.url}/jobs/GRD-1/")

        for key in ("j", "j", "k", "o", "x"):
            page.keyboard.press(key)

        first = page.locator(".match").first
        assert first.locator(".match-evidence").get_attribute("open") is not None
        assert first.get_by_role("checkbox").is_checked()

    def test_reaches_the_content_first(self, page, live_server, town, sign_in):
        sign_in(page)
        page.goto(f"{live_server.url}/jobs/")

        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.browser
class TestFreeTextSearch:
    def test_shows_words_at_once_and_meaning_when_it_was_read(
        self, any_page, live_server, town, ranked, sign_in
    ):
        see_worker()
        sign_in(any_page)
        any_page.goto(f"{live_server.url}/candidates/")
        any_page.locator("#id_q").fill("somebody who prunes roses in parks")

        any_page.locator("#id_q").press("Enter")

        any_page.get_by_text("meaning of your text is being read").first.wait_for()
        any_page.locator("mark", has_text="roses").first.wait_for()
        assert any_page.locator(".person-found").count()
        read_queries()
        any_page.get_by_text("By meaning and words").first.wait_for()
        any_page.get_by_role("link", name="Ada").wait_for()
        assert "q=somebody+who+prunes" in any_page.url

    def test_says_that_no_worker_runs(
        self, any_page, live_server, town, ranked, sign_in
    ):
        see_worker(at=timezone.now() - timedelta(hours=1))
        sign_in(any_page)

        any_page.goto(f"{live_server.url}/candidates/?q=roses")

        any_page.get_by_text("the indexing worker is not running").wait_for()
        any_page.get_by_role("link", name="Ada").wait_for()

    def test_finds_people_from_every_page_and_like_one_of_them(
        self, any_page, live_server, town, ranked, sign_in
    ):
        sign_in(any_page)
        search = any_page.get_by_role("searchbox", name="Find people")
        search.fill("Ada")
        search.press("Enter")
        any_page.locator(".person-found").get_by_role("link", name="Ada").click()

        any_page.get_by_role("link", name="People like this one").click()

        any_page.get_by_role("heading", name="People like Ada").wait_for()
        any_page.get_by_role("link", name="Bea").wait_for()

    def test_finds_as_typed_by_words(self, page, live_server, town, ranked, sign_in):
        sign_in(page)
        page.goto(f"{live_server.url}/candidates/")

        page.locator("#id_q").press_sequentially("roses")

        page.get_by_text("Press Enter to search by meaning").first.wait_for()
        page.get_by_role("link", name="Bea").wait_for()
        page.wait_for_url("**/candidates/?q=roses")


@pytest.mark.browser
class TestSearchAsTyped:
    def test_narrows_the_list_and_the_address(self, page, live_server, town, sign_in):
        sign_in(page)
        page.goto(f"{live_server.url}/jobs/")

        page.locator("#id_q").press_sequentially("head")

        page.get_by_text("Nothing said yet").wait_for(state="detached")
        page.wait_for_url("**q=head**")
