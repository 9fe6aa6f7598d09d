from datetime import datetime

import pytest

from recruit.reports.courses import (
    Result,
    Stay,
    opened_before,
    openings,
    results,
    standing_moves,
    stays,
)
from tests.reports.courses import ORDER, UNDO, Step, course, day


def told(found: list[Stay]) -> list[tuple[str, float | None, float | None]]:
    """Return stays as stage, day of coming and day of leaving."""
    return [(stay.stage, days(stay.entered_at), days(stay.left_at)) for stay in found]


def days(moment: datetime | None) -> float | None:
    return None if moment is None else (moment - day(0)).total_seconds() / 86400


class TestStandingMoves:
    def test_leaves_out_what_was_taken_back_and_the_taking_back(self):
        way = course(
            Step(1, "screening"), Step(2, "interview"), Step(3, UNDO), Step(5, "offer")
        )

        assert [move.to_stage for move in standing_moves(way)] == ["screening", "offer"]

    def test_leaves_out_every_move_that_was_taken_back(self):
        way = course(
            Step(1, "screening"), Step(2, UNDO), Step(3, "interview"), Step(4, UNDO)
        )

        assert standing_moves(way) == []


class TestStays:
    def test_go_on_for_who_is_active(self):
        way = course(Step(3, "screening"))

        assert told(stays(way)) == [("applied", 0, 3), ("screening", 3, None)]

    def test_of_who_never_moved_is_one_that_goes_on(self):
        assert told(stays(course(came=2))) == [("applied", 2, None)]

    @pytest.mark.parametrize("end", ["hired", "rejected", "withdrawn"])
    def test_end_with_the_application(self, end):
        way = course(Step(3, "screening"), Step(10, end))

        assert told(stays(way)) == [("applied", 0, 3), ("screening", 3, 10)]

    def test_are_not_cut_by_a_move_that_was_taken_back(self):
        # Screening from day 2, by mistake at the interview on days 4 and 5, back,
        # truly there from day 9: seven days of screening in one piece.
        way = course(
            Step(2, "screening"),
            Step(4, "interview"),
            Step(5, UNDO),
            Step(9, "interview"),
        )

        assert told(stays(way)) == [
            ("applied", 0, 2),
            ("screening", 2, 9),
            ("interview", 9, None),
        ]

    def test_go_on_after_a_rejection_that_was_taken_back(self):
        way = course(Step(2, "rejected"), Step(3, UNDO))

        assert told(stays(way)) == [("applied", 0, None)]

    def test_at_a_stage_somebody_comes_back_to_are_two(self):
        way = course(Step(1, "interview"), Step(4, "screening"), Step(6, "interview"))

        assert told(stays(way)) == [
            ("applied", 0, 1),
            ("interview", 1, 4),
            ("screening", 4, 6),
            ("interview", 6, None),
        ]


class TestResults:
    def test_are_passed_up_to_the_furthest_stage(self):
        way = course(Step(1, "screening"), Step(2, "interview"), Step(3, "rejected"))

        assert results(way, ORDER) == {
            "applied": Result.PASSED,
            "screening": Result.PASSED,
            "interview": Result.REJECTED,
        }

    def test_tell_a_withdrawal_apart_from_a_rejection(self):
        assert results(course(Step(1, "withdrawn")), ORDER) == {
            "applied": Result.WITHDRAWN
        }

    def test_are_passed_everywhere_for_who_was_hired(self):
        way = course(Step(1, "offer"), Step(2, "hired"))

        # Screening and interview were left out, so they were not reached.
        assert results(way, ORDER) == {
            "applied": Result.PASSED,
            "offer": Result.PASSED,
        }

    def test_of_who_went_back_hold_what_was_reached(self):
        way = course(Step(1, "interview"), Step(2, "screening"), Step(3, "rejected"))

        assert results(way, ORDER) == {
            "applied": Result.PASSED,
            "screening": Result.PASSED,
            "interview": Result.REJECTED,
        }

    def test_do_not_hold_a_stage_reached_by_a_move_taken_back(self):
        way = course(Step(1, "screening"), Step(2, "offer"), Step(3, UNDO))

        assert results(way, ORDER) == {
            "applied": Result.PASSED,
            "screening": Result.UNDER_WAY,
        }

    def test_are_under_way_again_after_a_hire_taken_back(self):
        way = course(Step(1, "offer"), Step(2, "hired"), Step(3, UNDO))

        assert results(way, ORDER)["offer"] == Result.UNDER_WAY

    def test_leave_out_a_stage_that_the_job_no_longer_has(self):
        way = course(Step(1, "telephone"), Step(2, "interview"))

        assert results(way, ORDER) == {
            "applied": Result.PASSED,
            "interview": Result.UNDER_WAY,
        }


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

    def test_before_a_moment_are_looked_up_by_the_last_one(self):
        opened = (day(0), day(9))

        assert opened_before(opened, day(8)) == day(0)
        assert opened_before(opened, day(9)) == day(9)
        assert opened_before(opened, day(-1)) is None
