"""A long text in passages that the encoder can read, and their vectors as one.

Plain values: tokens are given by where they stand in the text, vectors as arrays.
A text that the encoder reads whole is one passage, itself, and its vector stays as
the encoder made it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector: TypeAlias = NDArray[np.float32]

Span: TypeAlias = tuple[int, int]  # where a token begins and ends in the text

SENTENCE_ENDS = frozenset(".!?;:")


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a text, as it stands there."""

    text: str
    token_count: int


def passages(
    text: str, spans: Sequence[Span], *, longest: int, most: int
) -> list[Passage]:
    """Return the text in parts of at most `longest` tokens, the first `most` of them.

    A part ends where a line ends, else a sentence, else a word, if one of these
    does so in its second half; else between two tokens.
    """
    if len(spans) <= longest:
        return [Passage(text, len(spans))]
    return [
        Passage(text[spans[first][0] : spans[last - 1][1]], last - first)
        for first, last in _cuts(text, spans, longest, most)
    ]


def combine(vectors: "Sequence[Vector]", weights: Sequence[float]) -> "Vector":
    """Return the unit vector of the weighted mean; of one vector, itself."""
    if len(vectors) == 1:
        return vectors[0]
    mean = np.average(np.stack(vectors), axis=0, weights=weights)
    length = np.linalg.norm(mean)
    # Opposite vectors have no mean direction: the first stands for the text.
    if length == 0:
        return vectors[0]
    unit: Vector = (mean / length).astype(vectors[0].dtype)
    return unit


def _cuts(
    text: str, spans: Sequence[Span], longest: int, most: int
) -> Iterator[tuple[int, int]]:
    first = 0
    for _number in range(most):
        if first >= len(spans):
            return
        last = _cut(text, spans, first, longest)
        yield first, last
        first = last


def _cut(text: str, spans: Sequence[Span], first: int, longest: int) -> int:
    """Return the token before which the part that begins with `first` ends."""
    furthest = first + longest
    if furthest >= len(spans):
        return len(spans)
    places = range(furthest, first + longest // 2, -1)
    return max(places, key=lambda place: _border(text, spans, place))


def _border(text: str, spans: Sequence[Span], place: int) -> int:
    """Return how well a text parts before a token: 3 line, 2 sentence, 1 word."""
    end = spans[place - 1][1]
    between = text[end : spans[place][0]]
    if "\n" in between:
        return 3
    if not between:
        return 0
    return 2 if text[end - 1 : end] in SENTENCE_ENDS else 1
