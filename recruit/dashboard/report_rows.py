"""The rows behind a figure: entries with the people and jobs they speak of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from matching.batches import in_batches
from recruit.applications.models import Application
from recruit.applications.veil import veils_of
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job
from recruit.reports.catalogue import Report
from recruit.reports.queries import Scope
from recruit.reports.values import Entry

ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One entry as people read it."""

    entry: Entry
    job: Job
    application: Application | None
    said: str

    @property
    def candidate(self) -> Candidate | None:
        return self.application.candidate if self.application else None


def loaded(
    entries: Iterable[Entry], report: Report, scope: Scope
) -> Iterator[ReportRow]:
    """Yield the entries with their rows; what went since they were counted is left."""
    for batch in in_batches(list(entries), ROWS_AT_ONCE):
        yield from _loaded(batch, report, scope)


def _loaded(
    entries: Sequence[Entry], report: Report, scope: Scope
) -> Iterator[ReportRow]:
    job_ids: set[UUID] = {entry.job_id for entry in entries}
    application_ids = {one.application_id for one in entries if one.application_id}
    jobs = scope.jobs().in_bulk(list(job_ids))
    found = scope.applications().with_candidate().in_bulk(list(application_ids))
    veils = veils_of(jobs.values())
    for one in found.values():
        if one.job_id in veils:
            veils[one.job_id].application(one)
    for entry in entries:
        application = found.get(entry.application_id) if entry.application_id else None
        if entry.job_id in jobs and (application or not entry.application_id):
            said = str(report.kinds[entry.kind])
            yield ReportRow(entry, jobs[entry.job_id], application, said)
