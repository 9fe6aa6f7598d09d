"""Tables as bars: shares of the width, so that a chart fits any page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from recruit.reports.tables import Line, Table, Value

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BAR_HEIGHT = 14
LINE_HEIGHT = 44
BARS_SHOWN = 20
TONES = {"passed": "good", "rejected": "bad", "withdrawn": "attention"}


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar, in per cent of the width."""

    start: str
    width: str
    tone: str
    label: "StrOrPromise"
    value: Value


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    top: int  # of the words
    bar_top: int
    value: Value  # of one figure; None for a bar of several
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]
    height: int
    bar_height: int
    hidden: int  # lines that are only in the table
    label: "StrOrPromise"  # what one figure is; empty for several
    legend: "tuple[tuple[str, StrOrPromise], ...]"  # tone and words of several


def chart(table: Table, charted: Sequence[str]) -> Chart | None:
    """Return the longest lines as bars; None where there is nothing to draw."""
    lengths = {line.key: _length(line, charted) for line in table.lines}
    longest = max(lengths.values(), default=Fraction())
    if not longest:
        return None
    kept = sorted(table.lines, key=lambda line: -lengths[line.key])[:BARS_SHOWN]
    shown = [line for line in table.lines if line in kept]
    columns = [column for column in table.columns if column.key in charted]
    labels = {column.key: column.label for column in columns}
    is_one = len(charted) == 1
    return Chart(
        bars=tuple(
            _bar(line, number, charted, longest) for number, line in enumerate(shown)
        ),
        height=len(shown) * LINE_HEIGHT,
        bar_height=BAR_HEIGHT,
        hidden=len(table.lines) - len(shown),
        label=labels[charted[0]] if is_one else "",
        legend=()
        if is_one
        else tuple((TONES.get(key, "plain"), labels[key]) for key in charted),
    )


def _bar(line: Line, number: int, charted: Sequence[str], longest: Fraction) -> Bar:
    segments, start = [], Fraction()
    for key in charted:
        cell = line.cell(key)
        part = _number(cell.value) / longest * 100
        if part:
            segments.append(
                Segment(
                    _percent(start),
                    _percent(part),
                    TONES.get(key, "plain"),
                    cell.column.label,
                    cell.value,
                )
            )
        start += part
    top = number * LINE_HEIGHT
    value = line.cell(charted[0]).value if len(charted) == 1 else None
    return Bar(line.label, top + 14, top + 20, value, tuple(segments))


def _length(line: Line, charted: Sequence[str]) -> Fraction:
    return sum((_number(line.cell(key).value) for key in charted), Fraction())


def _number(value: Value) -> Fraction:
    if isinstance(value, timedelta):
        return Fraction(value // timedelta(microseconds=1))
    return Fraction(value or 0)


def _percent(part: Fraction) -> str:
    return f"{float(part):.2f}%"
