"""Bringing batches of records into the database, each in one transaction."""

import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import (
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)

from recruit.common.refusals import Refused
from recruit.imports.importer import Importer
from recruit.imports.readers import RowRefused
from recruit.imports.reasons import refused, rejected
from recruit.imports.types import ImportKind, Outcome, Record, Row, RowResult

# Seconds between tries while the database is away; about a minute and a half in all.
PAUSES = (0.2, 1.0, 2.0, 5.0, 10.0, 15.0, 25.0, 30.0)

Keep = Callable[[Sequence[RowResult]], None]


def keep_nothing(_results: Sequence[RowResult]) -> None:
    """Let a batch be written without a note of it."""


class Rows(Protocol):
    """What says how a record of a file is read."""

    @property
    def kind(self) -> ImportKind: ...

    def row(self, record: Record) -> Row:
        """Return the row. Raise ValidationError naming the field."""


@dataclass(frozen=True, slots=True)
class Landing:
    """Brings batches of records into the database."""

    table: Rows
    importer: Importer[Any]
    dry_run: bool
    # Called with what became of a batch, inside its transaction.
    keep: Keep = keep_nothing

    def land(self, records: Sequence[Record]) -> list[RowResult]:
        """Return what became of each record, in their order."""
        bad: list[RowResult] = []
        rows: list[tuple[Row, Any]] = []
        for record in records:
            try:
                row = self.table.row(record)
                rows.append((row, self.importer.read(row)))
            except ValidationError as error:
                bad.append(rejected(record, error))
            except RowRefused as error:
                bad.append(refused(record, error.errors))
        return self._write_patiently(rows, bad)

    def _write_patiently(
        self, rows: Sequence[tuple[Row, Any]], bad: Sequence[RowResult]
    ) -> list[RowResult]:
        """Wait for a database that restarts; a batch written twice changes nothing."""
        for pause in PAUSES:
            try:
                return self._write(rows, bad)
            except (OperationalError, InterfaceError):
                if connection.in_atomic_block:
                    raise
                connection.close()
                time.sleep(pause)
        return self._write(rows, bad)

    @transaction.atomic
    def _write(
        self, rows: Sequence[tuple[Row, Any]], bad: Sequence[RowResult]
    ) -> list[RowResult]:
        _wait_for_turn(self.table.kind)
        results = [*bad, *self._written(rows)]
        results.sort(key=lambda result: result.number)
        self.keep(results)
        return results

    def _written(self, rows: Sequence[tuple[Row, Any]]) -> list[RowResult]:
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
            return [rejected(row.record, ValidationError(str(error)))]

    def _write_together(self, reads: Sequence[Any]) -> list[RowResult]:
        if not reads:
            return []
        with transaction.atomic():
            results = self.importer.write(reads)
            if self.dry_run:
                transaction.set_rollback(True)
        return [_not_there(one) for one in results] if self.dry_run else results


def _not_there(result: RowResult) -> RowResult:
    """Return the result of a dry run: what it made was taken back."""
    is_new = result.outcome is Outcome.CREATED
    return replace(result, object_id=None) if is_new else result


def _wait_for_turn(kind: ImportKind) -> None:
    """Let one batch of a kind be written at a time, until its transaction ends."""
    key = zlib.crc32(f"recruit.imports.{kind}".encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
