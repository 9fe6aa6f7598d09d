"""The list of the audit log on the admin site."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from recruit.accounts.choices import Role
from recruit.candidates.models import Candidate
from tests.api.caller import Caller
from tests.dashboard.conftest import client_of
from tests.factories import PASSWORD, make_candidate, make_user

LIST = "/admin/audit/entry/"
SIDEWAYS = "one => one.scrollWidth - one.clientWidth"


@pytest.fixture
def administering(db: None) -> Client:
    return client_of(make_user(Role.ADMINISTRATOR))


def rows(client: Client) -> list[str]:
    page = client.get(LIST).content.decode()
    found = re.findall(r"<tr><td class=\"action-checkbox\">.*?</tr>", page, re.DOTALL)
    return [" ".join(strip_tags(row.replace("<", " <")).split()) for row in found]


class TestList:
    def test_tells_what_was_written_by_whom_and_from_where(self, administering):
        caller = Caller(make_user(name="Kim"))
        caller.post("/candidates", {"given_name": "A", "family_name": "B"})

        row = rows(administering)[0]

        pk = Candidate.objects.get().pk
        assert f"Created candidates.candidate {pk} " in row
        assert row.endswith("Nightly sync API 127.0.0.1")

    def test_names_the_part_that_was_written(self, administering):
        make_candidate("Pruning")

        (row,) = [one for one in rows(administering)[:4] if "candidateskill" in one]

        assert "Created candidates.candidate › candidates.candidateskill" in row

    def test_names_its_filters(self, administering):
        page = administering.get(LIST).content.decode()

        titles = re.findall(r"<summary>\s*By (.*?)\s*</summary>", page)
        assert titles == ["action", "object", "interface", "actor kind", "moment"]
        by_way = administering.get(f"{LIST}?via__exact=sql")
        assert by_way.status_code == 200

    @pytest.mark.browser
    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("width", [1280, 390])
    def test_needs_no_scrolling_sideways(self, page: Any, live_server: Any, width: int):
        administrator = make_user(Role.ADMINISTRATOR, name="Kim " * 20)
        make_candidate("Pruning")
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{live_server.url}/accounts/login/?next={LIST}")
        page.locator("input[name=login]").fill(administrator.email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_selector("#result_list")

        assert page.eval_on_selector(".results", SIDEWAYS) <= 0
        assert page.eval_on_selector("html", SIDEWAYS) <= 0
        ids = page.locator(".audit-id").all()
        heights = [box["height"] for one in ids[:5] if (box := one.bounding_box())]
        assert heights
        assert max(heights) < 20  # one line
