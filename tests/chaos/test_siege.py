"""A few kills; `make chaos` does hundreds."""

from tests.chaos.siege import Bounds, besiege
from tests.deployment.conftest import copy_home


class TestSiege:
    def test_loses_and_doubles_nothing(self, home, migrated_home):
        told = besiege(copy_home(migrated_home, home), Bounds(kills=3, seconds=30))

        assert told["faults"] == []
        assert told["kills in all"] >= 1
        assert told["writes"]["candidate"] > 0
