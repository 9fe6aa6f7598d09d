"""Which rows stand in a batch together: laid out before the run, so that it can be
read, tested, and gone on with after a stop.

A batch holds rows of one data set, because the other rows' texts are the negatives:
texts of another kind would be told apart by their form alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

import numpy as np
from numpy.typing import NDArray

from matching.training.pairs import Pair
from matching.training.recipe import Batches

# Rows from which the batches of texts of about one length are cut.
POOL_BATCHES = 16


def lay_out(
    rows: Sequence[Pair],
    *,
    batches: Batches,
    seed: int,
    vectors: NDArray[np.float32] | None = None,
) -> list[list[int]]:
    """Return the batches of one epoch as row numbers, in a drawn order.

    `vectors` (rows x dimensions, unit) are those of the anchors, needed where alike
    rows stand together. Rows that fit no full batch are left out, as rows of a
    short batch would have fewer negatives; a data set below one batch is one batch.
    """
    generator = Random(seed)  # noqa: S311 (drawing rows, not secrets)
    order = list(range(len(rows)))
    generator.shuffle(order)
    if batches.arrangement == "by_length":
        order = _by_length(rows, order, batches.size)
    elif batches.arrangement == "alike":
        if vectors is None:
            raise ValueError("Alike rows are found by their vectors.")
        order = _alike(vectors, order, batches.size)
    laid = _distinct(rows, order, batches.size) if batches.distinct else None
    laid = laid or _cut(order, batches.size)
    generator.shuffle(laid)
    return laid


def interleave(
    laid: Sequence[Sequence[Sequence[int]]], *, seed: int
) -> list[tuple[int, Sequence[int]]]:
    """Return (data set, batch) of all data sets in one drawn order."""
    together = [
        (number, batch) for number, batches in enumerate(laid) for batch in batches
    ]
    Random(seed).shuffle(together)  # noqa: S311 (drawing rows, not secrets)
    return together


def _cut(order: Sequence[int], size: int) -> list[list[int]]:
    full = len(order) // size * size or len(order)
    return [list(order[start : start + size]) for start in range(0, full, size)]


def _by_length(rows: Sequence[Pair], order: list[int], size: int) -> list[int]:
    """Sort by length within pools, so that a batch holds little padding."""
    sorted_order: list[int] = []
    pool = size * POOL_BATCHES
    for start in range(0, len(order), pool):
        sorted_order += sorted(
            order[start : start + pool],
            key=lambda number: len(rows[number].anchor) + len(rows[number].positive),
        )
    return sorted_order


def _alike(vectors: NDArray[np.float32], order: list[int], size: int) -> list[int]:
    """Put rows beside those they are most alike, pool by pool.

    Half a batch is a row's nearest neighbours in its pool, half is drawn: only hard
    negatives would teach to tell neighbours apart and forget the rest.
    """
    arranged: list[int] = []
    pool = size * POOL_BATCHES
    half = size // 2
    for start in range(0, len(order), pool):
        left = order[start : start + pool]
        while left:
            seed_row = left[0]
            nearness = vectors[left] @ vectors[seed_row]
            nearest = np.argsort(-nearness, kind="stable")[:half]
            chosen = [left[place] for place in sorted(nearest.tolist())]
            taken = set(chosen)
            rest = [number for number in left if number not in taken]
            arranged += chosen + rest[-(size - half) :]
            left = rest[: -(size - half)] if len(rest) > size - half else []
    return arranged


def _distinct(rows: Sequence[Pair], order: Sequence[int], size: int) -> list[list[int]]:
    """Fill batches in which no group and no text stands twice, in order.

    A row that fits no open batch opens another, so that few rows wait long.
    """
    full: list[list[int]] = []
    waiting: list[_Filling] = []
    for number in order:
        row = rows[number]
        marks = {f"{row.kind}\n{row.group}", row.anchor, row.positive}
        fitting = (batch for batch in waiting if batch.marks.isdisjoint(marks))
        batch = next(fitting, None)
        if batch is None:
            batch = _Filling()
            waiting.append(batch)
        batch.numbers.append(number)
        batch.marks |= marks
        if len(batch.numbers) == size:
            full.append(batch.numbers)
            waiting.remove(batch)
    if not full and waiting:
        full.append(max((batch.numbers for batch in waiting), key=len))
    return full


@dataclass(eq=False, slots=True)
class _Filling:
    """A batch that is not full yet, and what may not stand in it again."""

    numbers: list[int] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
