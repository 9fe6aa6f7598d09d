"""Intervals of means and of paired differences."""

import numpy as np
import pytest

from matching.evaluation import bootstrap
from matching.evaluation.bootstrap import Estimate, estimates
from matching.evaluation.measures import MEASURES


def one_measure(figures: list[float]) -> np.ndarray:
    return np.repeat(np.array(figures)[:, None], len(MEASURES), axis=1)


def mean(figures: list[float], groups: list[str] | None = None) -> Estimate:
    return estimates(one_measure(figures), groups)["MRR"]


class TestEstimates:
    def test_gives_an_estimate_for_each_measure_in_its_place(self):
        found = estimates(np.array([[0.1, 0.2, 0.3, 0.4, 0.5]] * 3))

        assert list(found) == list(MEASURES)
        assert [one.value for one in found.values()] == pytest.approx(
            [0.1, 0.2, 0.3, 0.4, 0.5]
        )

    def test_spans_what_two_queries_can_be_drawn_as(self):
        # Drawn are 0, 0.5 and 1 with the chances 1/4, 1/2 and 1/4.
        assert mean([0, 1]) == Estimate(0.5, 0, 1)

    def test_is_a_point_where_all_queries_agree(self):
        assert mean([0.5] * 4) == Estimate(0.5, 0.5, 0.5)

    def test_gives_the_same_twice(self):
        figures = np.random.default_rng(1).random((50, len(MEASURES)))

        assert estimates(figures) == estimates(figures)

    def test_agrees_with_the_normal_interval_of_many_queries(self):
        figures = list(np.random.default_rng(2).random(2000))
        error = np.std(figures) / np.sqrt(2000)

        found = mean(figures)

        assert found.low == pytest.approx(found.value - 1.96 * error, abs=error / 5)
        assert found.high == pytest.approx(found.value + 1.96 * error, abs=error / 5)

    def test_covers_the_true_mean_about_95_times_of_100(self):
        random = np.random.default_rng(3)
        found = [mean(list(random.random(60))) for _time in range(300)]

        covered = sum(one.low <= 0.5 <= one.high for one in found) / 300

        assert 0.91 <= covered <= 0.98

    def test_holds_a_bounded_part_of_the_draws_at_once(self, monkeypatch):
        figures = list(np.random.default_rng(4).random(100))
        at_once = mean(figures)
        monkeypatch.setattr(bootstrap, "CELLS_AT_ONCE", 1000)

        in_parts = mean(figures)

        assert in_parts.value == at_once.value
        assert in_parts.low == pytest.approx(at_once.low, abs=0.01)
        assert in_parts.high == pytest.approx(at_once.high, abs=0.01)


class TestEstimatesOverGroups:
    def test_means_the_means_of_the_groups(self):
        # Group a: 0.9; group b: 0.3. All four together would be 0.75.
        found = mean([0.8, 0.9, 1.0, 0.3], ["a", "a", "a", "b"])

        assert found.value == pytest.approx(0.6)

    def test_draws_within_the_groups(self):
        # One query each: nothing else can be drawn.
        assert mean([0, 1], ["a", "b"]) == Estimate(0.5, 0.5, 0.5)

    def test_is_the_plain_mean_of_a_single_group(self):
        figures = [0.1, 0.4, 0.9]

        assert mean(figures, ["a"] * 3) == mean(figures)


class TestEstimate:
    @pytest.mark.parametrize(
        ("low", "high", "excludes"),
        [(0.01, 0.2, True), (-0.2, -0.01, True), (-0.1, 0.1, False), (0, 0, False)],
    )
    def test_says_whether_its_interval_excludes_0(self, low, high, excludes):
        assert Estimate((low + high) / 2, low, high).excludes_zero is excludes
