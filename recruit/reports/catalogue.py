"""The reports: what each counts, in words, and its lines and columns."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from recruit.reports import labels, measures, values
from recruit.reports.counting import EntryList, count_entries
from recruit.reports.measures import Entries
from recruit.reports.queries import Scope, opening_moments, stage_orders
from recruit.reports.tables import Column, Measure, Table, table
from recruit.reports.values import Result

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONG_WAIT = timedelta(days=7)

Asking = Callable[[Scope, Collection[UUID]], dict[str, Any]]


def _nothing_more(_scope: Scope, _jobs: Collection[UUID]) -> dict[str, Any]:
    return {}


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
    entries: Entries
    labels: Callable[[Scope, Collection[str]], dict[str, str]]
    ask: Asking = _nothing_more  # more parameters, of the jobs of a scope
    total: "StrOrPromise" = ""
    is_for_recruiting: bool = False

    def table(self, scope: Scope) -> Table:
        """Return the figures of what a viewer may see."""
        figures = count_entries(
            self.entries,
            self._parameters(scope),
            with_times=any(column.is_time for column in self.columns),
        )
        lines = {line for line, _kind in figures if line is not None}
        return table(
            figures,
            self.columns,
            labels=self.labels(scope, lines),
            total=str(self.total),
        )

    def behind(
        self, scope: Scope, column: Column | None = None, line: str | None = None
    ) -> EntryList:
        """Return what a cell counts, what took longest first; None is every line."""
        kinds = None if column is None else sorted(column.behind)
        asked = {"kinds": kinds, "line": line, "now": scope.now}
        return EntryList(self.entries, self._parameters(scope) | asked)

    def label(self, scope: Scope, line: str) -> str:
        """Return how a line is worded; of one that is none, what was asked for."""
        return self.labels(scope, [line]).get(line, line)

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)

    def _parameters(self, scope: Scope) -> dict[str, Any]:
        asked = scope.parameters()
        return asked | self.ask(scope, asked["jobs"])


def _column(
    key: str,
    label: "StrOrPromise",
    kinds: Iterable[str],
    measure: Measure = Measure.COUNT,
    of: Iterable[str] = (),
) -> Column:
    return Column(key, label, measure, frozenset(kinds), frozenset(of))


def _openings(scope: Scope, _jobs: Collection[UUID]) -> dict[str, Any]:
    return {"by_job": scope.is_narrow, **opening_moments(scope)}


def _orders(_scope: Scope, jobs: Collection[UUID]) -> dict[str, Any]:
    return stage_orders(jobs)


def _waiting(scope: Scope, _jobs: Collection[UUID]) -> dict[str, Any]:
    return {"waits_since": scope.now - LONG_WAIT}


CONTACT, OPENING = {values.FROM_CONTACT}, {values.FROM_OPENING}
LEFT, STANDING = {values.LEFT}, {values.STANDING}
DECIDED = set(Result) - {Result.UNDER_WAY}
HIRED = {values.HIRE}
LAST = HIRED | {values.AT_LAST}
FURTHER = LAST | {values.FURTHER}
CAME = FURTHER | {values.CAME}
AT_WORK = {values.WAITING, values.MOVING}

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
        values.FROM_CONTACT: gettext_lazy("First contact to hire"),
        values.FROM_OPENING: gettext_lazy("Opening to hire"),
    },
    entries=measures.FILLS,
    labels=labels.of_departments_or_jobs,
    ask=_openings,
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
        values.LEFT: gettext_lazy("Left the stage"),
        values.STANDING: gettext_lazy("There now"),
    },
    entries=measures.STAGE_STAYS,
    labels=labels.of_stages,
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
    entries=measures.STAGE_RESULTS,
    labels=labels.of_stages,
    ask=_orders,
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
        values.CAME: gettext_lazy("At the first stage"),
        values.FURTHER: gettext_lazy("Past the first stage"),
        values.AT_LAST: gettext_lazy("Reached the last stage"),
        values.HIRE: gettext_lazy("Hired"),
    },
    entries=measures.SOURCE_RESULTS,
    labels=labels.of_sources,
    ask=_orders,
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
        _column("jobs", gettext_lazy("Open jobs"), {values.OPEN_JOB}),
        _column("people", gettext_lazy("People in pipelines"), AT_WORK),
        _column("waiting", gettext_lazy("of these waiting"), {values.WAITING}),
        _column("moves", gettext_lazy("Moves made"), {values.MOVED}),
        _column("hires", gettext_lazy("Hires on their jobs"), HIRED),
    ),
    charted=("people",),
    kinds={
        values.OPEN_JOB: gettext_lazy("Open job"),
        values.WAITING: gettext_lazy("Waits"),
        values.MOVING: gettext_lazy("Moved within 7 days"),
        values.MOVED: gettext_lazy("Moved"),
        values.HIRE: gettext_lazy("Hired"),
    },
    entries=measures.WORKLOAD,
    labels=labels.of_recruiters,
    ask=_waiting,
    is_for_recruiting=True,
)

REPORTS = {
    report.name: report
    for report in (TIME_TO_FILL, TIME_IN_STAGE, PASS_THROUGH, SOURCES, WORKLOAD)
}
