"""An open table: its encoding, delimiter and columns, and its rows."""

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recruit.common.fields import TEXT_LENGTH
from recruit.imports.columns import REASON, count_known, match_columns
from recruit.imports.encoding import ERRORS, UNDECODABLE, find_encoding
from recruit.imports.formulas import released
from recruit.imports.records import read_records
from recruit.imports.types import Column, ImportKind, Record, Row, UnusableFile

DELIMITERS = (",", ";", "\t", "|")
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


def _cell(field: str, text: str) -> str:
    if len(text) > TEXT_LENGTH:
        raise ValidationError(
            {
                field: _("%(count)d characters; at most %(most)d are taken.")
                % {"count": len(text), "most": TEXT_LENGTH}
            }
        )
    if "\x00" in text:
        raise ValidationError({field: _("It holds a NUL character.")})
    if UNDECODABLE in text:
        raise ValidationError(
            {field: _("It holds bytes that are not in the encoding of the file.")}
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
    stream: BinaryIO, kind: ImportKind, encoding: str | None = None
) -> Iterator[Table]:
    """Understand the beginning of a table. Raise UnusableFile with the reason."""
    found = find_encoding(stream)
    if encoding is not None:
        found = _known_encoding(encoding)
    text = io.TextIOWrapper(stream, found, ERRORS, newline="")
    try:
        delimiter = _find_delimiter(text.read(_CHARACTERS_TRIED), kind)
        text.seek(0)
        yield _understood(text, kind, found, delimiter)
    finally:
        text.detach()


def _known_encoding(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise UnusableFile(_("There is no encoding “%s”.") % name) from error


def _understood(
    text: io.TextIOWrapper, kind: ImportKind, encoding: str, delimiter: str
) -> Table:
    records = read_records(text, delimiter)
    header = next((record for record in records if any(record.cells)), None)
    if header is not None and _is_separator_line(header):
        header = next(records, None)
    if header is None:
        raise UnusableFile(_("The file is empty."))
    columns = match_columns(kind, header.cells)
    filled = (r for r in records if r.problem or any(map(str.strip, r.cells)))
    return Table(kind, encoding, delimiter, columns, filled)


def _is_separator_line(record: Record) -> bool:
    """True for the line by which Excel names the delimiter: "sep=;"."""
    return record.cells[0].lower().startswith("sep=")


def _find_delimiter(beginning: str, kind: ImportKind) -> str:
    """Return the delimiter by which most headers mean something."""

    def fitness(delimiter: str) -> tuple[int, int]:
        records = list(
            islice(
                read_records(io.StringIO(beginning, newline=""), delimiter),
                _LINES_TRIED,
            )
        )
        header = next(
            (r.cells for r in records if any(r.cells) and not _is_separator_line(r)),
            (),
        )
        same = sum(len(record.cells) == len(header) for record in records)
        return count_known(kind, header), same if len(header) > 1 else 0

    return max(DELIMITERS, key=fitness)
