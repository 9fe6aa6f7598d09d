"""What came of a run: counted by operation, its failures once each."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self


@dataclass
class Outcome:
    """The requests of one role."""

    role: str
    seconds: float = 0.0
    requests: Counter[str] = field(default_factory=Counter)  # operation -> how many
    phases: Counter[str] = field(
        default_factory=Counter
    )  # phase of the tool -> how many
    statuses: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)  # what -> how often
    samples: dict[str, str] = field(default_factory=dict)  # what -> how to do it again
    errors: list[str] = field(default_factory=list)  # of the tool itself

    @property
    def total(self) -> int:
        return self.requests.total()

    def fail(self, what: str, sample: str) -> None:
        """Count a failure; the first of its kind stands for all."""
        self.failures[what] += 1
        self.samples.setdefault(what, sample)

    def keep(self, folder: Path) -> None:
        """Write it down for the process that adds up all roles."""
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{self.role.replace(' ', '-')}.json"
        (folder / name).write_text(json.dumps(vars(self), indent=1))

    @classmethod
    def kept(cls, path: Path) -> Self:
        said: dict[str, Any] = json.loads(path.read_text())
        for name in ("requests", "phases", "statuses", "failures"):
            said[name] = Counter(said[name])
        return cls(**said)

    @property
    def told(self) -> str:
        """Return all failures in words, each with its request."""
        parts = [
            f"{self.role}: {what} ({count} times)\n{self.samples[what]}"
            for what, count in self.failures.most_common()
        ]
        return "\n\n".join([*parts, *self.errors])
