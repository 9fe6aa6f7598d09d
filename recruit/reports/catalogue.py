"""The reports: what each counts, in words, and its lines and columns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruit.applications.choices import Stage
from recruit.applications.stages import stage_named
from recruit.reports import measures
from recruit.reports.courses import Result
from recruit.reports.measures import Entry, JobFacts
from recruit.reports.queries import (
    Scope,
    begun_in,
    courses,
    hired_in,
    job_facts,
    standing_in,
    with_openings,
    with_recruiters,
)
from recruit.reports.tables import Column, Measure, Table, table

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONG_WAIT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was counted, and the lines it is told in, in their order."""

    entries: list[Entry]
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """One report, without its figures."""

    name: str
    title: "StrOrPromise"
    counts: "StrOrPromise"  # what it counts, and what it does not
    line_title: "StrOrPromise"
    columns: tuple[Column, ...]
    charted: tuple[str, ...]  # columns of the chart, one bar after the other
    kinds: "dict[str, StrOrPromise]"  # how an entry is worded in the rows
    find: Callable[[Scope], Findings]
    total: "StrOrPromise" = ""
    is_for_recruiting: bool = False

    def table(self, findings: Findings) -> Table:
        return table(
            findings.entries,
            self.columns,
            labels=findings.labels,
            total=str(self.total),
        )

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)


def _column(
    key: str,
    label: "StrOrPromise",
    kinds: Iterable[str],
    measure: Measure = Measure.COUNT,
    of: Iterable[str] = (),
) -> Column:
    return Column(key, label, measure, frozenset(kinds), frozenset(of))


def _fills(scope: Scope) -> Findings:
    jobs = job_facts(scope)
    hired = courses(hired_in(scope))
    with_openings(jobs, {course.job_id for course in hired})
    by_job = bool(scope.department or scope.requisition_code)
    entries = list(measures.fills(hired, jobs, scope.period, by_job=by_job))
    lines = {entry.line for entry in entries}
    if by_job:
        facts = (job for job in jobs.values() if job.requisition_code in lines)
        return Findings(entries, dict(sorted(map(_job_label, facts))))
    names = {line: line or _("No department") for line in lines}
    return Findings(entries, dict(sorted(names.items(), key=_by_label)))


def _job_label(job: JobFacts) -> tuple[str, str]:
    return job.requisition_code, f"{job.requisition_code} {job.title}"


def _by_label(item: tuple[str, str]) -> tuple[bool, str, str]:
    key, label = item
    return not key, label.casefold(), key  # the line of nobody comes last


def _stages(entries: Iterable[Entry]) -> Findings:
    found = list(entries)
    seen = [stage_named(code) for code in {entry.line for entry in found}]
    kinds = list(Stage)
    ordered = sorted(seen, key=lambda one: (kinds.index(one.kind), one.label, one.code))
    return Findings(found, {one.code: one.label for one in ordered})


def _stage_stays(scope: Scope) -> Findings:
    jobs = job_facts(scope)
    return _stages(
        measures.stage_stays(courses(standing_in(scope)), jobs, scope.period)
    )


def _stage_results(scope: Scope) -> Findings:
    jobs = job_facts(scope)
    return _stages(measures.stage_results(courses(begun_in(scope)), jobs, scope.period))


def _source_results(scope: Scope) -> Findings:
    jobs, came = job_facts(scope), courses(begun_in(scope))
    entries = list(measures.source_results(came, jobs, scope.period))
    names = {entry.line: entry.line or _("Not stated") for entry in entries}
    return Findings(entries, dict(sorted(names.items(), key=_by_label)))


def _workload(scope: Scope) -> Findings:
    jobs = job_facts(scope)
    names = with_recruiters(jobs, scope)
    entries = list(
        measures.workload(
            courses(standing_in(scope)),
            jobs,
            scope.period,
            now=scope.now,
            long_wait=LONG_WAIT,
        )
    )
    lines = {entry.line: _recruiter(entry.line, names) for entry in entries}
    return Findings(entries, dict(sorted(lines.items(), key=_by_label)))


def _recruiter(line: str, names: dict[UUID, str]) -> str:
    if line == measures.NOBODY:
        return _("No recruiter named")
    return names.get(UUID(line), _("Account removed"))


CONTACT, OPENING = {measures.FROM_CONTACT}, {measures.FROM_OPENING}
LEFT, STANDING = {measures.LEFT}, {measures.STANDING}
DECIDED = set(Result) - {Result.UNDER_WAY}
HIRED = {measures.HIRE}
LAST = HIRED | {measures.AT_LAST}
FURTHER = LAST | {measures.FURTHER}
CAME = FURTHER | {measures.CAME}
AT_WORK = {measures.WAITING, measures.MOVING}

TIME_TO_FILL = Report(
    name="time-to-fill",
    title=gettext_lazy("Time to fill"),
    counts=gettext_lazy(
        "Counts each hire made in this time and not taken back. First contact is the"
        " day the person came into the pipeline of this job. Opening is the day the"
        " job was last opened before the hire: a job that was closed and opened again"
        " counts from then; time on hold counts."
    ),
    line_title=gettext_lazy("Department or job"),
    columns=(
        _column("hires", gettext_lazy("Hires"), CONTACT),
        _column(
            "contact",
            gettext_lazy("From first contact: median days"),
            CONTACT,
            Measure.MEDIAN,
        ),
        _column(
            "contact_most", gettext_lazy("Nine of ten within"), CONTACT, Measure.MOST
        ),
        _column(
            "opening",
            gettext_lazy("From opening: median days"),
            OPENING,
            Measure.MEDIAN,
        ),
    ),
    charted=("contact",),
    kinds={
        measures.FROM_CONTACT: gettext_lazy("First contact to hire"),
        measures.FROM_OPENING: gettext_lazy("Opening to hire"),
    },
    find=_fills,
    total=gettext_lazy("All"),
)

