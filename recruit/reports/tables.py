"""Figures to the lines and cells of a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from recruit.reports.values import Counted

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Value: TypeAlias = int | timedelta | Fraction | None

# By line and kind; the line None holds all lines.
Figures: TypeAlias = Mapping[tuple[str | None, str], Counted]


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

    @property
    def is_time(self) -> bool:
        return self.measure in {Measure.MEDIAN, Measure.MOST}


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
    figures: Figures,
    columns: Sequence[Column],
    *,
    labels: dict[str, str],
    total: str = "",
) -> Table:
    """Return a line for each label in its order, and one for all where it is named."""
    by_line: dict[str | None, dict[str, Counted]] = {}
    for (line, kind), counted in figures.items():
        by_line.setdefault(line, {})[kind] = counted
    lines = [
        _line(key, label, by_line.get(key, {}), columns)
        for key, label in labels.items()
    ]
    last = _line("", total, by_line.get(None, {}), columns) if total else None
    return Table(tuple(columns), tuple(lines), last)


def _line(
    key: str, label: str, by_kind: dict[str, Counted], columns: Sequence[Column]
) -> Line:
    return Line(key, label, tuple(_cell(column, by_kind) for column in columns))


def _cell(column: Column, by_kind: dict[str, Counted]) -> Cell:
    counted = [by_kind[kind] for kind in column.kinds if kind in by_kind]
    behind = sum(by_kind[kind].number for kind in column.behind if kind in by_kind)
    return Cell(column, _value(column.measure, counted, whole=behind), behind)


def _value(measure: Measure, counted: Sequence[Counted], *, whole: int) -> Value:
    number = sum(one.number for one in counted)
    if measure is Measure.COUNT:
        return number
    if measure is Measure.SHARE:
        return Fraction(number, whole) if whole else None
    if not counted:
        return None
    (one,) = counted  # times are told of one kind
    return one.median if measure is Measure.MEDIAN else one.most
