"""Rows to text: a table to read, or one JSON object a line."""

import json
from collections.abc import Sequence

from matching.evaluation.bootstrap import Estimate
from matching.evaluation.judging import Row
from matching.evaluation.measures import MEASURES

# Beyond these, figures of the same vectors may differ by rounding.
DECIMALS = 6

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
    """Return the rows of one task as lines to read."""
    first = rows[0]
    title = f"{first.task}: {first.queries} queries, {first.documents} documents"
    names = [_name(row) for row in rows]
    width = max(len("difference"), *map(len, names))
    header = "".join(f"  {measure:<18}" for measure in MEASURES)
    lines = [title, f"  {'':{width}}{header}"]
    for name, row in zip(names, rows, strict=True):
        cells = "".join(f"  {_cell(row.measures[one]):<18}" for one in MEASURES)
        lines.append(f"  {name:{width}}{cells}")
        if row.system != "base":
            differences = "".join(
                f"  {_difference(row.difference_to_base[one]):<18}" for one in MEASURES
            )
            lines.append(f"  {'':{width}}{differences}")
    return "\n".join(line.rstrip() for line in lines)


def _name(row: Row) -> str:
    return f"{row.system} {row.encoder}" if row.encoder else row.system.value


def _cell(estimate: Estimate) -> str:
    return f"{estimate.value:.3f} [{estimate.low:.3f} {estimate.high:.3f}]"


def _difference(estimate: Estimate) -> str:
    mark = ("+" if estimate.low > 0 else "-") if estimate.excludes_zero else " "
    return f"{estimate.value:+.3f}{mark}"
