"""Figures computed by hand; the sums stand in the comments."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction
from uuid import UUID

import pytest

from recruit.reports.catalogue import (
    PASS_THROUGH,
    SOURCES,
    TIME_IN_STAGE,
    TIME_TO_FILL,
    WORKLOAD,
    Findings,
    Report,
)
from recruit.reports.measures import (
    Entry,
    JobFacts,
    Period,
    fills,
    source_results,
    stage_results,
    stage_stays,
    workload,
)
from recruit.reports.tables import Table, nearest_rank
from tests.reports.courses import JOB, UNDO, Step, course, day, job

EVER = Period()
OTHER = UUID(int=2)
ANN, BEN = UUID(int=11), UUID(int=12)
WEEK = timedelta(days=7)


def days(count: float) -> timedelta:
    return timedelta(days=count)


def facts(*jobs: JobFacts) -> dict[UUID, JobFacts]:
    return {one.job_id: one for one in jobs or (job(),)}


def table(report: Report, entries: Iterable[Entry]) -> Table:
    found = list(entries)
    return report.table(Findings(found, {one.line: one.line for one in found}))


def values(report: Report, entries: Iterable[Entry], line: str) -> dict[str, object]:
    told = table(report, entries)
    shown = told.line(line) if line != "all" else told.total
    assert shown is not None
    return {cell.column.key: cell.value for cell in shown.cells}


class TestFills:
    def test_counts_from_first_contact_and_from_opening(self):
        # Opened on day 0. Hires: came 2, hired 12: 10 and 12 days;
        # came 5, hired 35: 30 and 35 days; came 1, hired 21: 20 and 21 days.
        ways = [
            course(Step(came + 1, "offer"), Step(hired, "hired"), came=came)
            for came, hired in [(2, 12), (5, 35), (1, 21)]
        ]

        found = fills(ways, facts(job(opened=[0])), EVER, by_job=False)

        assert values(TIME_TO_FILL, found, "Parks") == {
            "hires": 3,
            "contact": days(20),  # the middle of 10, 20, 30
            "contact_most": days(30),  # nine of ten of three: all three
            "opening": days(21),  # the middle of 12, 21, 35
        }

    def test_counts_a_second_hire_on_a_reopened_job_from_the_reopening(self):
        # Opened on day 0, filled on day 10, opened again on day 100, filled on 115.
        first = course(Step(4, "offer"), Step(10, "hired"), came=3)
        second = course(Step(110, "offer"), Step(115, "hired"), came=101)
        reopened = facts(job(opened=[0, 100]))

        found = list(fills([first, second], reopened, EVER, by_job=False))

        assert [entry.took for entry in found] == [
            days(7),
            days(10),
            days(14),
            days(15),
        ]

    def test_counts_who_stayed_over_a_closing_from_their_own_first_contact(self):
        # Came on day 5 in the first round; hired on day 104, in the second.
        way = course(Step(6, "offer"), Step(104, "hired"), came=5)

        found = list(fills([way], facts(job(opened=[0, 100])), EVER, by_job=False))

        assert [entry.took for entry in found] == [days(99), days(4)]

    def test_leaves_out_who_was_not_hired_and_hires_taken_back(self):
        ways = [
            course(),
            course(Step(3, "withdrawn")),
            course(Step(1, "offer"), Step(3, "rejected")),
            course(Step(1, "offer"), Step(3, "hired"), Step(4, UNDO)),
        ]

        assert list(fills(ways, facts(), EVER, by_job=False)) == []

    def test_counts_hires_of_the_period_whenever_they_came(self):
        ways = [
            course(Step(1, "offer"), Step(hired, "hired"), came=0)
            for hired in (9, 10, 19, 20)
        ]
        period = Period(since=day(10), until=day(20))

        found = values(
            TIME_TO_FILL, fills(ways, facts(), period, by_job=False), "Parks"
        )

        # Days 10 and 19; day 20 is after the end.
        assert (found["hires"], found["contact"]) == (2, days(14.5))

    def test_tells_jobs_apart_where_asked(self):
        ways = [
            course(Step(1, "offer"), Step(5, "hired")),
            course(Step(1, "offer"), Step(7, "hired"), job_id=OTHER),
        ]
        jobs = facts(job(), job(job_id=OTHER, code="REQ-2"))

        told = table(TIME_TO_FILL, fills(ways, jobs, EVER, by_job=True))

        assert [line.key for line in told.lines] == ["REQ-1", "REQ-2"]
        assert told.total is not None
        assert told.total.cell("hires").value == 2


class TestStageStays:
    def test_tells_the_median_of_stays_that_ended(self):
        # At screening: 2 -> 4 (2 days), 1 -> 9 (8 days), 3 -> 8 (5 days), and since
        # day 6 somebody who is there still.
        ways = [
            course(Step(2, "screening"), Step(4, "interview")),
            course(Step(1, "screening"), Step(9, "rejected")),
            course(Step(3, "screening"), Step(8, "withdrawn")),
            course(Step(6, "screening")),
        ]

        found = values(TIME_IN_STAGE, stage_stays(ways, facts(), EVER), "screening")

        assert found == {
            "left": 3,
            "median": days(5),  # of 2, 5, 8
            "most": days(8),
            "standing": 1,
        }

    def test_counts_a_mistaken_move_as_if_it_had_not_been(self):
        way = course(
            Step(2, "screening"),
            Step(4, "interview"),
            Step(5, UNDO),
            Step(9, "interview"),
        )

        found = list(stage_stays([way], facts(), EVER))

        # 0 -> 2, 2 -> 9, and at the interview since.
        assert [(one.line, one.kind, one.took) for one in found] == [
            ("applied", "left", days(2)),
            ("screening", "left", days(7)),
            ("interview", "standing", None),
        ]

    def test_leaves_out_who_stands_on_a_closed_job_until_it_is_opened_again(self):
        way = course(Step(2, "screening"))

        closed, reopened = (
            Counter(
                entry.kind for entry in stage_stays([way], facts(job(status=one)), EVER)
            )
            for one in ("closed", "open")
        )

        assert closed == {"left": 1}
        assert reopened == {"left": 1, "standing": 1}

    def test_counts_stays_by_the_day_they_ended(self):
        way = course(Step(2, "screening"), Step(10, "interview"), Step(12, "offer"))
        period = Period(since=day(5), until=day(12))

        found = [one for one in stage_stays([way], facts(), period) if one.took]

        assert [(one.line, one.took) for one in found] == [("screening", days(8))]


class TestStageResults:
    def test_counts_everybody_once_at_each_stage_reached(self):
        ways = [
            course(Step(1, "screening"), Step(2, "interview"), Step(3, "offer")),
            course(Step(1, "screening"), Step(2, "rejected")),
            course(Step(1, "screening"), Step(2, "withdrawn")),
            course(Step(1, "screening")),
            course(Step(1, "rejected")),
            course(),
            course(Step(1, "offer"), Step(9, "hired")),
            course(Step(1, "screening"), Step(2, UNDO)),
        ]

        found = list(stage_results(ways, facts(), EVER))

        # Applied: all 8; 5 got further (the first four and the hire), 1 was rejected,
        # 2 are under way (one whose move was taken back): 5 of 6 decided.
        assert values(PASS_THROUGH, found, "applied") == {
            "reached": 8,
            "passed": 5,
            "rejected": 1,
            "withdrawn": 0,
            "under_way": 2,
            "share": Fraction(5, 6),
        }
        # Screening: 4 reached it; 1 got further, 1 rejected, 1 withdrew, 1 under way.
        assert values(PASS_THROUGH, found, "screening") == {
            "reached": 4,
            "passed": 1,
            "rejected": 1,
            "withdrawn": 1,
            "under_way": 1,
            "share": Fraction(1, 3),
        }
        # Offer: the hire and one under way: 1 of 1 decided.
        assert values(PASS_THROUGH, found, "offer")["share"] == 1

    def test_gives_no_share_where_nobody_was_decided(self):
        found = values(
            PASS_THROUGH, stage_results([course()], facts(), EVER), "applied"
        )

        assert found["share"] is None

    def test_counts_who_came_in_the_period_however_late_they_moved(self):
        ways = [course(Step(50, "screening"), came=came) for came in (0, 10)]

        found = list(stage_results(ways, facts(), Period(until=day(10))))

        assert Counter(one.line for one in found) == {"applied": 1, "screening": 1}


class TestSourceResults:
    def test_counts_each_application_once_by_how_far_it_came(self):
        fair = [
            course(Step(1, "offer"), Step(2, "hired"), source="fair"),
            course(Step(1, "interview"), Step(2, "rejected"), source="fair"),
            course(Step(1, "offer"), Step(2, "withdrawn"), source="fair"),
            course(source="fair"),
        ]
        board = [course(Step(1, "rejected"), source="board")]

        found = list(source_results([*fair, *board], facts(), EVER))

        # Of 4 from the fair 3 got past the first stage, 2 to the last, 1 was hired.
        assert values(SOURCES, found, "fair") == {
            "came": 4,
            "further": 3,
            "last": 2,
            "hired": 1,
            "share": Fraction(1, 4),
        }
        assert values(SOURCES, found, "board")["share"] == 0
        assert values(SOURCES, found, "all")["came"] == 5


class TestWorkload:
    def test_counts_jobs_people_waiting_moves_and_hires(self):
        # Today is day 20. Ann and Ben share REQ-1, Ben alone has the closed REQ-2.
        jobs = facts(
            job(recruiters=[ANN, BEN]),
            job(job_id=OTHER, code="REQ-2", status="closed", recruiters=[BEN]),
        )
        ways = [
            course(Step(5, "screening", by=ANN)),  # waits since day 5
            course(Step(19, "screening", by=ANN)),
            course(Step(13, "screening", by=BEN)),  # seven days: not longer yet
            course(Step(1, "offer", by=ANN), Step(18, "hired", by=BEN)),
            course(Step(2, "screening", by=ANN), Step(3, UNDO, by=ANN), came=1),
            course(came=19, job_id=OTHER),  # on a closed job: nobody's work
        ]

        found = list(workload(ways, jobs, EVER, now=day(20), long_wait=WEEK))

        # People: days 5, 19, 13 and the one taken back to “applied” since day 1.
        assert values(WORKLOAD, found, str(ANN)) == {
            "jobs": 1,
            "people": 4,
            "waiting": 2,  # since day 5 and since day 1
            "moves": 3,  # days 5, 19 and 1; day 2 was taken back
            "hires": 1,
        }
        assert values(WORKLOAD, found, str(BEN)) == {
            "jobs": 1,
            "people": 4,
            "waiting": 2,
            "moves": 2,  # days 13 and 18
            "hires": 1,
        }

    def test_has_a_line_for_jobs_that_name_nobody(self):
        found = list(workload([course()], facts(), EVER, now=day(1), long_wait=WEEK))

        assert Counter(one.kind for one in found if one.line == "") == {
            "open_job": 1,
            "moving": 1,
        }

    def test_counts_moves_and_hires_of_the_period_only(self):
        jobs = facts(job(recruiters=[ANN]))
        way = course(Step(1, "offer", by=ANN), Step(5, "hired", by=ANN), job_id=JOB)
        period = Period(since=day(5))

        found = list(workload([way], jobs, period, now=day(20), long_wait=WEEK))

        told = values(WORKLOAD, found, str(ANN))
        assert (told["moves"], told["hires"]) == (1, 1)


class TestNearestRank:
    @pytest.mark.parametrize(("count", "expected"), [(1, 1), (9, 9), (10, 9), (11, 10)])
    def test_is_what_nine_of_ten_did_not_exceed(self, count, expected):
        took = [days(number) for number in range(1, count + 1)]

        assert nearest_rank(took, Fraction(9, 10)) == days(expected)
