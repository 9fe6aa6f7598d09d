"""Hard negatives: texts near an anchor that do not belong to it."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.training.pairs import Pair
from matching.training.recipe import Recipe

Encode = Callable[[Sequence[str], int], NDArray[np.float32]]

# Of the positive's cosine to the anchor. A text nearer than this may belong to the
# anchor as well ("TopK-PercPos", Moreira et al. 2024, arXiv:2407.15831).
MOST_OF_POSITIVE = 0.95
TOO_NEAR = 4.0
OF_OWN_GROUP = 8.0
BLOCK = 512


def with_hard_negatives(
    recipe: Recipe, rows: dict[str, list[Pair]], encode: Encode
) -> dict[str, list[tuple[str, ...]]]:
    """Return, for each row, its hard negatives: positives of other groups."""
    count = recipe.batches.hard_negatives
    if not count:
        return {name: [()] * len(pairs) for name, pairs in rows.items()}
    return {
        name: known(pairs, count)
        or mined(
            pairs,
            anchors=encode([pair.anchor for pair in pairs], recipe.max_tokens),
            positives=encode([pair.positive for pair in pairs], recipe.max_tokens),
            count=count,
        )
        for name, pairs in rows.items()
    }


def known(pairs: Sequence[Pair], count: int) -> list[tuple[str, ...]] | None:
    """Return the negatives that the rows bring themselves, None where they do not."""
    if count != 1 or not all(pair.negative for pair in pairs):
        return None
    return [(pair.negative,) for pair in pairs]


def mined(
    pairs: Sequence[Pair],
    *,
    anchors: NDArray[np.float32],
    positives: NDArray[np.float32],
    count: int,
) -> list[tuple[str, ...]]:
    """Return the `count` nearest positives of other groups for each pair.

    `anchors` and `positives` are unit vectors, one a row. A row that has too few
    takes the nearest of the others, however far.
    """
    groups = np.unique([pair.group for pair in pairs], return_inverse=True)[1]
    found: list[tuple[str, ...]] = []
    for start in range(0, len(pairs), BLOCK):
        block = slice(start, start + BLOCK)
        cosines = anchors[block] @ positives.T
        own = np.einsum("ij,ij->i", anchors[block], positives[block])
        # Those that may not be taken come last, the too near before one's own.
        cosines[cosines > MOST_OF_POSITIVE * own[:, None]] -= TOO_NEAR
        cosines[groups[block, None] == groups[None, :]] -= OF_OWN_GROUP
        for line in cosines:
            found.append(_texts(line, pairs, count))
    return found


def _texts(
    cosines: NDArray[np.float32], pairs: Sequence[Pair], count: int
) -> tuple[str, ...]:
    texts: dict[str, None] = {}
    for number in np.argsort(-cosines, kind="stable")[: count + 50]:
        texts.setdefault(pairs[int(number)].positive)
        if len(texts) == count:
            break
    return tuple(texts)
