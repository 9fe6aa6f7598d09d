"""A first look at a file: its columns, what they may mean, its first rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from recruit.imports.columns import ByHeader
from recruit.imports.table import open_table, opened
from recruit.imports.types import Column, ImportKind, UnusableFile

ROWS_SHOWN = 5
LONGEST_CELL = 200  # characters shown
MOST_COLUMNS = 300


@dataclass(frozen=True, slots=True)
class Look:
    """What a file holds, as far as it can be told without being asked."""

    encoding: str
    sheet: str
    header_row: int
    columns: tuple[Column, ...]
    first_rows: tuple[tuple[str, ...], ...]


class _Tentative(ByHeader):
    """Guesses: a needed column may lack, and the first of two for one field wins."""

    def columns(self, headers: Sequence[str]) -> tuple[Column, ...]:
        taken: set[str] = set()
        columns = []
        for header, name in zip(headers, self.fields(headers), strict=True):
            is_free = name is not None and name not in taken
            columns.append(Column(header.strip(), name if is_free else None))
            taken.add(name or "")
        return tuple(columns)


def look_at(file: Path, *, kind: ImportKind, known: Mapping[str, str]) -> Look:
    """Read the beginning of a file; known is what its columns meant before.

    Raise UnusableFile with the reason.
    """
    with (
        opened(file) as stream,
        open_table(stream, _Tentative(kind, known)) as table,
    ):
        if len(table.columns) > MOST_COLUMNS:
            raise UnusableFile(
                _("The file has %(found)d columns; at most %(most)d are taken.")
                % {"found": len(table.columns), "most": MOST_COLUMNS}
            )
        rows = tuple(
            tuple(cell.strip()[:LONGEST_CELL] for cell in record.cells)
            for record in islice(table.records, ROWS_SHOWN)
        )
        if not rows:
            raise UnusableFile(_("The file has a header and no rows."))
        return Look(
            encoding=table.encoding,
            sheet=table.sheet,
            header_row=table.header_row,
            columns=table.columns,
            first_rows=rows,
        )
