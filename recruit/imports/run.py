"""The front door: a file in, what became of its rows out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.imports.applications import ApplicationImporter, ApplicationObjects
from recruit.imports.candidates import CandidateImporter
from recruit.imports.columns import ByHeader, ColumnChoice
from recruit.imports.importer import Importer, Origin
from recruit.imports.jobs import JobImporter
from recruit.imports.landing import Keep, Landing, keep_nothing
from recruit.imports.lines import Lines, open_lines
from recruit.imports.objects import CandidateObjects, JobObjects
from recruit.imports.readers import ReadLine, Sender
from recruit.imports.rejected import RejectedRows
from recruit.imports.seen import SeenRows
from recruit.imports.table import Table, open_table, opened
from recruit.imports.types import (
    DEFAULT_SOURCE,
    ImportKind,
    ImportResult,
    Outcome,
    Progress,
    Record,
    RowResult,
    UnusableFile,
)

BATCH_ROWS = 500
BATCH_CHARACTERS = 4_000_000
LONGEST_SOURCE = 100  # characters
REJECTED_ROWS_SHOWN = 100


OF_TABLES: Mapping[ImportKind, Callable[[Origin, SeenRows], Importer[Any]]] = {
    ImportKind.JOBS: JobImporter,
    ImportKind.CANDIDATES: CandidateImporter,
    ImportKind.APPLICATIONS: ApplicationImporter,
}
OF_LINES: Mapping[ImportKind, Callable[..., Importer[Any]]] = {
    ImportKind.JOBS: JobObjects,
    ImportKind.CANDIDATES: CandidateObjects,
    ImportKind.APPLICATIONS: ApplicationObjects,
}


@dataclass(frozen=True, slots=True)
class AsLines:
    """Has a file read as one JSON object a line."""

    read: ReadLine
    file_id: UUID  # the same file imported again makes nobody twice


def importer_for(
    kind: ImportKind, origin: Origin, seen: SeenRows, lines: AsLines | None = None
) -> Importer[Any]:
    """Return what reads and writes the rows of a kind."""
    if lines is not None:
        return OF_LINES[kind](origin, seen, lines.read, lines.file_id)
    return OF_TABLES[kind](origin, seen)


class Journal(Protocol):
    """Remembers how far an import has come, so that it can go on from there."""

    rows_done: int  # records of the file that are written already
    claims: Path  # where the keys that these have claimed are kept

    def keep(
        self, results: Sequence[RowResult], *, rows_done: int, bytes_read: int
    ) -> None:
        """Note what became of a batch, inside its transaction.

        The same batch may be told again. Raise an exception to have it taken back and
        the import end.
        """


def run_import(
    file: Path | BinaryIO,
    *,
    kind: ImportKind,
    actor: Actor,
    imported_at: datetime,
    sender: Sender | None = None,
    source: str = DEFAULT_SOURCE,
    dry_run: bool = False,
    rejected_to: Path | None = None,
    encoding: str | None = None,
    columns: ColumnChoice | None = None,
    progress: Progress | None = None,
    journal: Journal | None = None,
    lines: AsLines | None = None,
) -> ImportResult:
    """Import a table; every good row lands, the others are reported with a reason.

    A batch is one transaction, and a row that is there already changes nothing: an
    import that was cut off is run again, or goes on where its journal says. A dry run
    checks all of it and writes nothing but the rejected rows. Jobs that the sender may
    not see are not touched; without a sender (a command) all are found. Raise
    UnusableFile where nothing can be read.
    """
    _refuse_source(source)
    with ExitStack() as stack:
        stream = stack.enter_context(opened(file))
        table: Table | Lines
        rejected = None
        if lines is not None:
            table = open_lines(stream, kind)
        else:
            choice = columns or ByHeader(kind)
            table = stack.enter_context(open_table(stream, choice, encoding))
        if rejected_to is not None and isinstance(table, Table):
            rejected = stack.enter_context(RejectedRows(rejected_to, table))
        seen = stack.enter_context(SeenRows(journal.claims if journal else None))
        origin = Origin(source, actor, imported_at, sender)
        result = ImportResult(
            kind=kind,
            source=source,
            dry_run=dry_run,
            encoding=table.encoding,
            delimiter=table.delimiter,
            columns=table.columns,
        )
        landing = Landing(
            table,
            importer_for(kind, origin, seen, lines),
            dry_run=dry_run,
            keep=_keeping(journal, seen, table, result),
        )
        skipped = _skip_done(table, seen, journal)
        for batch in _batches(table.records):
            for row in landing.land(batch):
                _count(result, row, rejected)
            if progress is not None:
                progress(rows=result.total, bytes_read=table.bytes_read())
    if not result.total and not skipped:
        raise UnusableFile(_("The file has a header and no rows."))
    return result


def _keeping(
    journal: Journal | None, seen: SeenRows, table: Table | Lines, result: ImportResult
) -> Keep:
    if journal is None:
        return keep_nothing
    before = journal.rows_done

    def keep(results: Sequence[RowResult]) -> None:
        # Claims of rows that do not land after all are forgotten when it goes on.
        seen.save()
        journal.keep(
            results,
            rows_done=before + result.total + len(results),
            bytes_read=table.bytes_read(),
        )

    return keep


def _skip_done(table: Table | Lines, seen: SeenRows, journal: Journal | None) -> int:
    """Read past what has landed; what later rows had claimed is free again."""
    if journal is None:
        return 0
    last = 0
    for record in islice(table.records, journal.rows_done):
        last = record.number
    seen.forget_after(last)
    return last


def _refuse_source(source: str) -> None:
    if not 0 < len(source) <= LONGEST_SOURCE or source != source.strip():
        raise UnusableFile(
            _("The name of a source has 1 to %d characters.") % LONGEST_SOURCE
        )


def _count(result: ImportResult, row: RowResult, rejected: RejectedRows | None) -> None:
    result.counts[row.outcome] += 1
    if row.outcome is not Outcome.REJECTED:
        return
    if len(result.rejected_rows) < REJECTED_ROWS_SHOWN:
        result.rejected_rows.append(row)
    if rejected is not None:
        rejected.write(row)


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    characters = 0
    for record in records:
        batch.append(record)
        characters += sum(map(len, record.cells))
        if len(batch) >= BATCH_ROWS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
