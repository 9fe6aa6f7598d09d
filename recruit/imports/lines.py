"""The lines of a file of JSON objects, one after the other, in bounded memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from recruit.imports.types import Column, ImportKind, Record, Row

ENCODING = "utf-8"
LONGEST_LINE = 8 * 1024 * 1024  # bytes; no body of the API is longer
_MARK = b"\xef\xbb\xbf"
# What is no UTF-8 goes through as it is, and is refused by who reads the line.
_ERRORS = "surrogateescape"


@dataclass(frozen=True, slots=True)
class Lines:
    """A file of one object a line; the records are read once, in order."""

    kind: ImportKind
    records: Iterator[Record]
    bytes_read: Callable[[], int] = field(repr=False)
    encoding: str = ENCODING
    delimiter: str = ""
    columns: tuple[Column, ...] = ()

    def row(self, record: Record) -> Row:
        """Return the line as a row. Raise ValidationError for one that is too long."""
        if record.problem:
            raise ValidationError(record.problem)
        return Row(record, {})


def open_lines(stream: BinaryIO, kind: ImportKind) -> Lines:
    """Return the lines of a stream from its beginning."""
    stream.seek(0)
    return Lines(kind, read_lines(stream), bytes_read=stream.tell)


def read_lines(stream: BinaryIO) -> Iterator[Record]:
    """Yield the lines that are not blank, numbered from 1 with the blank ones."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(_MARK)
        if len(line) > LONGEST_LINE:
            _skip_rest(stream, line)
            why = _("the row is longer than %d bytes.") % LONGEST_LINE
            yield Record(number, (_text(line[:10_000]),), why)
        elif stripped := line.strip():
            yield Record(number, (_text(stripped),))


def as_bytes(line: str) -> bytes:
    """Return a line as it stood in the file."""
    return line.encode(ENCODING, _ERRORS)


def _text(line: bytes) -> str:
    return line.decode(ENCODING, _ERRORS)


def _skip_rest(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(LONGEST_LINE)
