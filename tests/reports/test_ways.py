"""The way of one person through a pipeline, as the reports follow it."""

import pytest

from recruit.applications.models import Application
from recruit.jobs.models import Job
from recruit.reports.catalogue import PASS_THROUGH, TIME_IN_STAGE, WORKLOAD
from recruit.reports.values import MOVED, Result
from tests.factories import make_user
from tests.reports.ways import UNDO, Step, on_day, post, seen, way

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(db: None) -> Job:
    return post()


def stays(application: Application) -> list[tuple[str, float | None, float | None]]:
    """Return stages with the days of coming and of leaving."""
    found = [
        entry
        for entry in TIME_IN_STAGE.behind(seen())
        if entry.application_id == application.pk
    ]
    found.sort(key=lambda entry: entry.began_at)
    return [(one.line, on_day(one.began_at), on_day(one.ended_at)) for one in found]


def results(application: Application) -> dict[str, str]:
    return {
        entry.line: entry.kind
        for entry in PASS_THROUGH.behind(seen())
        if entry.application_id == application.pk
    }


class TestMoves:
    def test_leave_out_what_was_taken_back_and_the_taking_back(self, job):
        ann = make_user()
        way(
            job,
            Step(1, "screening", by=ann),
            Step(2, "interview", by=ann),
            Step(3, UNDO, by=ann),
            Step(5, "offer", by=ann),
        )

        moved = [one for one in WORKLOAD.behind(seen()) if one.kind == MOVED]

        assert sorted(on_day(one.began_at) or 0 for one in moved) == [1, 5]

    def test_leave_out_every_move_that_was_taken_back(self, job):
        ann = make_user()
        steps = [(1, "screening"), (2, UNDO), (3, "interview"), (4, UNDO)]
        way(job, *(Step(on, to, by=ann) for on, to in steps))

        assert not [one for one in WORKLOAD.behind(seen()) if one.kind == MOVED]


class TestStays:
    def test_go_on_for_who_is_active(self, job):
        assert stays(way(job, Step(3, "screening"))) == [
            ("applied", 0, 3),
            ("screening", 3, None),
        ]

    def test_of_who_never_moved_is_one_that_goes_on(self, job):
        assert stays(way(job, came=2)) == [("applied", 2, None)]

    @pytest.mark.parametrize("end", ["rejected", "withdrawn"])
    def test_end_with_the_application(self, job, end):
        found = stays(way(job, Step(3, "screening"), Step(10, end)))

        assert found == [("applied", 0, 3), ("screening", 3, 10)]

    def test_end_with_a_hire(self, job):
        found = stays(way(job, Step(3, "offer"), Step(10, "hired")))

        assert found == [("applied", 0, 3), ("offer", 3, 10)]

    def test_are_not_cut_by_a_move_that_was_taken_back(self, job):
        # Screening from day 2, by mistake at the interview on days 4 and 5, back,
        # truly there from day 9: seven days of screening in one piece.
        found = stays(
            way(
                job,
                Step(2, "screening"),
                Step(4, "interview"),
                Step(5, UNDO),
                Step(9, "interview"),
            )
        )

        assert found == [
            ("applied", 0, 2),
            ("screening", 2, 9),
            ("interview", 9, None),
        ]

    def test_go_on_after_a_rejection_that_was_taken_back(self, job):
        found = stays(way(job, Step(2, "rejected"), Step(3, UNDO)))

        assert found == [("applied", 0, None)]

    def test_begin_at_the_first_stage_though_the_first_move_was_taken_back(self, job):
        found = stays(way(job, Step(1, "offer"), Step(2, UNDO), Step(4, "screening")))

        assert found == [("applied", 0, 4), ("screening", 4, None)]

    def test_at_a_stage_somebody_comes_back_to_are_two(self, job):
        found = stays(
            way(job, Step(1, "interview"), Step(4, "screening"), Step(6, "interview"))
        )

        assert found == [
            ("applied", 0, 1),
            ("interview", 1, 4),
            ("screening", 4, 6),
            ("interview", 6, None),
        ]


class TestResults:
    def test_are_passed_up_to_the_furthest_stage(self, job):
        found = results(
            way(job, Step(1, "screening"), Step(2, "interview"), Step(3, "rejected"))
        )

        assert found == {
            "applied": Result.PASSED,
            "screening": Result.PASSED,
            "interview": Result.REJECTED,
        }

    def test_tell_a_withdrawal_apart_from_a_rejection(self, job):
        found = results(way(job, Step(1, "withdrawn")))

        assert found == {"applied": Result.WITHDRAWN}

    def test_are_passed_everywhere_for_who_was_hired(self, job):
        found = results(way(job, Step(1, "offer"), Step(2, "hired")))

        # Screening and interview were left out, so they were not reached.
        assert found == {"applied": Result.PASSED, "offer": Result.PASSED}

    def test_of_who_went_back_hold_what_was_reached(self, job):
        found = results(
            way(job, Step(1, "interview"), Step(2, "screening"), Step(3, "rejected"))
        )

        assert found == {
            "applied": Result.PASSED,
            "screening": Result.PASSED,
            "interview": Result.REJECTED,
        }

    def test_do_not_hold_a_stage_reached_by_a_move_taken_back(self, job):
        found = results(way(job, Step(1, "screening"), Step(2, "offer"), Step(3, UNDO)))

        assert found == {"applied": Result.PASSED, "screening": Result.UNDER_WAY}

    def test_are_under_way_again_after_a_hire_taken_back(self, job):
        found = results(way(job, Step(1, "offer"), Step(2, "hired"), Step(3, UNDO)))

        assert found["offer"] == Result.UNDER_WAY

    def test_leave_out_a_stage_that_the_job_no_longer_has(self, job):
        application = way(job, Step(1, "screening"), Step(2, "interview"))
        application.transitions.filter(to_stage="screening").update(
            to_stage="telephone"
        )

        assert results(application) == {
            "applied": Result.PASSED,
            "interview": Result.UNDER_WAY,
        }
