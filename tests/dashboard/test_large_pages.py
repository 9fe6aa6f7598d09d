"""Every page with few rows and with many: queries, and kilobytes of HTML.

Pages are found as people find them, by following links from the home page.
"""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from matching.conf import encoder_identity
from matching.groups.pool import group_pool
from recruit.accounts.choices import Role
from recruit.dashboard.paging import PAGE_SIZE
from tests.dashboard.conftest import client_of
from tests.factories import NOW, make_user
from tests.pictures.walking import STARTS, crawl

FEW = ["--candidates=60", "--jobs=6", "--applications=90"]
MANY = ["--candidates=240", "--jobs=6", "--applications=600"]
OF_A_KIND = 2  # pages looked at
LARGEST = 300_000  # bytes

# Of a page of few rows: parts of it that are empty are asked for nothing further.
# Rows are four times as many, so a query for each would show.
EMPTY_PARTS = 4

WORKLOAD = "reports/workload/"


def look_around(client: Client) -> dict[str, tuple[int, int]]:
    """Return the most queries and bytes of each kind of page."""
    looks: dict[str, tuple[int, int]] = {}

    def look(address: str) -> HttpResponseBase:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        if not answer.streaming:
            looks[address] = len(asked), len(answer.content)
        return answer

    found = crawl(look, STARTS, of_a_kind=OF_A_KIND)
    return {
        kind: (
            max(looks[one][0] for one in addresses),
            max(looks[one][1] for one in addresses),
        )
        for kind, addresses in found.items()
    }


def with_amounts(amounts: list[str]) -> dict[str, tuple[int, int]]:
    """Load so much, look around, and take it all back."""
    with transaction.atomic():
        user = make_user(Role.ADMINISTRATOR)
        call_command("load_large_demo", *amounts, "--random-vectors", stdout=StringIO())
        group_pool(encoder=encoder_identity(), count=4, made_at=NOW)
        found = look_around(client_of(user))
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
class TestPages:
    def test_stay_small_and_ask_no_more_for_more_rows(self):
        few, many = with_amounts(FEW), with_amounts(MANY)

        assert {
            "jobs/<code:code>/pipeline/",
            "candidates/",
            "map/",
            WORKLOAD,
        } <= many.keys()
        grown = {
            kind: (few[kind][0], queries)
            for kind, (queries, _size) in many.items()
            if kind in few and queries > few[kind][0] + EMPTY_PARTS
        }
        assert grown == {}
        large = {
            kind: size for kind, (_queries, size) in many.items() if size > LARGEST
        }
        assert large == {}

    def test_are_full_in_the_larger_amount(self):
        # Else the sizes above would say little.
        assert int(MANY[0].partition("=")[2]) > 2 * PAGE_SIZE