TIME_IN_STAGE = Report(
    name="time-in-stage",
    title=gettext_lazy("Time in stage"),
    counts=gettext_lazy(
        "Counts each stay at a stage that ended in this time: by a move, a hire, a"
        " rejection or a withdrawal. Who comes back to a stage stays there anew. A move"
        " that was taken back never happened. Who still stands at a stage is counted"
        " apart and in no median; on closed jobs nobody stands."
    ),
    line_title=gettext_lazy("Stage"),
    columns=(
        _column("left", gettext_lazy("Stays ended"), LEFT),
        _column("median", gettext_lazy("Median days"), LEFT, Measure.MEDIAN),
        _column("most", gettext_lazy("Nine of ten within"), LEFT, Measure.MOST),
        _column("standing", gettext_lazy("There now"), STANDING),
    ),
    charted=("median",),
    kinds={
        measures.LEFT: gettext_lazy("Left the stage"),
        measures.STANDING: gettext_lazy("There now"),
    },
    find=_stage_stays,
)

RESULT_WORDS: "dict[str, StrOrPromise]" = {
    Result.PASSED: gettext_lazy("Got further"),
    Result.REJECTED: gettext_lazy("Rejected"),
    Result.WITHDRAWN: gettext_lazy("Withdrew"),
    Result.UNDER_WAY: gettext_lazy("Under way"),
}

PASS_THROUGH = Report(
    name="pass-through",
    title=gettext_lazy("Pass-through"),
    counts=gettext_lazy(
        "Counts the people who came in this time, once at each stage they reached,"
        " whenever they reached it. Got further: reached a later stage of the job or"
        " was hired. The share leaves out who is still under way; who withdrew counts"
        " as not having got further. A stage that was left out was not reached."
    ),
    line_title=gettext_lazy("Stage"),
    columns=(
        _column("reached", gettext_lazy("Reached"), Result),
        *(_column(kind, word, {kind}) for kind, word in RESULT_WORDS.items()),
        _column(
            "share",
            gettext_lazy("Got further, of those decided"),
            {Result.PASSED},
            Measure.SHARE,
            of=DECIDED,
        ),
    ),
    charted=tuple(Result),
    kinds=RESULT_WORDS,
    find=_stage_results,
)

SOURCES = Report(
    name="sources",
    title=gettext_lazy("Sources"),
    counts=gettext_lazy(
        "Counts each application that came in this time once, by the source of the"
        " application or, where it names none, of the person. The last stage is that"
        " of the job, usually the offer; who was hired has reached it."
    ),
    line_title=gettext_lazy("Source"),
    columns=(
        _column("came", gettext_lazy("Applications"), CAME),
        _column("further", gettext_lazy("Past the first stage"), FURTHER),
        _column("last", gettext_lazy("Reached the last stage"), LAST),
        _column("hired", gettext_lazy("Hired"), HIRED),
        _column("share", gettext_lazy("Hired, of all"), HIRED, Measure.SHARE, of=CAME),
    ),
    charted=("came",),
    kinds={
        measures.CAME: gettext_lazy("At the first stage"),
        measures.FURTHER: gettext_lazy("Past the first stage"),
        measures.AT_LAST: gettext_lazy("Reached the last stage"),
        measures.HIRE: gettext_lazy("Hired"),
    },
    find=_source_results,
    total=gettext_lazy("All"),
)

WORKLOAD = Report(
    name="workload",
    title=gettext_lazy("Workload"),
    counts=gettext_lazy(
        "Open jobs and the people in their pipelines are counted as they are now, for"
        " each recruiter named on the job: a job of two recruiters counts for both."
        " Waiting: no movement for more than 7 days. Moves and hires are those of this"
        " time; a move counts for whoever made it, unless it was taken back."
    ),
    line_title=gettext_lazy("Recruiter"),
    columns=(
        _column("jobs", gettext_lazy("Open jobs"), {measures.OPEN_JOB}),
        _column("people", gettext_lazy("People in pipelines"), AT_WORK),
        _column("waiting", gettext_lazy("of these waiting"), {measures.WAITING}),
        _column("moves", gettext_lazy("Moves made"), {measures.MOVED}),
        _column("hires", gettext_lazy("Hires on their jobs"), HIRED),
    ),
    charted=("people",),
    kinds={
        measures.OPEN_JOB: gettext_lazy("Open job"),
        measures.WAITING: gettext_lazy("Waits"),
        measures.MOVING: gettext_lazy("Moved within 7 days"),
        measures.MOVED: gettext_lazy("Moved"),
        measures.HIRE: gettext_lazy("Hired"),
    },
    find=_workload,
    is_for_recruiting=True,
)

REPORTS = {
    report.name: report
    for report in (TIME_TO_FILL, TIME_IN_STAGE, PASS_THROUGH, SOURCES, WORKLOAD)
}
