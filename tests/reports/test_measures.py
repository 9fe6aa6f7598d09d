"""Figures computed by hand; the sums stand in the comments."""

from datetime import timedelta
from fractions import Fraction

import pytest

from recruit.applications.models import JobTemplate, PipelineStage, StageTemplate
from recruit.candidates.models import Candidate
from recruit.jobs.choices import JobStatus
from recruit.jobs.models import Job
from recruit.reports.catalogue import (
    PASS_THROUGH,
    SOURCES,
    TIME_IN_STAGE,
    TIME_TO_FILL,
    WORKLOAD,
    Report,
)
from recruit.reports.queries import Scope
from recruit.reports.values import Period
from tests.factories import make_user
from tests.reports.ways import (
    UNDO,
    Step,
    day,
    days,
    on_day,
    post,
    seen,
    status,
    take,
    way,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(db: None) -> Job:
    return post()


def values(report: Report, line: str, scope: Scope | None = None) -> dict[str, object]:
    table = report.table(scope or seen())
    shown = table.line(line) if line != "all" else table.total
    assert shown is not None
    return {cell.column.key: cell.value for cell in shown.cells}


def counted(report: Report, line: str, scope: Scope | None = None) -> list[str]:
    """Return the kinds of the entries of a line."""
    found = report.behind(scope or seen(), line=line)
    return sorted(entry.kind for entry in found)


class TestFills:
    def test_counts_from_first_contact_and_from_opening(self, job):
        # Opened on day 0. Hires: came 2, hired 12: 10 and 12 days;
        # came 5, hired 35: 30 and 35 days; came 1, hired 21: 20 and 21 days.
        for came, hired in [(2, 12), (5, 35), (1, 21)]:
            way(job, Step(came + 1, "offer"), Step(hired, "hired"), came=came)

        assert values(TIME_TO_FILL, "Parks") == {
            "hires": 3,
            "contact": days(20),  # the middle of 10, 20, 30
            "contact_most": days(30),  # nine of ten of three: all three
            "opening": days(21),  # the middle of 12, 21, 35
        }

    def test_counts_a_second_hire_on_a_reopened_job_from_the_reopening(self, job):
        # Opened on day 0, filled on day 10, opened again on day 100, filled on 115.
        way(job, Step(4, "offer"), Step(10, "hired"), came=3)
        status(job, (10, JobStatus.CLOSED), (100, JobStatus.OPEN))
        way(job, Step(110, "offer"), Step(115, "hired"), came=101)

        took = {entry.took for entry in TIME_TO_FILL.behind(seen())}

        assert took == {days(7), days(10), days(14), days(15)}

    def test_counts_who_stayed_over_a_closing_from_their_own_first_contact(self, job):
        # Came on day 5 in the first round; hired on day 104, in the second.
        application = way(job, Step(6, "offer"), came=5)
        status(job, (50, JobStatus.CLOSED), (100, JobStatus.OPEN))
        take(application, Step(104, "hired"))

        took = [entry.took for entry in TIME_TO_FILL.behind(seen())]

        assert took == [days(99), days(4)]

    def test_leaves_out_who_was_not_hired_and_hires_taken_back(self, job):
        way(job)
        way(job, Step(3, "withdrawn"))
        way(job, Step(1, "offer"), Step(3, "rejected"))
        way(job, Step(1, "offer"), Step(3, "hired"), Step(4, UNDO))

        assert TIME_TO_FILL.table(seen()).lines == ()

    def test_counts_hires_of_the_period_whenever_they_came(self, job):
        for hired in (9, 10, 19, 20):
            way(job, Step(1, "offer"), Step(hired, "hired"))

        found = values(TIME_TO_FILL, "Parks", seen(Period(day(10), day(20))))

        # Days 10 and 19; day 20 is after the end.
        assert (found["hires"], found["contact"]) == (2, days(14.5))

    def test_tells_jobs_apart_where_asked(self, job):
        way(job, Step(1, "offer"), Step(5, "hired"))
        way(post("REQ-2"), Step(1, "offer"), Step(7, "hired"))

        told = TIME_TO_FILL.table(seen(department="Parks"))

        assert [line.key for line in told.lines] == ["REQ-1", "REQ-2"]
        assert told.total is not None
        assert told.total.cell("hires").value == 2
        # The middle of all, which is that of no line: 5 and 7 days.
        assert told.total.cell("contact").value == days(6)

    @pytest.mark.parametrize(("count", "expected"), [(1, 1), (9, 9), (10, 9), (11, 10)])
    def test_tells_what_nine_of_ten_did_not_exceed(self, job, count, expected):
        for number in range(1, count + 1):
            way(job, Step(0, "offer"), Step(number, "hired"))

        assert values(TIME_TO_FILL, "Parks")["contact_most"] == days(expected)


class TestStageStays:
    def test_tells_the_median_of_stays_that_ended(self, job):
        # At screening: 2 -> 4 (2 days), 1 -> 9 (8 days), 3 -> 8 (5 days), and since
        # day 6 somebody who is there still.
        way(job, Step(2, "screening"), Step(4, "interview"))
        way(job, Step(1, "screening"), Step(9, "rejected"))
        way(job, Step(3, "screening"), Step(8, "withdrawn"))
        way(job, Step(6, "screening"))

        assert values(TIME_IN_STAGE, "screening") == {
            "left": 3,
            "median": days(5),  # of 2, 5, 8
            "most": days(8),
            "standing": 1,
        }

    def test_tells_half_way_between_the_two_in_the_middle(self, job):
        # One stay of 1 day, one of 1 day and 3 microseconds: 1.5 microseconds more,
        # to the even one.
        way(job, Step(1, "screening"))
        way(job, Step(1 + 3 / 86_400_000_000, "screening"))

        found = values(TIME_IN_STAGE, "applied")["median"]

        assert found == days(1) + timedelta(microseconds=2)

    def test_counts_a_mistaken_move_as_if_it_had_not_been(self, job):
        way(
            job,
            Step(2, "screening"),
            Step(4, "interview"),
            Step(5, UNDO),
            Step(9, "interview"),
        )

        found = {one.line: (one.kind, one.took) for one in TIME_IN_STAGE.behind(seen())}

        # 0 -> 2, 2 -> 9, and at the interview since.
        assert found == {
            "applied": ("left", days(2)),
            "screening": ("left", days(7)),
            "interview": ("standing", None),
        }

    def test_leaves_out_who_stands_on_a_closed_job_until_it_is_opened_again(self, job):
        way(job, Step(2, "screening"))

        status(job, (5, JobStatus.CLOSED))
        closed = counted(TIME_IN_STAGE, "screening")
        status(job, (9, JobStatus.OPEN))
        reopened = counted(TIME_IN_STAGE, "screening")

        assert (closed, reopened) == ([], ["standing"])
        assert counted(TIME_IN_STAGE, "applied") == ["left"]

    def test_counts_stays_by_the_day_they_ended(self, job):
        way(job, Step(2, "screening"), Step(10, "interview"), Step(12, "offer"))

        found = TIME_IN_STAGE.behind(seen(Period(day(5), day(12))))

        assert [(one.line, one.took) for one in found if one.took] == [
            ("screening", days(8))
        ]


class TestStageResults:
    def test_counts_everybody_once_at_each_stage_reached(self, job):
        way(job, Step(1, "screening"), Step(2, "interview"), Step(3, "offer"))
        way(job, Step(1, "screening"), Step(2, "rejected"))
        way(job, Step(1, "screening"), Step(2, "withdrawn"))
        way(job, Step(1, "screening"))
        way(job, Step(1, "rejected"))
        way(job)
        way(job, Step(1, "offer"), Step(9, "hired"))
        way(job, Step(1, "screening"), Step(2, UNDO))

        # Applied: all 8; 5 got further (the first four and the hire), 1 was rejected,
        # 2 are under way (one whose move was taken back): 5 of 6 decided.
        assert values(PASS_THROUGH, "applied") == {
            "reached": 8,
            "passed": 5,
            "rejected": 1,
            "withdrawn": 0,
            "under_way": 2,
            "share": Fraction(5, 6),
        }
        # Screening: 4 reached it; 1 got further, 1 rejected, 1 withdrew, 1 under way.
        assert values(PASS_THROUGH, "screening") == {
            "reached": 4,
            "passed": 1,
            "rejected": 1,
            "withdrawn": 1,
            "under_way": 1,
            "share": Fraction(1, 3),
        }
        # Offer: the hire and one under way: 1 of 1 decided.
        assert values(PASS_THROUGH, "offer")["share"] == 1

    def test_gives_no_share_where_nobody_was_decided(self, job):
        way(job)

        assert values(PASS_THROUGH, "applied")["share"] is None

    def test_counts_who_came_in_the_period_however_late_they_moved(self, job):
        for came in (0, 10):
            way(job, Step(50, "screening"), came=came)

        until = seen(Period(until=day(10)))

        assert len(PASS_THROUGH.behind(until, line="applied")) == 1
        assert len(PASS_THROUGH.behind(until, line="screening")) == 1

    def test_tells_the_stages_of_one_source(self, job):
        # From the fair 2 applied: 1 got further, 1 was rejected. The person of whom
        # the application says nothing came from the fair as well.
        way(job, Step(1, "interview"), source="fair")
        told = way(job, Step(1, "rejected"))
        Candidate.objects.filter(pk=told.candidate_id).update(source="fair")
        way(job, Step(1, "offer"), source="board")

        fair = values(PASS_THROUGH, "applied", seen(source="fair"))

        assert (fair["reached"], fair["passed"], fair["rejected"]) == (2, 1, 1)
        assert fair["share"] == Fraction(1, 2)
        assert counted(PASS_THROUGH, "offer", seen(source="fair")) == []
        assert counted(PASS_THROUGH, "applied", seen(source="nowhere")) == []


class TestSourceResults:
    def test_counts_each_application_once_by_how_far_it_came(self, job):
        way(job, Step(1, "offer"), Step(2, "hired"), source="fair")
        way(job, Step(1, "interview"), Step(2, "rejected"), source="fair")
        way(job, Step(1, "offer"), Step(2, "withdrawn"), source="fair")
        way(job, source="fair")
        way(job, Step(1, "rejected"), source="board")

        # Of 4 from the fair 3 got past the first stage, 2 to the last, 1 was hired.
        assert values(SOURCES, "fair") == {
            "came": 4,
            "further": 3,
            "last": 2,
            "hired": 1,
            "share": Fraction(1, 4),
        }
        assert values(SOURCES, "board")["share"] == 0
        assert values(SOURCES, "all")["came"] == 5

    def test_counts_who_came_as_far_as_the_last_stage_of_their_own_job(self, job):
        # A job whose stages end with the interview: there it is the last one.
        short = post("REQ-2")
        template = StageTemplate.objects.create(name="Short")
        for position, code in enumerate(("applied", "interview")):
            stage = PipelineStage.objects.get(code=code)
            template.stages.create(stage=stage, position=position)
        JobTemplate.objects.create(job=short, template=template)
        for one in (job, short):
            way(one, Step(1, "interview"), source=one.requisition_code)

        assert counted(SOURCES, "REQ-1") == ["further"]
        assert counted(SOURCES, "REQ-2") == ["at_last"]


class TestWorkload:
    def test_counts_jobs_people_waiting_moves_and_hires(self):
        # Today is day 20. Ann and Ben share REQ-1, Ben alone has the closed REQ-2.
        ann, ben = make_user(), make_user()
        job, other = post(recruiters=[ann, ben]), post("REQ-2", recruiters=[ben])
        way(job, Step(5, "screening", by=ann))  # waits since day 5
        way(job, Step(19, "screening", by=ann))
        way(job, Step(13, "screening", by=ben))  # seven days: not longer yet
        way(job, Step(1, "offer", by=ann), Step(18, "hired", by=ben))
        way(job, Step(2, "screening", by=ann), Step(3, UNDO, by=ann), came=1)
        way(other, came=19)
        status(other, (20, JobStatus.CLOSED))  # nobody's work any longer

        # People: days 5, 19, 13 and the one taken back to “applied” since day 1.
        assert values(WORKLOAD, str(ann.pk), seen(today=20)) == {
            "jobs": 1,
            "people": 4,
            "waiting": 2,  # since day 5 and since day 1
            "moves": 3,  # days 5, 19 and 1; day 2 was taken back
            "hires": 1,
        }
        assert values(WORKLOAD, str(ben.pk), seen(today=20)) == {
            "jobs": 1,
            "people": 4,
            "waiting": 2,
            "moves": 2,  # days 13 and 18
            "hires": 1,
        }

    def test_counts_no_people_of_jobs_on_hold(self):
        ann = make_user()
        job = post(recruiters=[ann])
        way(job)
        status(job, (5, JobStatus.ON_HOLD))

        assert counted(WORKLOAD, str(ann.pk), seen(today=20)) == []

    def test_has_a_line_for_jobs_that_name_nobody(self, job):
        way(job)

        assert counted(WORKLOAD, "", seen(today=1)) == ["moving", "open_job"]

    def test_counts_moves_and_hires_of_the_period_only(self):
        ann = make_user()
        job = post(recruiters=[ann])
        way(job, Step(1, "offer", by=ann), Step(5, "hired", by=ann))

        told = values(WORKLOAD, str(ann.pk), seen(Period(since=day(5)), today=20))

        assert (told["moves"], told["hires"]) == (1, 1)


class TestEntries:
    def test_come_with_what_took_longest_first_a_page_at_a_time(self, job):
        for number in (3, 9, 1, 7):
            way(job, Step(0, "offer"), Step(number, "hired"))
        column = TIME_TO_FILL.column("contact")

        entries = TIME_TO_FILL.behind(seen(), column, "Parks")

        assert len(entries) == 4
        assert [one.took for one in entries] == [days(9), days(7), days(3), days(1)]
        assert [on_day(one.ended_at) for one in entries[1:3]] == [7, 3]
