"""What the operations wrote is what the reports read."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application
from recruit.applications.operations import (
    advance,
    apply,
    hire,
    reject,
    undo_last_transition,
)
from recruit.jobs.choices import JobStatus
from recruit.jobs.models import Job
from recruit.jobs.operations import change_status
from recruit.reports.catalogue import (
    PASS_THROUGH,
    REPORTS,
    SOURCES,
    TIME_IN_STAGE,
    TIME_TO_FILL,
    WORKLOAD,
    Report,
)
from recruit.reports.queries import Scope
from recruit.reports.tables import Value
from recruit.reports.values import Period
from tests.factories import ACTOR, NOW, make_candidate, make_job, make_user, reason_for

pytestmark = pytest.mark.django_db


def day(number: int) -> datetime:
    return NOW + timedelta(days=number)


def came(job: Job, on: int = 0, source: str = "") -> Application:
    candidate = make_candidate()
    return apply(
        job_id=job.pk,
        candidate_id=candidate.pk,
        actor=ACTOR,
        applied_at=day(on),
        source=source,
    )


def moved(application: Application, stage: Stage, on: int, by: User | None = None):
    advance(
        application_id=application.pk,
        to_stage=stage,
        actor=Actor.of(by) if by else ACTOR,
        moved_at=day(on),
    )


def hired(application: Application, on: int) -> None:
    moved(application, Stage.OFFER, on)
    hire(application_id=application.pk, actor=ACTOR, moved_at=day(on))


def scope(viewer: User | None = None, **options) -> Scope:
    options.setdefault("period", Period())
    return Scope(viewer=viewer, now=day(100), **options)


def value(report: Report, asked: Scope, line: str, column: str) -> Value:
    return report.table(asked).line(line).cell(column).value


class TestTimeToFill:
    def test_counts_a_reopened_job_from_the_reopening(self):
        job = make_job(department="Parks")
        statuses = [(10, JobStatus.CLOSED), (40, JobStatus.OPEN)]
        for on, status in statuses:
            change_status(
                job_id=job.pk, to_status=status, actor=ACTOR, changed_at=day(on)
            )
        hired(came(job, 45), 52)

        assert value(TIME_TO_FILL, scope(), "Parks", "contact") == timedelta(days=7)
        assert value(TIME_TO_FILL, scope(), "Parks", "opening") == timedelta(days=12)

    def test_counts_a_draft_from_its_first_opening(self):
        job = make_job(status=JobStatus.DRAFT, department="Parks")
        change_status(
            job_id=job.pk, to_status=JobStatus.OPEN, actor=ACTOR, changed_at=day(5)
        )
        hired(came(job, 6), 8)

        assert value(TIME_TO_FILL, scope(), "Parks", "opening") == timedelta(days=3)

    def test_leaves_out_a_hire_that_was_taken_back(self):
        application = came(make_job(department="Parks"))
        hired(application, 8)
        undo_last_transition(
            application_id=application.pk, actor=ACTOR, moved_at=day(9)
        )

        assert TIME_TO_FILL.table(scope()).lines == ()


class TestTimeInStage:
    def test_leaves_a_move_that_was_taken_back_out(self):
        application = came(make_job())
        moved(application, Stage.INTERVIEW, 3)
        undo_last_transition(
            application_id=application.pk, actor=ACTOR, moved_at=day(4)
        )
        moved(application, Stage.SCREENING, 6)

        entries = TIME_IN_STAGE.behind(scope())

        assert [(one.line, one.kind, one.took) for one in entries] == [
            ("screening", "standing", None),  # for 94 days
            ("applied", "left", timedelta(days=6)),
        ]

    def test_of_who_never_moved_goes_on_at_the_first_stage(self):
        came(make_job())

        assert value(TIME_IN_STAGE, scope(), "applied", "standing") == 1


class TestSources:
    def test_are_those_of_the_application_or_else_of_the_person(self):
        job = make_job()
        came(job, source="fair")
        came(job)
        candidate = make_candidate(source="board")
        apply(job_id=job.pk, candidate_id=candidate.pk, actor=ACTOR, applied_at=day(0))

        lines = SOURCES.table(scope()).lines
        assert [(line.key, line.label) for line in lines] == [
            ("board", "board"),
            ("fair", "fair"),
            ("", "Not stated"),
        ]


class TestWorkload:
    def test_counts_moves_for_whoever_made_them(self):
        ann = make_user(name="Ann")
        job = make_job(recruiters=[ann])
        application = came(job)
        moved(application, Stage.SCREENING, 1, by=ann)
        moved(application, Stage.INTERVIEW, 2)  # by the system: nobody's

        line = str(ann.pk)
        assert value(WORKLOAD, scope(), line, "moves") == 1
        assert value(WORKLOAD, scope(), line, "people") == 1
        assert [one.label for one in WORKLOAD.table(scope()).lines] == ["Ann"]


class TestScope:
    @pytest.fixture
    def jobs(self) -> list[Job]:
        manager = make_user(Role.HIRING_MANAGER)
        jobs = [
            make_job(department="Parks", hiring_manager=manager),
            make_job(department="Water"),
            make_job(department="Parks", confidential=True),
        ]
        for job in jobs:
            came(job)
        return jobs

    def counted(self, asked: Scope) -> int:
        return len(PASS_THROUGH.behind(asked))

    def test_holds_only_what_the_viewer_may_see(self, jobs):
        assert self.counted(scope()) == 3
        assert self.counted(scope(make_user())) == 2
        assert self.counted(scope(jobs[0].hiring_manager)) == 1
        assert self.counted(scope(make_user(Role.HIRING_MANAGER))) == 0

    def test_holds_a_department_or_a_job(self, jobs):
        code = jobs[1].requisition_code

        assert self.counted(scope(department="Parks")) == 2
        assert self.counted(scope(requisition_code=code)) == 1
        assert self.counted(scope(requisition_code=code, department="Parks")) == 0

    @pytest.mark.parametrize("report", REPORTS.values(), ids=lambda one: one.name)
    def test_is_read_with_as_many_queries_however_many_rows(self, report, jobs):
        user = make_user()
        jobs[0].recruiters.add(user)

        def queries() -> int:
            with CaptureQueriesContext(connection) as asked:
                report.table(scope())
            return len(asked)

        hired(came(jobs[0]), 5)
        few = queries()
        for job in jobs:
            change_status(
                job_id=job.pk,
                to_status=JobStatus.ON_HOLD,
                actor=ACTOR,
                changed_at=day(1),
            )
            for _number in range(4):
                hired(came(job), 6)
        many = queries()

        assert many == few <= 7

    def test_leaves_out_of_a_period_what_lay_outside(self, jobs):
        early, late = came(jobs[0]), came(jobs[0], 20)
        reject(
            application_id=early.pk,
            reason=reason_for(Outcome.REJECTED),
            actor=ACTOR,
            moved_at=day(3),
        )
        since = scope(period=Period(since=day(10)))

        entries = list(TIME_IN_STAGE.behind(since))

        assert early.pk not in {one.application_id for one in entries}
        assert late.pk in {one.application_id for one in entries}
