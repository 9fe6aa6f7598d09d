"""Every page in a real browser: it fits, it is accessible, it keeps its policy."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Town

WIDE, NARROW = 1280, 390
OPEN_ALL = "document.querySelectorAll('main details').forEach(d => d.open = true)"


def addresses(town: Town) -> list[str]:
    return [
        "/",
        "/jobs/",
        "/jobs/?q=nothing+of+the+kind",
        "/jobs/new/",
        "/jobs/new/text/",
        "/start/",
        "/start/company/",
        "/start/people/",
        "/start/ranking/",
        "/jobs/GRD-1/",
        "/jobs/GRD-1/?order=hybrid",
        "/jobs/GRD-1/?criteria=open",
        "/jobs/GRD-1/?country=NL&sort=years",
        "/jobs/GRD-1/?skill=Telekinesis&salary=much",
        f"/jobs/GRD-1/candidates/{town.candidate.pk}/",
        "/jobs/GRD-1/edit/",
        "/jobs/GRD-1/met-before/",
        "/jobs/NEW-1/met-before/",
        "/jobs/GRD-1/pipeline/",
        "/jobs/GRD-1/screening/",
        "/jobs/GRD-1/shortlist/",
        f"/jobs/GRD-1/shortlist/?person={town.screening.candidate_ids[1]}",
        "/jobs/GRD-1/shortlist/print/",
        "/jobs/GRD-1/compare/?people="
        + "&people=".join(map(str, town.screening.candidate_ids)),
        f"/jobs/GRD-1/screening/{town.screening.pk}/",
        "/jobs/GRD-1/pipeline/?stage=applied",
        "/jobs/GRD-1/pipeline/?view=list",
        f"/applications/{town.job.applications.active()[0].pk}/moves/",
        "/jobs/NEW-1/",
        "/candidates/",
        "/candidates/?q=nothing&every_word=on",
        "/candidates/?q=a+gardener+of+roses+in+parks+-diving",
        "/candidates/?q=Thin+motor+sport",
        "/candidates/?q=foo:bar+roses&skill=Soil&source=unsaid&contact=never",
        "/candidates/?tag=silver+medallist&language=nl",
        "/candidates/?skill=Telekinesis",
        "/candidates/?q=asdfgh+qwerty",
        "/candidates/?q=roses&new=on&since=2026-01-01T00:00:00Z",
        "/jobs/GRD-1/?new=on&since=2026-01-01T00:00:00Z",
        "/candidates/new/",
        f"/candidates/{town.candidate.pk}/",
        f"/candidates/{town.candidate.pk}/edit/",
        f"/candidates/{town.candidate.pk}/similar/",
        f"/candidates/{town.candidate.pk}/activity/",
        f"/candidates/{town.candidate.pk}/activity/?kind=notes",
        "/jobs/GRD-1/activity/",
        f"/notes/{town.note.pk}/",
        "/mentions/",
        "/imports/",
        "/demo/remove/",
        "/map/",
        "/map/1/",
        "/talent/",
        f"/talent/{town.pool.pk}/",
        f"/talent/{town.pool.pk}/edit/",
        f"/searches/{town.search.pk}/",
        f"/searches/{town.search.pk}/?new=on",
        f"/searches/{town.search.pk}/new/",
        f"/searches/{town.search.pk}/edit/",
        "/reports/time-to-fill/",
        "/reports/time-in-stage/",
        "/reports/time-in-stage/rows/?column=left&line=applied",
        "/reports/pass-through/?since=&until=2026-01-01",
        "/reports/pass-through/?since=",
        "/reports/sources/?job=none",
        "/reports/workload/?since=",
        "/accounts/password/change/",
        "/accounts/logout/",
        "/jobs/GRD-1/?after=7",
        "/jobs/GRD-1/?order=words",
        "/nowhere/",
    ]


@pytest.mark.browser
class TestEveryPage:
    @pytest.mark.usefixtures("ranked")
    @pytest.mark.parametrize(
        "sight", [(WIDE, "light"), (NARROW, "light"), (NARROW, "dark")]
    )
    def test_fits_and_is_accessible(self, browser, live_server, town, sign_in, sight):
        width, scheme = sight
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        sign_in(page)

        found = {
            address: problems
            for address in addresses(town)
            if (problems := look(page, f"{live_server.url}{address}", width))
        }
        context.close()

        assert found == {}
        assert [text for text in complaints if "Failed to load" not in text] == []

    def test_of_the_entrance_is_accessible(self, page, live_server, town):
        for address in ("/accounts/login/", "/accounts/password/reset/"):
            assert look(page, f"{live_server.url}{address}", WIDE) == []


def look(page: Any, address: str, width: int) -> list[str]:
    """Return what is wrong with the page of an address."""
    page.goto(address)
    return look_at(page, width)


def look_at(page: Any, width: int) -> list[str]:
    """Return what is wrong with a page, as it comes and with everything opened."""
    problems = overflow(page, width)
    page.evaluate(OPEN_ALL)
    problems += overflow(page, width)
    return problems + [
        f"{rule['id']}: {[node['target'] for node in rule['nodes']][:3]}"
        for rule in Axe().run(page).response["violations"]
    ]


def overflow(page: Any, width: int) -> list[str]:
    taken = page.evaluate("document.documentElement.scrollWidth")
    return [f"{taken} px wide"] if taken > width else []
