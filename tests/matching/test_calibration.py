"""From which similarity on near skills are shown: counted by hand."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.calibration import (
    THRESHOLDS,
    Estimate,
    Judged,
    Report,
    Row,
    proposal,
    table,
)

cosines = st.floats(-1, 1)
judgements = st.lists(
    st.builds(
        Judged,
        kind=st.sampled_from(["tools", "work"]),
        asked=st.sampled_from(["Perl", "Welding", "Falconry"]),
        same=cosines,
        other=cosines,
    ),
    min_size=1,
    max_size=6,
)

few = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def judged(same: float, other: float, asked: str = "Perl", kind: str = "") -> Judged:
    return Judged(kind=kind, asked=asked, same=same, other=other)


def at(threshold: float, *cases: Judged) -> Row:
    return table(cases, [threshold])[0]


def precise(threshold: float, precision: float) -> Row:
    share = Estimate(precision, precision, precision)
    return Row(threshold, shown=1, right=1, precision=share, recall=share)


class TestTable:
    def test_shows_the_skill_itself_where_it_is_held(self):
        row = at(0.7, judged(same=0.8, other=0.6))

        assert (row.shown, row.right) == (1, 1)
        assert row.precision.value == row.recall.value == 1

    def test_shows_a_wrong_one_only_in_the_profile_without_the_skill(self):
        row = at(0.7, judged(same=0.9, other=0.8))

        assert (row.shown, row.right) == (2, 1)
        assert row.precision.value == 0.5

    def test_shows_the_wrong_one_where_it_is_the_more_similar(self):
        row = at(0.7, judged(same=0.8, other=0.9))

        assert (row.shown, row.right) == (2, 0)
        assert row.precision.value == row.recall.value == 0

    def test_holds_that_equally_similar_is_not_told_apart(self):
        assert at(0.7, judged(same=0.8, other=0.8)).right == 0

    def test_shows_what_is_exactly_at_the_threshold(self):
        assert at(0.7, judged(same=0.7, other=0.1)).right == 1

    def test_shows_nothing_below(self):
        row = at(0.9, judged(same=0.8, other=0.7))

        assert (row.shown, row.recall.value) == (0, 0)
        assert row.precision.value == 1

    def test_weighs_every_skill_the_same(self):
        often = [judged(0.8, 0.1, "Perl")] * 3

        row = at(0.7, *often, judged(0.2, 0.1, "Welding"))

        assert row.recall.value == 0.5

    def test_takes_one_name_of_two_kinds_for_two_skills(self):
        cases = [judged(0.8, 0.1, kind="tools")] * 3 + [judged(0.2, 0.1, kind="work")]

        assert at(0.7, *cases).recall.value == 0.5

    def test_refuses_to_measure_without_cases(self):
        with pytest.raises(ValueError, match="no cases"):
            table([], [0.7])

    @few
    @given(judgements)
    def test_shows_less_from_a_higher_threshold_on(self, cases):
        rows = table(cases, [0.4, 0.6, 0.8])

        assert [row.shown for row in rows] == sorted(
            (row.shown for row in rows), reverse=True
        )
        assert all(row.right <= row.shown for row in rows)

    @few
    @given(judgements)
    def test_holds_each_share_within_its_interval(self, cases):
        row = at(0.5, *cases)

        for share in (row.precision, row.recall):
            assert 0 <= share.low <= share.high <= 1

    def test_draws_the_same_intervals_again(self):
        cases = [judged(0.1 * n, 0.5, asked=str(n)) for n in range(10)]

        assert at(0.6, *cases) == at(0.6, *cases)


class TestProposal:
    def test_is_the_lowest_from_which_on_the_target_is_reached(self):
        rows = [precise(0.5, 0.9), precise(0.6, 0.7), precise(0.7, 0.8)]

        found = proposal([*rows, precise(0.8, 0.9)], target=0.8)

        assert found is not None
        assert found.threshold == 0.7

    def test_is_none_where_the_highest_does_not_reach_it(self):
        assert proposal([precise(0.5, 1.0), precise(0.6, 0.7)], target=0.8) is None


class TestReport:
    def test_tells_each_kind_apart_at_the_proposal(self):
        good = [judged(0.95, 0.1, kind="tools")]
        bad = [judged(0.6, 0.65, asked="Welding", kind="work")]

        report = Report.of("some@encoder", good + bad, target=0.8)

        assert report.proposal is not None
        assert report.proposal.threshold == pytest.approx(0.66)
        assert report.kinds["tools"].right == 1
        assert report.kinds["work"].shown == 0
        assert (report.cases, report.skills) == (2, 2)

    def test_proposes_nothing_where_no_threshold_is_good_enough(self):
        report = Report.of("some@encoder", [judged(0.1, 0.99)], target=0.8)

        assert report.proposal is None
        assert report.kinds == {}
        assert report.rows[0].threshold == THRESHOLDS[0]
