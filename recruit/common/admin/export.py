"""Rows of the admin site as a CSV file."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from recruit.common.spreadsheets import harmless_cell

CHUNK_SIZE = 2000


class _Echo:
    """A file that hands every line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def cell(value: object) -> str:
    """Return one value as the text of a cell that is no formula."""
    if value is None:
        return ""
    if isinstance(value, list):
        return harmless_cell("; ".join(map(str, value)))
    if isinstance(value, datetime):
        return value.isoformat()
    return harmless_cell(str(value))


def csv_lines(
    columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> Iterator[str]:
    """Yield the header and each row as lines of a CSV file."""
    writer = csv.writer(_Echo())
    # The mark by which spreadsheet programs know UTF-8.
    yield "\ufeff" + writer.writerow(columns)
    for row in rows:
        yield writer.writerow([cell(value) for value in row])


def csv_response(
    *, queryset: QuerySet[Any], columns: Mapping[str, str], filename: str
) -> StreamingHttpResponse:
    """Stream columns (header -> lookup) of the rows, read with one query."""
    alone = queryset.prefetch_related(None).values_list(*columns.values())
    rows = alone.iterator(chunk_size=CHUNK_SIZE)
    return StreamingHttpResponse(
        csv_lines(list(columns), rows),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{filename}"',
            "Cache-Control": "no-store",
        },
    )
