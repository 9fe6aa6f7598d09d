"""Ranks: ties in the order given, rounding no difference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.evaluation.ranking import EQUAL, ScoresNotFinite, ranks_of

# Few different scores, so that ties are many, each moved by a little rounding.
ROUNDING = st.floats(-EQUAL / 10, EQUAL / 10)
SCORES = st.lists(st.tuples(st.integers(0, 4), ROUNDING), min_size=1, max_size=12)


def ranks(scores: list[float]) -> list[int]:
    return ranks_of(np.array(scores, dtype=np.float32), range(len(scores)))


class TestRanksOf:
    def test_counts_from_1_for_the_highest_score(self):
        assert ranks([0.1, 0.9, 0.5]) == [3, 1, 2]

    def test_keeps_equal_scores_in_the_order_given(self):
        assert ranks([0.5, 0.9, 0.5, 0.5]) == [2, 1, 3, 4]

    def test_takes_what_rounding_moved_for_equal(self):
        assert ranks([0.5, 0.5 + 3e-7, 0.5 - 3e-7]) == [1, 2, 3]

    def test_tells_apart_what_differs_by_more(self):
        assert ranks([0.5, 0.5 + 1e-5]) == [2, 1]

    def test_takes_a_row_of_small_steps_for_one_tie(self):
        # Whether two are equal cannot depend on which of them is asked first.
        steps = [0.5 + step * 0.9 * EQUAL for step in range(5)]

        assert ranks_of(np.array(steps), range(5)) == [1, 2, 3, 4, 5]

    def test_ranks_a_single_document(self):
        assert ranks([0.0]) == [1]

    @pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf])
    def test_refuses_scores_that_are_no_numbers(self, broken):
        with pytest.raises(ScoresNotFinite):
            ranks([0.5, broken, 0.1])

    @given(SCORES)
    def test_agrees_with_a_plain_sort(self, drawn):
        exact = [number / 4 for number, _rounding in drawn]
        order = sorted(range(len(exact)), key=lambda at: (-exact[at], at))
        moved = np.array([number / 4 + rounding for number, rounding in drawn])

        found = ranks_of(moved, range(len(drawn)))

        assert found == [order.index(at) + 1 for at in range(len(drawn))]
