"""What the clients know: each write they sent, and each that was acknowledged."""

import json
import os
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Known:
    """One object that a client made, as its acknowledged writes left it."""

    kind: str
    id: str
    name: str  # unlike any other
    version: int
    moves: int = 0


@dataclass
class Ledger:
    """Everything that was acknowledged, on disk before the next write is sent."""

    path: Path
    known: list[Known] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._file = self.path.open("a")

    def note(self, what: str, **said: object) -> None:
        """Write a line and see that it is on disk."""
        with self._lock:
            self.counts[what] += 1
            self._file.write(json.dumps({"what": what, **said}) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())

    def add(self, one: Known) -> None:
        with self._lock:
            self.known.append(one)

    def fault(self, sentence: str) -> None:
        with self._lock:
            self.faults.append(sentence)

    def of_kind(self, kind: str) -> list[Known]:
        return [one for one in self.known if one.kind == kind]

    def close(self) -> None:
        self._file.close()
