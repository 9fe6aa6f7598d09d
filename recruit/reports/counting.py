"""Statements of measures.py run: counted for a table, or listed as rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, overload

from django.db import connection
from psycopg import sql

from recruit.reports.measures import Entries
from recruit.reports.tables import Figures
from recruit.reports.values import Counted, Entry

ENTRY = sql.SQL("""
entry (line, kind, job_id, application_id, began_at, ended_at) AS ({rows})""")

COUNTED = sql.SQL("""
SELECT line, kind, grouping(line) = 1, count(*), NULL, NULL
FROM entry GROUP BY GROUPING SETS ((line, kind), (kind))
""")
# The median of an even number is half way between the two in the middle; nine of ten
# is the smallest value that so many do not exceed. Microseconds are exact in a double
# for 285 years.
COUNTED_WITH_TIMES = sql.SQL("""
SELECT line, kind, grouping(line) = 1, count(*),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY took),
       percentile_disc(0.9) WITHIN GROUP (ORDER BY took)
FROM (
  SELECT line, kind,
         (extract(epoch FROM ended_at - began_at) * 1000000)::double precision AS took
  FROM entry
) AS told
GROUP BY GROUPING SETS ((line, kind), (kind))
""")

CHOSEN = sql.SQL("""
FROM entry
WHERE (%(kinds)s::text[] IS NULL OR kind = ANY (%(kinds)s::text[]))
  AND (%(line)s::text IS NULL OR line = %(line)s)
""")
# What took longest first, and in one order only.
LISTED = sql.SQL("""
ORDER BY began_at - coalesce(ended_at, %(now)s), coalesce(application_id, job_id),
         began_at, line, kind
OFFSET %(first)s LIMIT %(most)s
""")


def count_entries(
    entries: Entries, parameters: dict[str, Any], *, with_times: bool
) -> Figures:
    """Return how many entries each line has of each kind, and what they took."""
    counted = COUNTED_WITH_TIMES if with_times else COUNTED
    with connection.cursor() as cursor:
        cursor.execute(_statement(entries, counted), parameters)
        return {
            (None if is_all else line, kind): Counted(
                number, _took(median), _took(most)
            )
            for line, kind, is_all, number, median, most in cursor.fetchall()
        }


def _took(microseconds: float | None) -> timedelta | None:
    return None if microseconds is None else timedelta(microseconds=microseconds)


@dataclass(frozen=True, slots=True)
class EntryList(Sequence[Entry]):
    """The entries of some kinds and of a line (None: of all), read as far as asked."""

    entries: Entries
    parameters: dict[str, Any]

    def __len__(self) -> int:
        with connection.cursor() as cursor:
            counted = sql.SQL("SELECT count(*)") + CHOSEN
            cursor.execute(_statement(self.entries, counted), self.parameters)
            return int(cursor.fetchone()[0])

    @overload
    def __getitem__(self, shown: int) -> Entry: ...

    @overload
    def __getitem__(self, shown: slice) -> list[Entry]: ...

    def __getitem__(self, shown: int | slice) -> Entry | list[Entry]:
        if isinstance(shown, int):
            return self._read(shown, shown + 1)[0]
        return self._read(shown.start or 0, shown.stop)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._read(0, None))

    def _read(self, first: int, end: int | None) -> list[Entry]:
        listed = sql.SQL("SELECT *") + CHOSEN + LISTED
        most = None if end is None else max(end - first, 0)
        with connection.cursor() as cursor:
            cursor.execute(
                _statement(self.entries, listed),
                {**self.parameters, "first": first, "most": most},
            )
            return [Entry(*row) for row in cursor.fetchall()]


def _statement(entries: Entries, last: sql.Composable) -> sql.Composed:
    parts = sql.SQL(",").join([*entries.parts, ENTRY.format(rows=entries.rows)])
    return sql.SQL("WITH {parts} {last}").format(parts=parts, last=last)
