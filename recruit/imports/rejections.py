"""The rejected rows of a file that was sent, as CSV: the reason first."""

import csv
import io
from collections.abc import Iterable, Iterator

from recruit.imports.columns import REASON
from recruit.imports.formulas import guarded
from recruit.imports.models import FileImport

_ROWS_AT_ONCE = 500


def rejected_csv(one: FileImport) -> Iterator[str]:
    """Yield lines that are safe to open in a spreadsheet, and can come back mended."""
    # A file of rejected rows that came back has old reasons, which go.
    start = 1 if one.headers and one.headers[0].casefold() == REASON else 0
    # With a mark of UTF-8, without which spreadsheet programs guess.
    yield "\ufeff" + _line([REASON, *one.headers[start:]])
    rows = one.rejected_rows.in_order().iterator(_ROWS_AT_ONCE)
    yield from (_line([row.reason, *row.cells[start:]]) for row in rows)


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(map(guarded, cells))
    return text.getvalue()
