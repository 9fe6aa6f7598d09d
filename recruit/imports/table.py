"""An open table: its encoding, delimiter and columns, and its rows."""

import codecs
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recruit.common.fields import TEXT_LENGTH
from recruit.imports.columns import REASON, ColumnChoice, count_known
from recruit.imports.encoding import ERRORS, SAMPLE, UNDECODABLE, find_encoding
from recruit.imports.formulas import released
from recruit.imports.records import read_records
from recruit.imports.types import Column, ImportKind, Record, Row, UnusableFile
from recruit.imports.workbook import ERRORS as FORMULA_ERRORS
from recruit.imports.workbook import (
    WITHOUT_VALUE,
    Sheet,
    is_workbook,
    opened_workbook,
)

DELIMITERS = (",", ";", "\t", "|")
XLSX = "xlsx"  # in place of an encoding
# A title, a note and merged cells may stand above the header.
HEADER_WITHIN = 10  # rows
_LINES_TRIED = 50
_CHARACTERS_TRIED = 1 << 18


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header is understood; the records are read once, in order."""

    kind: ImportKind
    encoding: str
    delimiter: str
    columns: tuple[Column, ...]
    records: Iterator[Record]
    header_row: int = 1
    sheet: str = ""  # of a workbook
    bytes_read: Callable[[], int] = field(default=lambda: 0, repr=False)

    @property
    def is_rejected_rows(self) -> bool:
        """True for a file of rejected rows that comes back mended."""
        return self.columns[0].header.casefold() == REASON

    def row(self, record: Record) -> Row:
        """Return the recognised cells. Raise ValidationError naming the field."""
        if record.problem:
            raise ValidationError(record.problem)
        cells = self._fitting(record)
        pairs = zip(self.columns, cells, strict=True)
        values = {
            column.field: _cell(column.field, text)
            for column, text in pairs
            if column.field is not None
        }
        if self.is_rejected_rows:
            values = {field: released(text) for field, text in values.items()}
        return Row(record, values)

    def _fitting(self, record: Record) -> tuple[str, ...]:
        wanted, found = len(self.columns), len(record.cells)
        if found > wanted and not any(map(str.strip, record.cells[wanted:])):
            return record.cells[:wanted]
        if found != wanted:
            raise ValidationError(
                ngettext(
                    "%(found)d column where the header has %(wanted)d.",
                    "%(found)d columns where the header has %(wanted)d.",
                    found,
                )
                % {"found": found, "wanted": wanted}
            )
        return record.cells


def _cell(name: str, text: str) -> str:
    if len(text) > TEXT_LENGTH:
        raise ValidationError(
            {
                name: _("%(count)d characters; at most %(most)d are taken.")
                % {"count": len(text), "most": TEXT_LENGTH}
            }
        )
    if "\x00" in text:
        raise ValidationError({name: _("It holds a NUL character.")})
    if text.strip() in FORMULA_ERRORS:
        raise ValidationError(
            {name: _("It holds the error %s of a spreadsheet.") % text.strip()}
        )
    if text.startswith(WITHOUT_VALUE):
        raise ValidationError(
            {name: _("It holds a formula whose value is not in the file.")}
        )
    if UNDECODABLE in text:
        raise ValidationError(
            {name: _("It holds bytes that are not in the encoding of the file.")}
        )
    return text.strip()


@contextmanager
def opened(file: Path | BinaryIO) -> Iterator[BinaryIO]:
    """Open a path; a stream is used as it is. Raise UnusableFile with the reason."""
    if not isinstance(file, Path):
        yield file
        return
    if file.is_dir():
        raise UnusableFile(_("%s is a folder, not a file.") % file)
    if file.exists() and not file.is_file():
        raise UnusableFile(_("%s is not an ordinary file.") % file)
    try:
        stream = file.open("rb")
    except FileNotFoundError as error:
        raise UnusableFile(_("There is no file %s.") % file) from error
    except OSError as error:
        raise UnusableFile(
            _("%(file)s cannot be read: %(why)s.")
            % {"file": file, "why": error.strerror}
        ) from error
    with stream:
        yield stream


@contextmanager
def open_table(
    stream: BinaryIO, choice: ColumnChoice, encoding: str | None = None
) -> Iterator[Table]:
    """Understand the beginning of a table. Raise UnusableFile with the reason."""
    stream.seek(0)
    beginning = stream.read(SAMPLE)
    stream.seek(0)
    if is_workbook(beginning):
        stream.seek(0, io.SEEK_END)
        size = stream.tell()
        with opened_workbook(stream) as sheets:
            yield _understood_sheet(sheets, choice, size)
        return
    found = find_encoding(stream)
    if encoding is not None:
        found = _known_encoding(encoding)
    text = io.TextIOWrapper(stream, found, ERRORS, newline="")
    try:
        delimiter = _find_delimiter(text.read(_CHARACTERS_TRIED), choice.kind)
        text.seek(0)
        head = _header(_without_separator_line(read_records(text, delimiter)), choice)
        yield Table(
            kind=choice.kind,
            encoding=found,
            delimiter=delimiter,
            columns=choice.columns(head.cells),
            records=_filled(head.following),
            header_row=head.number,
            bytes_read=stream.tell,
        )
    finally:
        text.detach()


def _known_encoding(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise UnusableFile(_("There is no encoding “%s”.") % name) from error


def _understood_sheet(sheets: list[Sheet], choice: ColumnChoice, size: int) -> Table:
    """Return the sheet whose header means most, the first where none means any."""

    def fitness(sheet: Sheet) -> int:
        rows = list(islice(_filled(sheet.records()), HEADER_WITHIN))
        return max((count_known(choice.kind, row.cells) for row in rows), default=-1)

    sheet = max(sheets, key=fitness)
    head = _header(sheet.records(), choice)
    width = len(head.cells)
    return Table(
        kind=choice.kind,
        encoding=XLSX,
        delimiter=",",
        columns=choice.columns(head.cells),
        # A row ends with its last cell that is not blank.
        records=_filled(_of_width(record, width) for record in head.following),
        header_row=head.number,
        sheet=sheet.name,
        bytes_read=lambda: sheet.bytes_read(size),
    )


def _of_width(record: Record, width: int) -> Record:
    """Return a row as wide as the header: what stands beside the table is no part."""
    if record.problem:
        return record
    lacking = width - len(record.cells)
    return replace(record, cells=record.cells[:width] + ("",) * lacking)


def _filled(records: Iterator[Record]) -> Iterator[Record]:
    return (r for r in records if r.problem or any(map(str.strip, r.cells)))


def _without_separator_line(records: Iterator[Record]) -> Iterator[Record]:
    """Leave out the line by which Excel names the delimiter: "sep=;"."""
    return (r for r in records if r.number > 1 or not _is_separator_line(r))


def _is_separator_line(record: Record) -> bool:
    return bool(record.cells) and record.cells[0].lower().startswith("sep=")


@dataclass(frozen=True, slots=True)
class _Header:
    number: int
    cells: tuple[str, ...]
    following: Iterator[Record]


def _header(records: Iterator[Record], choice: ColumnChoice) -> _Header:
    """Find the row that names the columns: the first where none does well.

    Cells merged with those above have their text there.
    """
    first = list(islice(_filled(records), HEADER_WITHIN))
    if not first:
        raise UnusableFile(_("The file is empty."))
    best, most = _first_full(first), 0
    above: Sequence[str] = ()
    for index, record in enumerate(first):
        cells = _with_those_above(record.cells, above)
        fitness = 0 if record.problem else choice.fitness(record.number, cells)
        if fitness > most:
            best, most = (index, cells), fitness
        above = record.cells
    position, cells = best
    following = chain(first[position + 1 :], records)
    return _Header(first[position].number, cells, following)


def _first_full(rows: Sequence[Record]) -> tuple[int, tuple[str, ...]]:
    """Return the first row that is no title: it fills half of the widest, or more."""
    filled = [sum(1 for cell in row.cells if cell.strip()) for row in rows]
    index = next(i for i, count in enumerate(filled) if 2 * count >= max(filled))
    return index, rows[index].cells


def _with_those_above(cells: Sequence[str], above: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        cell if cell.strip() or index >= len(above) else above[index]
        for index, cell in enumerate(cells)
    )


def _find_delimiter(beginning: str, kind: ImportKind) -> str:
    """Return the delimiter by which most headers mean something."""

    def fitness(delimiter: str) -> tuple[int, int]:
        text = io.StringIO(beginning, newline="")
        records = read_records(text, delimiter)
        rows = list(islice(_filled(_without_separator_line(records)), _LINES_TRIED))
        known = [count_known(kind, row.cells) for row in rows[:HEADER_WITHIN]]
        widths = Counter(len(row.cells) for row in rows)
        width, same = max(widths.items(), key=lambda one: one[1], default=(1, 0))
        return max(known, default=0), same if width > 1 else 0

    return max(DELIMITERS, key=fitness)
