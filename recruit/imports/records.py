"""Records of a CSV file, one after the other, in bounded memory."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import TextIO

from django.utils.translation import gettext as _

from recruit.imports.types import Record

# Characters of one record. More is a quotation mark that is never closed, or no row.
MOST_CHARACTERS = 32 * 1024 * 1024
_END = "\x00end of the file\x00"

csv.field_size_limit(MOST_CHARACTERS + 1)


class _TooLong(Exception):
    """The record goes on beyond what a row can hold."""


class _Lines:
    """The lines of a text for the CSV reader, with those of the present record."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._ahead: deque[str] = deque()
        self._ended = False
        self.taken: list[str] = []
        self._size = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self._ahead:
            line = self._ahead.popleft()
        elif not (line := self._text.readline(MOST_CHARACTERS + 1)):
            if self._ended:
                raise StopIteration
            self._ended = True
            line = _END  # where it lands tells whether a quotation is still open
        self.taken.append(line)
        self._size += len(line)
        if self._size > MOST_CHARACTERS:
            raise _TooLong
        return line

    def begin_record(self) -> None:
        self.taken.clear()
        self._size = 0

    def give_back_all_but_first(self) -> str:
        """Begin anew after the first line of the record, and return that line."""
        first, *others = self.taken
        if not others:
            self._skip_rest_of(first)
        self._ahead.extendleft(reversed(others))
        self.begin_record()
        return first

    def _skip_rest_of(self, line: str) -> None:
        while line and not line.endswith(("\n", "\r")):
            line = self._text.readline(MOST_CHARACTERS)


def read_records(text: TextIO, delimiter: str) -> Iterator[Record]:
    """Yield the records of a text, the header first.

    A quotation that is never closed costs its own line and not the rest of the file.
    """
    lines = _Lines(text)
    number = 0
    while True:
        reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
        number += 1
        try:
            for cells in reader:
                if cells == [_END]:
                    return
                if cells and cells[-1].endswith(_END):
                    break
                yield Record(number, tuple(cells))
                lines.begin_record()
                number += 1
        except _TooLong:
            pass
        yield _broken(number, lines, delimiter)


def _broken(number: int, lines: _Lines, delimiter: str) -> Record:
    is_one_line = len(lines.taken) == 1
    first = lines.give_back_all_but_first()
    problem = (
        _("the row is longer than %d characters.") % MOST_CHARACTERS
        if is_one_line
        else _("a quotation mark is opened and never closed.")
    )
    shown = first[:10_000].rstrip("\r\n").replace('"', "'").split(delimiter)
    return Record(number, tuple(shown), problem)
