import pytest

from recruit.reports.openings import openings
from tests.reports.ways import day


class TestOpenings:
    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ([], [0]),  # open since it was made
            ([(5, "closed")], [0]),
            ([(5, "open")], [5]),  # a draft until then
            ([(5, "on_hold"), (9, "open")], [0]),  # going on is no opening
            ([(5, "closed"), (9, "open")], [0, 9]),
            ([(2, "open"), (5, "closed"), (9, "open"), (10, "closed")], [2, 9]),
            ([(5, "on_hold"), (6, "closed"), (9, "open"), (12, "on_hold")], [0, 9]),
        ],
    )
    def test_are_the_first_one_and_those_after_a_closing(self, changes, expected):
        said = [(day(on), status) for on, status in changes]

        assert openings(day(0), said) == tuple(map(day, expected))
