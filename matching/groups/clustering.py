"""Unit vectors to groups: spherical k-means (Dhillon and Modha 2001), seeded.

A vector belongs to the centre it is nearest to by cosine; a centre is the mean
direction of its vectors. Begun as k-means++ does (Arthur and Vassilvitskii 2007),
several times, of which the tightest counts. The same vectors in the same order with
the same seed give the same groups.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    Vectors: TypeAlias = NDArray[np.float32]  # one unit vector in each row
    Labels: TypeAlias = NDArray[np.intp]

TRIES = 5
MOST_ROUNDS = 50

# Numbers of groups that are tried where none is asked for.
TRIED_COUNTS = (4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 25, 28, 32, 36, 40)
FEWEST_IN_A_GROUP = 8  # on average; a smaller pool is tried with fewer groups


@dataclass(frozen=True, slots=True)
class Grouping:
    """Centres, and how well the vectors they were made from lie around them."""

    centres: "Vectors"
    tightness: float  # mean cosine of a vector with its centre
    separation: float  # mean simplified silhouette, in [-1, 1]

    @property
    def count(self) -> int:
        return len(self.centres)


def divide(vectors: "Vectors", *, count: int, seed: int) -> Grouping:
    """Return at most `count` groups; fewer where there are fewer different vectors."""
    count = min(count, len(np.unique(vectors, axis=0)))
    chance = np.random.default_rng(seed)
    tries = [_tightened(vectors, _begun(vectors, count, chance)) for _ in range(TRIES)]
    return max(tries, key=lambda one: one.tightness)


def divide_well(
    vectors: "Vectors",
    *,
    seed: int,
    counts: Iterable[int] = TRIED_COUNTS,
    before_each: Callable[[], object] = lambda: None,
) -> Grouping:
    """Return the groups that lie apart best, of all the numbers of groups tried."""
    most = max(1, len(vectors) // FEWEST_IN_A_GROUP)
    tried = sorted({min(count, most) for count in counts})
    found = []
    for count in tried:
        before_each()
        found.append(divide(vectors, count=count, seed=seed))
    return max(found, key=lambda one: one.separation)


def assigned(vectors: "Vectors", centres: "Vectors") -> "Labels":
    """Return the number of the nearest centre of each vector, the first of equals."""
    nearest: Labels = np.argmax(vectors @ centres.T, axis=1)
    return nearest


def _begun(vectors: "Vectors", count: int, chance: "Generator") -> "Vectors":
    """Choose centres one after the other, those far from all chosen most likely."""
    chosen = [int(chance.integers(len(vectors)))]
    nearest = vectors @ vectors[chosen[0]]
    while len(chosen) < count:
        distances = np.clip(1 - nearest.astype(np.float64), 0, None)
        chosen.append(int(chance.choice(len(vectors), p=distances / distances.sum())))
        nearest = np.maximum(nearest, vectors @ vectors[chosen[-1]])
    return vectors[chosen]


def _tightened(vectors: "Vectors", centres: "Vectors") -> Grouping:
    """Move centres and vectors to each other until nothing changes."""
    labels = assigned(vectors, centres)
    for _round in range(MOST_ROUNDS):
        centres = _means(vectors, labels, centres)
        moved = assigned(vectors, centres)
        if np.array_equal(moved, labels):
            break
        labels = moved
    return Grouping(centres, *_quality(vectors, centres))


def _means(vectors: "Vectors", labels: "Labels", centres: "Vectors") -> "Vectors":
    """Return the mean directions; a centre that nobody is near stays."""
    sums = np.zeros_like(centres, dtype=np.float64)
    np.add.at(sums, labels, vectors)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    means = np.where(lengths > 0, sums / np.maximum(lengths, 1e-12), centres)
    return means.astype(vectors.dtype)


def _quality(vectors: "Vectors", centres: "Vectors") -> tuple[float, float]:
    cosines = vectors @ centres.T
    if len(centres) == 1:
        return float(cosines.mean()), 0.0
    best = np.partition(cosines, -2, axis=1)[:, -2:]
    other, own = 1 - best[:, 0], 1 - best[:, 1]
    silhouettes = (other - own) / np.maximum(other, 1e-9)
    return float(best[:, 1].mean()), float(silhouettes.mean())
