"""From which similarity on a near skill is worth showing. Arithmetic on cosines.

Each case is looked at twice: in a profile that holds the skill asked for in other
words, and in one that does not; both hold other skills of the same work. Shown is the
most similar skill of the profile, if it reaches the threshold; right is only the one
that is the skill asked for in other words. So a precision of .8 says: where as many
hold the skill as do not, four of five near skills shown are the skill itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# A decision, not a measurement. A wrong near skill costs a look (its name stands there)
# and can lift a band from "none" to "some"; one not shown lets somebody seem to lack
# what they hold under another name. Four right in five.
TARGET_PRECISION = 0.8

RESAMPLES = 2000
SEED = 42
CONFIDENCE = 0.95
THRESHOLDS = tuple(number / 100 for number in range(40, 96))
REPORTED = tuple(number / 100 for number in range(40, 96, 5))


@dataclass(frozen=True, slots=True)
class Judged:
    """Cosines to a skill asked for: of itself in other words, of the best other."""

    kind: str
    asked: str
    same: float
    other: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share with its bootstrap interval over the skills asked for."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Row:
    """What a threshold shows."""

    threshold: float
    shown: int  # near skills, over both profiles of every case
    right: int
    precision: Estimate  # right of shown; 1 where nothing is shown
    recall: Estimate  # right of the profiles that hold the skill


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured of an encoder, and what follows."""

    encoder: str
    target: float
    cases: int
    skills: int
    rows: tuple[Row, ...]
    proposal: Row | None
    kinds: dict[str, Row]  # at the proposal

    @classmethod
    def of(cls, encoder: str, judged: Sequence[Judged], *, target: float) -> "Report":
        """Return the report on these cases; raise ValueError if there are none."""
        found = proposal(table(judged, THRESHOLDS), target=target)
        kinds = {}
        if found is not None:
            for kind in dict.fromkeys(one.kind for one in judged):
                of_kind = [one for one in judged if one.kind == kind]
                kinds[kind] = table(of_kind, [found.threshold])[0]
        return cls(
            encoder=encoder,
            target=target,
            cases=len(judged),
            skills=len({(one.kind, one.asked) for one in judged}),
            rows=tuple(table(judged, REPORTED)),
            proposal=found,
            kinds=kinds,
        )


def table(judged: Sequence[Judged], thresholds: Sequence[float]) -> list[Row]:
    """Return a row for each threshold; every skill asked for weighs the same.

    Raise ValueError if there are no cases.
    """
    if not judged:
        raise ValueError("There are no cases to calibrate on.")
    return [_row(judged, threshold) for threshold in thresholds]


def proposal(rows: Sequence[Row], *, target: float) -> Row | None:
    """Return the lowest threshold from which on the precision reaches the target."""
    found = None
    for row in sorted(rows, key=lambda row: -row.threshold):
        if row.precision.value < target:
            break
        found = row
    return found


def _row(judged: Sequence[Judged], threshold: float) -> Row:
    right = np.array([_is_right(one, threshold) for one in judged], dtype=float)
    shown = np.array([_shown(one, threshold) for one in judged], dtype=float)
    groups = _groups(judged)
    by_skill = np.stack(
        [_means(values, groups) for values in (right, shown, np.ones(len(judged)))]
    )
    return Row(
        threshold=threshold,
        shown=int(shown.sum()),
        right=int(right.sum()),
        precision=_estimate(by_skill[0], by_skill[1]),
        recall=_estimate(by_skill[0], by_skill[2]),
    )


def _is_right(one: Judged, threshold: float) -> bool:
    return one.same >= threshold and one.same > one.other


def _shown(one: Judged, threshold: float) -> int:
    """Return how many of the two profiles show a near skill."""
    return (max(one.same, one.other) >= threshold) + (one.other >= threshold)


def _groups(judged: Sequence[Judged]) -> NDArray[np.intp]:
    """Return the number of the skill asked for of each case."""
    numbers: dict[tuple[str, str], int] = {}
    return np.array(
        [numbers.setdefault((one.kind, one.asked), len(numbers)) for one in judged]
    )


def _means(
    values: NDArray[np.float64], groups: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return the mean of each group's values."""
    return np.bincount(groups, weights=values) / np.bincount(groups)


def _estimate(part: NDArray[np.float64], whole: NDArray[np.float64]) -> Estimate:
    generator = np.random.default_rng(SEED)
    drawn = generator.integers(0, len(part), (RESAMPLES, len(part)))
    shares = _share(part[drawn].sum(axis=1), whole[drawn].sum(axis=1))
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(shares, [tail, 1 - tail])
    value = _share(part.sum(keepdims=True), whole.sum(keepdims=True))[0]
    return Estimate(float(value), float(low), float(high))


def _share(
    part: NDArray[np.float64], whole: NDArray[np.float64]
) -> NDArray[np.float64]:
    return np.divide(part, whole, out=np.ones_like(part), where=whole > 0)
