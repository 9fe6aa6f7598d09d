"""A measured figure, beside what it is compared with."""

import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value and its reference, taken in the same rounds: trust the ratio."""

    name: str
    value: float
    unit: str
    reference: float
    ratio: float
    n: int  # rounds or requests

    def as_json(self) -> str:
        return json.dumps(
            {
                "name": self.name,
                "value": round(self.value, 2),
                "unit": self.unit,
                "reference": round(self.reference, 2),
                "ratio": round(self.ratio, 3),
                "n": self.n,
                "machine": machine(),
            }
        )


def of_rounds(
    name: str, rounds: Sequence[tuple[float, float]], *, unit: str, n: int
) -> Figure:
    """Return the medians of values, references and ratios of all rounds."""
    return Figure(
        name=name,
        value=median(value for value, _reference in rounds),
        unit=unit,
        reference=median(reference for _value, reference in rounds),
        ratio=median(value / reference for value, reference in rounds),
        n=n,
    )


def machine() -> str:
    """Return what was measured on, in a few words."""
    processor = platform.processor() or platform.machine()
    return f"{processor}, {os.cpu_count()} cores, Python {platform.python_version()}"


def say(what: str) -> None:
    """Tell what goes on, apart from the figures."""
    sys.stderr.write(f"{what}\n")
    sys.stderr.flush()
