"""What the worker does with a file: row after row, with a note of each batch."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from recruit.audit.context import written_by
from recruit.common.copying import copy_rows
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.imports.choices import RUNNING, ImportState
from recruit.imports.columns import ByPosition
from recruit.imports.models import FileImport, ImportedRow, RejectedRow
from recruit.imports.operations import forget_progress, importing_actor
from recruit.imports.readers import reader_for
from recruit.imports.run import AsLines, run_import
from recruit.imports.types import ImportKind, Outcome, RowResult, UnusableFile


class Stopped(Exception):
    """Somebody has stopped the import, or another worker goes on with it."""


def run_file(*, import_id: UUID, now: Callable[[], datetime]) -> None:
    """Check or import a file from where it stands; done again it changes nothing."""
    begun = _begin(import_id)
    if begun is None:
        return
    try:
        _refuse_who_may_no_longer(begun)
        with written_by(importing_actor(begun)):
            _run(begun, now)
    except Stopped:
        return
    except UnusableFile as refused:
        _end(begun, ImportState.FAILED, now(), failure=str(refused))
        return
    is_check = begun.state == ImportState.CHECKING
    state = ImportState.CHECKED if is_check else ImportState.FINISHED
    _end(begun, state, now())


@transaction.atomic
def _begin(import_id: UUID) -> FileImport | None:
    """Take the turn from whichever worker had it; None where nothing is to do."""
    files = FileImport.objects.select_for_update(of=("self",))
    files = files.select_related("owner", "token__user")
    begun = files.filter(pk=import_id, state__in=RUNNING).first()
    if begun is None:
        return None
    begun.turn += 1
    if begun.rows_done and not begun.claims.exists():
        forget_progress(begun)  # rows that are there already change nothing
    begun.save()
    return begun


def _refuse_who_may_no_longer(begun: FileImport) -> None:
    """Raise UnusableFile where who sent the file has lost the right to since."""
    if not begun.sender.may_import:
        raise UnusableFile(_("Who sent the file may not import any more."))
    if begun.token is not None and begun.token.revoked_at is not None:
        raise UnusableFile(_("The token by which the file was sent was revoked."))


def _run(begun: FileImport, now: Callable[[], datetime]) -> None:
    kind = ImportKind(begun.kind)
    fields = tuple(name or None for name in begun.fields)
    columns = ByPosition(kind, begun.header_row, fields) if begun.has_columns else None
    lines = None
    if not begun.has_columns:
        lines = AsLines(reader_for(kind, begun.sender), begun.pk)
    run_import(
        begun.file,
        kind=kind,
        actor=importing_actor(begun),
        imported_at=begun.begun_at or now(),
        sender=begun.sender,
        source=begun.source,
        dry_run=begun.state == ImportState.CHECKING,
        columns=columns,
        journal=_Journal(begun),
        lines=lines,
    )


class _Journal:
    """Notes in the database what became of each batch, together with the batch."""

    def __init__(self, begun: FileImport) -> None:
        self.rows_done = begun.rows_done
        self.claims: Path = begun.claims
        self._begun = begun

    def keep(
        self, results: Sequence[RowResult], *, rows_done: int, bytes_read: int
    ) -> None:
        """Note a batch once. Raise Stopped where it is not to be written."""
        noted = _our_turn(self._begun)
        if noted.rows_done >= rows_done:
            return  # it was noted before an answer of the database was lost
        rejected = [row for row in results if row.outcome is Outcome.REJECTED]
        RejectedRow.objects.bulk_create(_kept(noted, row) for row in rejected)
        copy_rows(ImportedRow, [_told(noted, row) for row in results])
        counts = Counter(row.outcome for row in results)
        noted.created += counts[Outcome.CREATED]
        noted.changed += counts[Outcome.CHANGED]
        noted.unchanged += counts[Outcome.UNCHANGED]
        noted.rejected += counts[Outcome.REJECTED]
        noted.rows_done, noted.bytes_read = rows_done, bytes_read
        noted.save()


def _our_turn(begun: FileImport) -> FileImport:
    files = FileImport.objects.select_for_update(of=("self",))
    ours = files.filter(pk=begun.pk, turn=begun.turn, state=begun.state).first()
    if ours is None:
        raise Stopped
    return ours


def _kept(noted: FileImport, row: RowResult) -> RejectedRow:
    cells = [_storable(cell) for cell in row.record.cells]
    reason = _storable(row.reason)
    return RejectedRow(file_import=noted, number=row.number, reason=reason, cells=cells)


def _told(noted: FileImport, row: RowResult) -> ImportedRow:
    return ImportedRow(
        file_import=noted,
        number=row.number,
        outcome=row.outcome,
        object_id=row.object_id,
        errors=[
            {
                "field": None if error.field is None else _storable(error.field),
                "message": _storable(error.message),
                "code": error.code,
            }
            for error in row.errors
        ],
    )


def _storable(text: str) -> str:
    """Return the text without what PostgreSQL does not take."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


@transaction.atomic
def _end(
    begun: FileImport, state: ImportState, ended_at: datetime, failure: str = ""
) -> None:
    try:
        ended = _our_turn(begun)
    except Stopped:
        return
    ended.state, ended.failure, ended.ended_at = state, failure, ended_at
    ended.rows_total = ended.rows_done or None
    ended.save()
    if state != ImportState.FINISHED:
        return
    record(
        Happened.IMPORTED,
        actor=importing_actor(begun),
        happened_at=ended_at,
        details={
            "import": str(ended.pk),
            "kind": ended.kind,
            "source": ended.source,
            "file_name": ended.file_name,
            "created": ended.created,
            "changed": ended.changed,
            "unchanged": ended.unchanged,
            "rejected": ended.rejected,
        },
    )
    transaction.on_commit(lambda: _remove_files(ended))


def _remove_files(ended: FileImport) -> None:
    """Remove what nobody needs any more; the rejected rows stay for a while."""
    for file in ended.folder.glob("*"):
        file.unlink()
