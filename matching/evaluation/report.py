"""Rows to text: a table to read, or one JSON object a line."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from matching.evaluation.bootstrap import Estimate
from matching.evaluation.judging import Row
from matching.evaluation.measures import MEASURES
from matching.evaluation.systems import SystemName

# Beyond these, figures of the same vectors may differ by rounding.
DECIMALS = 6

NAME_WIDTH = 9  # of the longest system's name, set in by two
CELL_WIDTH = 19  # of a value with its interval

LEGEND = (
    "Measures are from 0 to 1, their 95 % interval in brackets; below each system the"
    " difference to base. + and - mark differences whose interval excludes 0:"
    " significantly better or worse than the base encoder."
)


def as_json(row: Row) -> str:
    """Return a row as one line of JSON; all figures are fractions of 1."""
    content = {
        "task": row.task,
        "system": row.system.value,
        "encoder": row.encoder,
        "queries": row.queries,
        **{name: _bounds(row.measures[name]) for name in MEASURES},
        "difference_to_base": {
            name: {
                **_bounds(row.difference_to_base[name]),
                "significant": row.difference_to_base[name].excludes_zero,
            }
            for name in MEASURES
        },
    }
    return json.dumps(content, ensure_ascii=False)


def _bounds(estimate: Estimate) -> dict[str, float]:
    return {
        "value": _rounded(estimate.value),
        "low": _rounded(estimate.low),
        "high": _rounded(estimate.high),
    }


def _rounded(number: float) -> float:
    # Adding 0 makes 0 of -0.
    return round(number, DECIMALS) + 0.0


def table(rows: Sequence[Row]) -> str:
    """Return the rows of one task as lines to read, each encoder's together."""
    first = rows[0]
    lines = [
        f"{first.task}: {first.queries} queries, {first.documents} documents",
        f"  {'':{NAME_WIDTH}}" + "".join(f"  {one:<{CELL_WIDTH}}" for one in MEASURES),
    ]
    for encoder, own in groupby(rows, key=lambda row: row.encoder):
        lines.append(f"  {encoder or 'without an encoder'}")
        for row in own:
            lines += _row_lines(row)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _row_lines(row: Row) -> Iterator[str]:
    yield _line(row.system, [_cell(row.measures[one]) for one in MEASURES])
    if row.system != SystemName.BASE:
        differences = row.difference_to_base
        yield _line("", [_difference(differences[one]) for one in MEASURES])


def _line(name: str, cells: Sequence[str]) -> str:
    return f"    {name:<{NAME_WIDTH - 2}}" + "".join(
        f"  {cell:<{CELL_WIDTH}}" for cell in cells
    )


def _cell(estimate: Estimate) -> str:
    return f"{estimate.value:.3f} [{estimate.low:.3f} {estimate.high:.3f}]"


def _difference(estimate: Estimate) -> str:
    mark = ("+" if estimate.low > 0 else "-") if estimate.excludes_zero else " "
    return f"{estimate.value:+.3f}{mark}"
