"""What earlier rows of a file have said, kept outside memory."""

import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

_MOST_PAGES_IN_MEMORY = 4_000  # of 4 kB


class SeenRows:
    """Remembers which row was the first to use a key.

    A million keys stay in a temporary file of the operating system, which goes with
    the process, or in a file that is named, which an import goes on with.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._file = sqlite3.connect(path or "", isolation_level=None)
        self._file.execute(f"PRAGMA cache_size = {_MOST_PAGES_IN_MEMORY}")
        # A process that is killed leaves a file as it was last saved; the kernel
        # outlives the process, so that nothing waits for the disk.
        self._file.execute(f"PRAGMA journal_mode = {'WAL' if path else 'OFF'}")
        self._file.execute("PRAGMA synchronous = OFF")
        self._file.execute(
            "CREATE TABLE IF NOT EXISTS seen"
            " (key TEXT PRIMARY KEY, row INTEGER) WITHOUT ROWID"
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

    def save(self) -> None:
        """Let the claims so far outlive this process, where a file is named."""
        self._file.execute("COMMIT")
        self._file.execute("BEGIN")

    def forget_after(self, row: int) -> None:
        """Free the keys that rows after this one have claimed."""
        self._file.execute("DELETE FROM seen WHERE row > ?", (row,))
