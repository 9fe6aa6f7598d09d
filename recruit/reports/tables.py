"""Entries to the lines and cells of a table."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from recruit.reports.measures import Entry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Value: TypeAlias = int | timedelta | Fraction | None

MOST_OF = Fraction(9, 10)


class Measure(Enum):
    COUNT = auto()  # how many entries
    MEDIAN = auto()  # the middle of what they took
    MOST = auto()  # what nine of ten did not exceed
    SHARE = auto()  # how many of how many


@dataclass(frozen=True, slots=True)
class Column:
    """What a column tells of the entries of a line."""

    key: str
    label: "StrOrPromise"
    measure: Measure
    kinds: frozenset[str]  # the entries it counts
    of: frozenset[str] = frozenset()  # of a share: the entries it is a share of

    @property
    def behind(self) -> frozenset[str]:
        """Return the kinds of entries that a cell leads to."""
        return self.of or self.kinds


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, and how many entries stand behind it."""

    column: Column
    value: Value
    rows: int


@dataclass(frozen=True, slots=True)
class Line:
    key: str
    label: str
    cells: tuple[Cell, ...]

    def cell(self, column: str) -> Cell:
        """Return the cell of a column, by its key. Raise StopIteration."""
        return next(one for one in self.cells if one.column.key == column)


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: Line | None

    def line(self, key: str) -> Line:
        """Return a line by its key. Raise StopIteration."""
        return next(one for one in self.lines if one.key == key)


def table(
    entries: Iterable[Entry],
    columns: Sequence[Column],
    *,
    labels: dict[str, str],
    total: str = "",
) -> Table:
    """Return a line for each label in its order, and one for all where it is named."""
    by_line: dict[str, list[Entry]] = {key: [] for key in labels}
    for entry in entries:
        by_line[entry.line].append(entry)
    lines = [
        _line(key, labels[key], of_line, columns) for key, of_line in by_line.items()
    ]
    everything = [entry for of_line in by_line.values() for entry in of_line]
    last = _line("", total, everything, columns) if total else None
    return Table(tuple(columns), tuple(lines), last)


def _line(
    key: str, label: str, entries: Sequence[Entry], columns: Sequence[Column]
) -> Line:
    by_kind: dict[str, list[Entry]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry)
    cells = []
    for column in columns:
        counted = _of_kinds(by_kind, column.kinds)
        behind = _of_kinds(by_kind, column.behind)
        value = _value(column.measure, counted, whole=len(behind))
        cells.append(Cell(column, value, len(behind)))
    return Line(key, label, tuple(cells))


def _of_kinds(by_kind: dict[str, list[Entry]], kinds: Collection[str]) -> list[Entry]:
    return [entry for kind in kinds for entry in by_kind.get(kind, ())]


def _value(measure: Measure, entries: Sequence[Entry], *, whole: int) -> Value:
    if measure is Measure.COUNT:
        return len(entries)
    if measure is Measure.SHARE:
        return Fraction(len(entries), whole) if whole else None
    took = sorted(entry.took for entry in entries if entry.took is not None)
    if not took:
        return None
    return middle(took) if measure is Measure.MEDIAN else nearest_rank(took, MOST_OF)


def middle(ordered: Sequence[timedelta]) -> timedelta:
    """Return the median: of an even number, half way between the two in the middle."""
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def nearest_rank(ordered: Sequence[timedelta], share: Fraction) -> timedelta:
    """Return the smallest value that a share of all does not exceed."""
    rank = -(-len(ordered) * share.numerator // share.denominator)  # rounded up
    return ordered[max(rank, 1) - 1]
