"""Scores to ranks.

Two scores are equal if, in the sorted scores of a query, no step between them is wider
than EQUAL. Documents with the same words for the encoder (`SQL` and `sql`, or one text
encoded in two batches) differ by rounding alone, some 1e-7; a cosine that means
something differs by far more. Equal scores are in the order of the documents as given:
that of the SHA-256 of their texts (tasks.in_text_order).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Scores: TypeAlias = NDArray[np.floating[Any]]

EQUAL = 1e-6


class ScoresNotFinite(ValueError):
    """A score is no number, so that nothing can be ranked by it."""


def ranks_of(scores: "Scores", documents: Sequence[int]) -> list[int]:
    """Return the ranks, counted from 1, of the named documents among all scored.

    `scores` has one score for each document, the higher the nearer.
    """
    ascending = np.sort(scores)
    if not np.isfinite(ascending[[0, -1]]).all():
        raise ScoresNotFinite("The encoder gives vectors that are not numbers.")
    begins = np.flatnonzero(np.diff(ascending, prepend=-np.inf) > EQUAL)
    ends = np.append(begins[1:], len(ascending))
    place = np.searchsorted(ascending, scores[documents])
    tie = np.searchsorted(begins, place, side="right") - 1
    return [
        len(ascending)
        - end
        + 1
        + _equals_before(scores, document, ascending[begin:end])
        for document, begin, end in zip(
            documents, begins[tie].tolist(), ends[tie].tolist(), strict=True
        )
    ]


def _equals_before(scores: "Scores", document: int, equal: "Scores") -> int:
    """Return how many of the equal scores belong to documents given earlier."""
    if len(equal) == 1:
        return 0
    earlier = scores[:document]
    return int(np.count_nonzero((earlier >= equal[0]) & (earlier <= equal[-1])))
