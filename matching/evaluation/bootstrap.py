"""Figures of queries to a mean with its 95 % interval.

The percentile bootstrap of B. Efron and R. Tibshirani, "An Introduction to the
Bootstrap" (1993), chapter 13: queries are drawn with replacement SAMPLES times, and
the interval lies between the 2.5 % and the 97.5 % quantile of the drawn means. A
difference is paired (T. Sakai, "Evaluating evaluation metrics based on the bootstrap",
2006): it is drawn from the differences query by query. Averaged over groups, each mean
is the mean of the groups' means, and queries are drawn within their groups.

The draws are seeded: the same figures give the same intervals, and all systems of a
task meet the same draws.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matching.evaluation.measures import MEASURES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Figures: TypeAlias = NDArray[np.float64]  # a row per query, a column per measure

SEED = 20
SAMPLES = 2000
LEVELS = (0.025, 0.975)
# Draws held at once are bounded, however many queries there are.
CELLS_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean, and the bounds of its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        return self.low > 0 or self.high < 0


def estimates(
    figures: "Figures", groups: Sequence[str] | None = None
) -> dict[str, Estimate]:
    """Return each measure's mean over the queries with its interval.

    With `groups`, one per query, the mean over the groups of their means.
    """
    members = _members(len(figures), groups)
    drawn = np.concatenate(
        [weights @ figures for weights in _drawn_weights(len(figures), members)]
    )
    low, high = np.quantile(drawn, LEVELS, axis=0)
    means = np.mean([figures[one].mean(axis=0) for one in members], axis=0)
    return {
        measure: Estimate(float(means[at]), float(low[at]), float(high[at]))
        for at, measure in enumerate(MEASURES)
    }


def _members(queries: int, groups: Sequence[str] | None) -> "list[NDArray[np.intp]]":
    """Return the queries of each group, the groups in the order of their names."""
    if groups is None:
        return [np.arange(queries)]
    names = np.asarray(groups)
    return [np.flatnonzero(names == name) for name in sorted(set(groups))]


def _drawn_weights(
    queries: int, members: "list[NDArray[np.intp]]"
) -> "Iterator[NDArray[np.float64]]":
    """Give rows of weights, each summing to 1: how often a query was drawn."""
    random = np.random.default_rng(SEED)
    rows = max(1, CELLS_AT_ONCE // queries)
    for first in range(0, SAMPLES, rows):
        count = min(rows, SAMPLES - first)
        weights = np.zeros((count, queries))
        for group in members:
            weights[:, group] = _times_drawn(random, count, len(group)) / (
                len(group) * len(members)
            )
        yield weights


def _times_drawn(
    random: np.random.Generator, samples: int, size: int
) -> "NDArray[np.int64]":
    drawn = random.integers(size, size=(samples, size))
    rows = np.arange(samples)[:, None] * size
    counts = np.bincount((drawn + rows).ravel(), minlength=samples * size)
    return counts.reshape(samples, size)
