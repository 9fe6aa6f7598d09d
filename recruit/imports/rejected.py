"""The file of rejected rows: the reason first, then the row as it was."""

import csv
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from django.utils.translation import gettext as _

from recruit.imports.columns import REASON
from recruit.imports.formulas import guarded
from recruit.imports.table import Table
from recruit.imports.types import RowResult, UnusableFile


class RejectedRows:
    """Writes rejected rows as CSV; the file is made with the first of them.

    Mended, the file can be imported: the column of reasons is read past.
    """

    def __init__(self, path: Path, table: Table) -> None:
        self._path = path
        self._table = table
        self._text: TextIO | None = None
        self._writer: Any = None

    def __enter__(self) -> Self:
        if self._path.is_dir() or not self._path.parent.is_dir():
            raise UnusableFile(_("Rejected rows cannot be written to %s.") % self._path)
        _remove_earlier(self._path)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._text is not None:
            self._text.close()

    def write(self, row: RowResult) -> None:
        """Add a row, safe to be opened in a spreadsheet program."""
        if self._writer is None:
            self._begin()
        self._writer.writerow(map(guarded, [row.reason, *self._cells(row)]))

    def _cells(self, row: RowResult) -> tuple[str, ...]:
        # A file of rejected rows that came back has old reasons, which go.
        return (
            row.record.cells[1:] if self._table.is_rejected_rows else row.record.cells
        )

    def _begin(self) -> None:
        # With a mark of UTF-8, without which spreadsheet programs guess.
        self._text = self._path.open(
            "w", encoding="utf-8-sig", errors="replace", newline=""
        )
        self._writer = csv.writer(self._text, delimiter=self._table.delimiter)
        headers = [column.header for column in self._table.columns]
        start = 1 if self._table.is_rejected_rows else 0
        self._writer.writerow(map(guarded, [REASON, *headers[start:]]))


def _remove_earlier(path: Path) -> None:
    """Remove what an earlier import wrote; anything else is somebody's file."""
    try:
        with path.open("rb") as earlier:
            beginning = earlier.read(16).removeprefix(b"\xef\xbb\xbf")
    except FileNotFoundError:
        return
    except OSError as error:
        raise UnusableFile(
            _("Rejected rows cannot be written to %s.") % path
        ) from error
    if beginning and not beginning.startswith(REASON.encode()):
        raise UnusableFile(
            _("%s is not a file of rejected rows; it is left as it is.") % path
        )
    path.unlink()
