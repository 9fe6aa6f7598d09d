"""The sheets of an Excel workbook (XLSX), read as text, in bounded memory."""

import datetime as dt
import math
import re
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from recruit.imports.types import Record, UnusableFile

MARK = b"PK\x03\x04"
# Bytes once unpacked: a small file can hold far more than memory does.
MOST_UNPACKED = 1 << 30
MOST_SHARED = 300 << 20  # texts of all cells, formats: what is held in memory
LONGEST_ROW = 64 << 20
MOST_PARTS = 5_000
MOST_ROWS = 1_048_576  # of Excel itself
MOST_SHEETS = 50
EXACT_BELOW = 1e15  # beyond, Excel keeps the first digits of a number only
# Stands before a formula whose value the file does not keep.
WITHOUT_VALUE = "\udcfe"
ERRORS = frozenset(
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!"]
)

_CHUNK = 1 << 20
_OVERLAP = 32
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_ESCAPED = re.compile(r"_x(000D|000A|0009|005F)_")
_LEADING_ZEROS = re.compile("0+")
_BROKEN = (
    *(BadZipFile, ParseError, InvalidFileException, zlib.error),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError),
    *(NotImplementedError, RuntimeError, OSError),
)

# About parts of a workbook that nobody reads here.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet; its records can be read again and again."""

    name: str
    _values: Any
    _formulas: Any  # the same sheet with formulas for values; None without any
    _part: ZipInfo
    _stream: BinaryIO

    def records(self) -> Iterator[Record]:
        """Yield the rows as text, numbered as Excel does; a broken end says so."""
        number = 0
        rows = zip(self._values.rows, self._formula_rows(), strict=False)
        while True:
            number += 1
            try:
                values, formulas = next(rows)
                cells = _texts(values, formulas)
            except StopIteration:
                return
            except _BROKEN:
                why = _("the workbook is broken here; what follows cannot be read.")
                yield Record(number, (), why)
                return
            if number > MOST_ROWS:
                why = _("the sheet goes on; at most %d rows are taken.") % MOST_ROWS
                yield Record(number, (), why)
                return
            yield Record(number, cells)

    def _formula_rows(self) -> Iterator[tuple[Any, ...]]:
        return repeat(()) if self._formulas is None else iter(self._formulas.rows)

    def bytes_read(self, size: int) -> int:
        """Return how much of a file of this size has been read."""
        inside = self._stream.tell() - self._part.header_offset
        packed = max(self._part.compress_size, 1)
        return round(size * min(max(inside / packed, 0), 1))


def is_workbook(beginning: bytes) -> bool:
    """Tell by its first bytes whether a file is an Excel workbook."""
    inside = b"xl/" in beginning or b"[Content_Types]" in beginning
    return beginning.startswith(MARK) and inside


@contextmanager
def opened_workbook(stream: BinaryIO) -> Iterator[list[Sheet]]:
    """Give the visible sheets. Raise UnusableFile with the reason."""
    try:
        with ZipFile(stream) as parts:
            _refuse_bomb(parts)
            books = [load_workbook(stream, read_only=True, data_only=True)]
            sheets = [one for one in books[0].worksheets if _is_visible(one)]
            sheets = sheets[:MOST_SHEETS]
            if any(_holds_formulas(parts, sheet) for sheet in sheets):
                books.append(load_workbook(stream, read_only=True))
            found = [_sheet(one, books, parts, stream) for one in sheets]
    except _BROKEN as error:
        raise UnusableFile(
            _("This workbook cannot be read. Open it, save it as XLSX and try again.")
        ) from error
    if not found:
        raise UnusableFile(_("The workbook has no visible sheet."))
    try:
        yield found
    finally:
        for book in books:
            book.close()


def _is_visible(sheet: Any) -> bool:
    return bool(sheet.sheet_state == "visible")


def _sheet(sheet: Any, books: list[Any], parts: ZipFile, stream: BinaryIO) -> Sheet:
    formulas = books[1][sheet.title] if len(books) > 1 else None
    for one in (sheet, formulas):
        if one is not None:
            one.reset_dimensions()  # what a file says of its size may be wrong
    return Sheet(sheet.title, sheet, formulas, _part(parts, sheet), stream)


def _part(parts: ZipFile, sheet: Any) -> ZipInfo:
    return parts.getinfo(sheet._worksheet_path)


def _refuse_bomb(parts: ZipFile) -> None:
    # zipfile reads no more of a part than is declared here.
    sizes = {part.filename: part.file_size for part in parts.infolist()}
    held = sum(
        size for name, size in sizes.items() if not name.startswith("xl/worksheets/")
    )
    is_bomb = sum(sizes.values()) > MOST_UNPACKED or held > MOST_SHARED
    if is_bomb or len(sizes) > MOST_PARTS:
        raise UnusableFile(
            _("The workbook is too large once unpacked. Save it as CSV and try again.")
        )


def _holds_formulas(parts: ZipFile, sheet: Any) -> bool:
    """Look through a sheet as bytes. Raise UnusableFile for a row without an end."""
    found, end, row_bytes = False, b"", 0
    with parts.open(_part(parts, sheet)) as part:
        while chunk := part.read(_CHUNK):
            window = end + chunk
            found = found or _FORMULA.search(window) is not None
            starts = [row.start() for row in _ROW.finditer(window)]
            row_bytes = len(window) - starts[-1] if starts else row_bytes + len(chunk)
            if row_bytes > LONGEST_ROW:
                raise UnusableFile(
                    _("A row of the workbook is longer than any row can be.")
                )
            end = window[-_OVERLAP:]
    return found


def _texts(values: tuple[Any, ...], formulas: tuple[Any, ...]) -> tuple[str, ...]:
    texts = [cell_text(cell) for cell in values]
    for index, formula in enumerate(formulas):
        if formula.data_type == "f" and values[index].value is None:
            texts[index] = f"{WITHOUT_VALUE}{_formula_text(formula.value)}"
    return tuple(texts)


def _formula_text(value: object) -> str:
    return value if isinstance(value, str) else "="


def cell_text(cell: Any) -> str:
    """Return what a cell says: dates as dates, whole numbers without a fraction."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(_unescaped, value) if "_x" in value else value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number_text(value, cell.number_format)
    return _time_text(value)


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _number_text(value: float, number_format: str) -> str:
    """Return the digits; of a number that Excel has rounded, as Excel shows it."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        if abs(value) >= EXACT_BELOW:
            return f"{value:.5E}"
        if not value.is_integer():
            return repr(value)
    digits = str(int(value))
    if _LEADING_ZEROS.fullmatch(number_format):
        return digits.zfill(len(number_format))
    return digits


def _time_text(value: object) -> str:
    if isinstance(value, dt.datetime):
        if value.time() == dt.time():
            return value.date().isoformat()
        return value.isoformat(" ", "seconds").removesuffix(":00")
    if isinstance(value, dt.time):
        return value.isoformat("seconds").removesuffix(":00")
    return str(value)
