"""Each thing that happens is told of, or there is a reason not to."""

import re
from pathlib import Path

import pytest

from recruit.events.choices import LISTENS_TO, Happened, Reader
from recruit.webhooks.catalogue import ANNOUNCED, NOT_ANNOUNCED, OF_TYPE, PING

DOCS = Path(__file__).parents[2] / "docs" / "webhooks.md"


class TestEverythingThatHappens:
    def test_is_told_of_or_not_for_a_reason(self):
        assert set(ANNOUNCED) | set(NOT_ANNOUNCED) == set(Happened)
        assert not set(ANNOUNCED) & set(NOT_ANNOUNCED)
        assert all(NOT_ANNOUNCED.values())

    def test_is_kept_for_webhooks_where_it_is_told_of(self):
        assert LISTENS_TO[Reader.WEBHOOKS] == set(ANNOUNCED)

    def test_has_a_type_of_its_own(self):
        assert len(OF_TYPE) == len(ANNOUNCED)
        assert PING not in OF_TYPE

    @pytest.mark.parametrize("announced", ANNOUNCED.values(), ids=lambda one: one.type)
    def test_has_a_dotted_name(self, announced):
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", announced.type)


class TestDocs:
    def test_tell_of_each_type_and_its_ids(self):
        rows = re.findall(
            r"^\| `([a-z_.]+)` \| (.*?) \| (.*) \|$", DOCS.read_text(), re.M
        )

        assert rows == [
            (
                one.type,
                ", ".join(f"`{name}`" for name in one.ids) or "–",
                str(one.meaning),
            )
            for one in ANNOUNCED.values()
        ]
