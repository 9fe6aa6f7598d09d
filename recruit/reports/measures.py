"""What each figure counts: one entry for each thing counted.

A figure is made from entries, and the rows behind it are the same entries, so that
the two cannot differ.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from recruit.reports.courses import (
    HIRED,
    Course,
    opened_before,
    results,
    standing_moves,
    stays,
)

# What an entry is counted as, beside the results of courses.py.
FROM_CONTACT, FROM_OPENING = "from_contact", "from_opening"
LEFT, STANDING = "left", "standing"
OPEN_JOB, WAITING, MOVING = "open_job", "waiting", "moving"
MOVED, HIRE = "moved", "hired"
CAME, FURTHER, AT_LAST = "came", "further", "at_last"

CLOSED, OPEN = "closed", "open"
NOBODY = ""  # the line of jobs that name no recruiter


@dataclass(slots=True)
class Entry:
    """One thing that is counted, in a line of the table."""

    line: str
    kind: str
    job_id: UUID
    application_id: UUID | None
    began_at: datetime
    ended_at: datetime | None  # None: it goes on

    @property
    def took(self) -> timedelta | None:
        return None if self.ended_at is None else self.ended_at - self.began_at


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment to before another; None: without an end on that side."""

    since: datetime | None = None
    until: datetime | None = None

    def holds(self, moment: datetime | None) -> bool:
        return (
            moment is not None
            and (self.since is None or self.since <= moment)
            and (self.until is None or moment < self.until)
        )


@dataclass(slots=True)
class JobFacts:
    """What the reports need to know of a job."""

    job_id: UUID
    requisition_code: str
    title: str
    department: str
    status: str
    created_at: datetime
    recruiters: tuple[UUID, ...] = ()
    openings: tuple[datetime, ...] = ()
    stages: tuple[str, ...] = ()


Jobs = Mapping[UUID, JobFacts]


def fills(
    courses: Iterable[Course], jobs: Jobs, period: Period, *, by_job: bool
) -> Iterator[Entry]:
    """Yield two entries for each hire in the period: from contact, from opening.

    First contact is the day the person came into this job's pipeline. Opening is the
    last one before the hire; of a hire from before any opening, the day the job was
    made.
    """
    for course in courses:
        if course.outcome != HIRED or not period.holds(course.ended_at):
            continue
        job, hired_at = jobs[course.job_id], course.ended_at
        assert hired_at is not None  # noqa: S101 - the period holds it
        line = job.requisition_code if by_job else job.department
        opened = opened_before(job.openings, hired_at) or job.created_at
        for kind, began_at in (
            (FROM_CONTACT, course.applied_at),
            (FROM_OPENING, opened),
        ):
            yield Entry(
                line, kind, course.job_id, course.application_id, began_at, hired_at
            )


def stage_stays(
    courses: Iterable[Course], jobs: Jobs, period: Period
) -> Iterator[Entry]:
    """Yield each stay that ended in the period, and each that goes on.

    Who stands in the pipeline of a closed job waits for nothing and is left out.
    """
    for course in courses:
        is_closed = jobs[course.job_id].status == CLOSED
        for stay in stays(course):
            goes_on = stay.left_at is None
            if (goes_on and is_closed) or not (goes_on or period.holds(stay.left_at)):
                continue
            yield Entry(
                stay.stage,
                STANDING if goes_on else LEFT,
                course.job_id,
                course.application_id,
                stay.entered_at,
                stay.left_at,
            )


def stage_results(
    courses: Iterable[Course], jobs: Jobs, period: Period
) -> Iterator[Entry]:
    """Yield one entry for each stage that somebody who came in the period reached."""
    for course in courses:
        if period.holds(course.applied_at):
            order = jobs[course.job_id].stages
            for stage, result in results(course, order).items():
                yield _whole(stage, result, course)


def source_results(
    courses: Iterable[Course], jobs: Jobs, period: Period
) -> Iterator[Entry]:
    """Yield one entry for each application of the period, by where it came from.

    It is counted by how far it came: hired, to the last stage of the job, past the
    first one, or no further than that.
    """
    for course in courses:
        if period.holds(course.applied_at):
            yield _whole(course.source, _reach(course, jobs[course.job_id]), course)


def _reach(course: Course, job: JobFacts) -> str:
    reached = results(course, job.stages).keys()
    if course.outcome == HIRED:
        return HIRE
    if job.stages and job.stages[-1] in reached:
        return AT_LAST
    return FURTHER if reached - set(job.stages[:1]) else CAME


def _whole(line: str, kind: str, course: Course) -> Entry:
    return Entry(
        line,
        kind,
        course.job_id,
        course.application_id,
        course.applied_at,
        course.ended_at,
    )


def workload(
    courses: Iterable[Course],
    jobs: Jobs,
    period: Period,
    *,
    now: datetime,
    long_wait: timedelta,
) -> Iterator[Entry]:
    """Yield what each recruiter has to do now, and did in the period.

    A job that names two recruiters is work of both; one that names none is a line of
    its own. Moves count for whoever made them, unless they were taken back.
    """
    for job in jobs.values():
        if job.status == OPEN:
            for line in _lines(job):
                yield Entry(line, OPEN_JOB, job.job_id, None, job.created_at, None)
    for course in courses:
        yield from _work_on(course, jobs[course.job_id], period, now - long_wait)


def _work_on(
    course: Course, job: JobFacts, period: Period, waits_since: datetime
) -> Iterator[Entry]:
    is_at_work = course.is_active and job.status != CLOSED
    is_hire = course.outcome == HIRED and period.holds(course.ended_at)
    for line in _lines(job):
        if is_at_work:
            waits = course.stage_since < waits_since
            entry = _whole(line, WAITING if waits else MOVING, course)
            entry.began_at = course.stage_since
            yield entry
        if is_hire:
            yield _whole(line, HIRE, course)
    for move in standing_moves(course):
        if move.user_id and period.holds(move.moved_at):
            entry = _whole(str(move.user_id), MOVED, course)
            entry.began_at = entry.ended_at = move.moved_at
            yield entry


def _lines(job: JobFacts) -> list[str]:
    return [str(user_id) for user_id in job.recruiters] or [NOBODY]
