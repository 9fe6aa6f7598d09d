"""The front door: a file in, what became of its rows out."""

import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import (
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.common.refusals import Refused
from recruit.imports.candidates import CandidateImporter
from recruit.imports.importer import Importer, Origin
from recruit.imports.jobs import JobImporter
from recruit.imports.reasons import reason
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
    Row,
    RowResult,
    UnusableFile,
)

BATCH_ROWS = 500
BATCH_CHARACTERS = 4_000_000
LONGEST_SOURCE = 100  # characters
REJECTED_ROWS_SHOWN = 100
# Seconds between tries while the database is away; about a minute and a half in all.
PAUSES = (0.2, 1.0, 2.0, 5.0, 10.0, 15.0, 25.0, 30.0)


def importer_for(kind: ImportKind, origin: Origin, seen: SeenRows) -> Importer[Any]:
    """Return what reads and writes the rows of a kind."""
    if kind == ImportKind.JOBS:
        return JobImporter(origin, seen)
    return CandidateImporter(origin, seen)


def run_import(
    file: Path | BinaryIO,
    *,
    kind: ImportKind,
    actor: Actor,
    imported_at: datetime,
    viewer: User | None = None,
    source: str = DEFAULT_SOURCE,
    dry_run: bool = False,
    rejected_to: Path | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Import a table; every good row lands, the others are reported with a reason.

    A batch is one transaction, and a row that is there already changes nothing: an
    import that was cut off is run again. A dry run checks all of it and writes
    nothing but the rejected rows. Jobs that the viewer may not see are not touched;
    without a viewer (a command) all are found. Raise UnusableFile where nothing can
    be read.
    """
    _refuse_source(source)
    with ExitStack() as stack:
        stream = stack.enter_context(opened(file))
        table = stack.enter_context(open_table(stream, kind, encoding))
        rejected = None
        if rejected_to is not None:
            rejected = stack.enter_context(RejectedRows(rejected_to, table))
        seen = stack.enter_context(SeenRows())
        origin = Origin(source, actor, imported_at, viewer)
        landing = Landing(table, importer_for(kind, origin, seen), dry_run=dry_run)
        result = ImportResult(
            kind=kind,
            source=source,
            dry_run=dry_run,
            encoding=table.encoding,
            delimiter=table.delimiter,
            columns=table.columns,
        )
        for batch in _batches(table.records):
            for row in landing.land(batch):
                _count(result, row, rejected)
            if progress is not None:
                progress(rows=result.total, bytes_read=stream.tell())
    if not result.total:
        raise UnusableFile(_("The file has a header and no rows."))
    return result


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


@dataclass(frozen=True, slots=True)
class Landing:
    """Brings batches of records into the database."""

    table: Table
    importer: Importer[Any]
    dry_run: bool

    def land(self, records: Sequence[Record]) -> list[RowResult]:
        """Return what became of each record, in their order."""
        results: list[RowResult] = []
        rows: list[tuple[Row, Any]] = []
        for record in records:
            try:
                row = self.table.row(record)
                rows.append((row, self.importer.read(row)))
            except ValidationError as error:
                results.append(_rejected(record, error))
        results += self._write_patiently(rows)
        return sorted(results, key=lambda result: result.number)

    def _write_patiently(self, rows: Sequence[tuple[Row, Any]]) -> list[RowResult]:
        """Wait for a database that restarts; a batch written twice changes nothing."""
        for pause in PAUSES:
            try:
                return self._write(rows)
            except (OperationalError, InterfaceError):
                if connection.in_atomic_block:
                    raise
                connection.close()
                time.sleep(pause)
        return self._write(rows)

    def _write(self, rows: Sequence[tuple[Row, Any]]) -> list[RowResult]:
        try:
            return self._write_together([read for _row, read in rows])
        except (Refused, IntegrityError):
            # Somebody wrote the same person or job meanwhile: find which.
            return [result for row, read in rows for result in self._alone(row, read)]

    def _alone(self, row: Row, read: Any) -> list[RowResult]:
        try:
            return self._write_together([read])
        except (Refused, IntegrityError):
            pass
        try:
            # Now that the other has landed, it is found and changed.
            return self._write_together([read])
        except (Refused, IntegrityError) as error:
            return [_rejected(row.record, ValidationError(str(error)))]

    def _write_together(self, reads: Sequence[Any]) -> list[RowResult]:
        if not reads:
            return []
        with transaction.atomic():
            _wait_for_turn(self.table.kind)
            results = self.importer.write(reads)
            if self.dry_run:
                transaction.set_rollback(True)
        return results


def _rejected(record: Record, error: ValidationError) -> RowResult:
    return RowResult(record, Outcome.REJECTED, reason(record.number, error))


def _wait_for_turn(kind: ImportKind) -> None:
    """Let one batch of a kind be written at a time, until its transaction ends."""
    key = zlib.crc32(f"recruit.imports.{kind}".encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
