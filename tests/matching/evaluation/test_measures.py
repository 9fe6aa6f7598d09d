"""Measures, by hand and against a slow, naive version."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.evaluation.measures import MEASURES, measures_of


def measured(ranks: list[int], grades: list[int]) -> dict[str, float]:
    return dict(zip(MEASURES, measures_of(ranks, grades), strict=True))


class TestMeasuresOf:
    def test_gives_1_for_the_best_order(self):
        assert measures_of([1, 2, 3], [3, 2, 1]) == (1, 1, 1, 1, 1)

    def test_takes_the_first_relevant_document_for_mrr(self):
        assert measured([8, 4], [1, 1])["MRR"] == 1 / 4

    def test_means_the_precision_at_each_relevant_document_for_map(self):
        # Found at 2 and 4: (1/2 + 2/4) / 2.
        assert measured([4, 2], [1, 1])["MAP"] == 0.5

    def test_looks_down_the_whole_ranking_for_mrr_and_map(self):
        figures = measured([100], [1])

        assert figures["MRR"] == figures["MAP"] == 0.01
        assert figures["nDCG@10"] == figures["RP@10"] == figures["R@10"] == 0

    def test_discounts_the_grade_by_the_rank_for_ndcg(self):
        # Grade 1 at rank 1, grade 2 at rank 3; the other way round were best.
        found = 1 / math.log2(2) + 2 / math.log2(4)
        best = 2 / math.log2(2) + 1 / math.log2(3)

        assert measured([1, 3], [1, 2])["nDCG@10"] == pytest.approx(found / best)

    def test_tells_r_precision_from_recall_where_more_than_10_are_relevant(self):
        # Of 20 relevant ones 5 are among the first 10.
        ranks = [1, 2, 3, 4, 10, *range(11, 26)]

        figures = measured(ranks, [1] * 20)

        assert figures["RP@10"] == 5 / 10
        assert figures["R@10"] == 5 / 20

    def test_lets_ten_of_many_relevant_ones_be_the_best_gain(self):
        assert measured(list(range(1, 13)), [1] * 12)["nDCG@10"] == 1

    def test_refuses_a_query_without_a_relevant_document(self):
        with pytest.raises(ValueError, match="no measures"):
            measures_of([], [])

    @given(st.dictionaries(st.integers(1, 40), st.integers(1, 4), min_size=1))
    def test_agrees_with_a_walk_down_the_ranking(self, grade_at):
        ranks, grades = list(grade_at), list(grade_at.values())

        assert measures_of(ranks, grades) == pytest.approx(_walked(grade_at))


def _walked(grade_at: dict[int, int]) -> list[float]:
    found, first, precisions, gain, found_by_10 = 0, 0.0, 0.0, 0.0, 0
    for rank in range(1, 41):
        if rank in grade_at:
            found += 1
            first = first or 1 / rank
            precisions += found / rank
            if rank <= 10:
                found_by_10 += 1
                gain += grade_at[rank] / math.log2(rank + 1)
    best = 0.0
    for rank, grade in enumerate(sorted(grade_at.values())[::-1][:10], start=1):
        best += grade / math.log2(rank + 1)
    return [
        first,
        precisions / found,
        gain / best,
        found_by_10 / min(10, found),
        found_by_10 / found,
    ]
