"""What earlier rows of a file have said, kept outside memory."""

import sqlite3
from types import TracebackType
from typing import Self

_MOST_PAGES_IN_MEMORY = 4_000  # of 4 kB


class SeenRows:
    """Remembers which row was the first to use a key.

    A million keys stay in a temporary file of the operating system, which goes with
    the process.
    """

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute(f"PRAGMA cache_size = {_MOST_PAGES_IN_MEMORY}")
        self._file.execute("PRAGMA journal_mode = OFF")
        self._file.execute(
            "CREATE TABLE seen (key TEXT PRIMARY KEY, row INTEGER) WITHOUT ROWID"
        )
        self._file.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()

    def first_row(self, key: str) -> int | None:
        """Return the row that used the key first, None where none did."""
        found = self._file.execute("SELECT row FROM seen WHERE key = ?", (key,))
        row = found.fetchone()
        return None if row is None else int(row[0])

    def claim(self, key: str, row: int) -> int:
        """Use a key for a row; return the row that used it first, this one or not."""
        self._file.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, row))
        return self.first_row(key) or row
