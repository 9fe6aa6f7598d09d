"""A long text in passages that the encoder can read, and their vectors as one.

Plain values: tokens are given by where they stand in the text, vectors as arrays.
A text that the encoder reads at once is one passage, itself, and its vector stays as
the encoder made it. Of a longer one the vector is the weighted mean of its passages'.
What was measured against it stands in docs/long-texts.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector: TypeAlias = NDArray[np.float32]

Span: TypeAlias = tuple[int, int]  # where a token begins and ends in the text

# Of two passages of a career that add as much, the later weighs so much of the earlier.
DECAY = 0.9
# How much likeness counts in a job: the exponent of the cosine.
LIKENESS = 2
LEAST_LIKENESS = 0.01  # so that weights never add up to nothing

SENTENCE_ENDS = frozenset(".!?;:")


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a text, as it stands there."""

    text: str
    added: int  # tokens that stand in no passage before


def passages(
    text: str, spans: Sequence[Span], *, longest: int, most: int
) -> list[Passage]:
    """Return the text, up to its `most`-th token, in parts of at most `longest`.

    `spans` are the tokens of the text, in order. A part ends where a line ends, else
    a sentence, else a word, if one of these does so in its second half; else between
    two tokens. The last part reaches back as far as it may be long: a short remainder
    alone would say little of what it belongs to.
    """
    if len(spans) <= longest:
        return [Passage(text, len(spans))]
    cuts = list(_cuts(text, spans, longest, min(most, len(spans))))
    begins = [first for first, _last in cuts]
    begins[-1] = _reached_back(text, spans, cuts[-1], longest)
    return [
        Passage(text[spans[begin][0] : spans[last - 1][1]], added=last - first)
        for begin, (first, last) in zip(begins, cuts, strict=True)
    ]


def career_weights(parts: Sequence[Passage]) -> list[float]:
    """Return how much each passage counts: by what it adds, the first ones more.

    The latest work, and what says most about it, stands first.
    """
    return [part.added * DECAY**place for place, part in enumerate(parts)]


def job_weights(parts: Sequence[Passage], vectors: "Sequence[Vector]") -> list[float]:
    """Return how much each passage counts: by what it adds, and how like it is to all.

    So what a job says of the company, of benefits and the law counts less than what
    it says of the work.
    """
    added = [float(part.added) for part in parts]
    whole = combine(vectors, added)
    return [
        tokens * max(float(vector @ whole), LEAST_LIKENESS) ** LIKENESS
        for tokens, vector in zip(added, vectors, strict=True)
    ]


def combine(vectors: "Sequence[Vector]", weights: Sequence[float]) -> "Vector":
    """Return the unit vector of the weighted mean; of one vector, itself."""
    if len(vectors) == 1:
        return vectors[0]
    mean = np.average(np.stack(vectors), axis=0, weights=weights)
    length = np.linalg.norm(mean)
    # Opposite vectors have no mean direction: the first stands for the text.
    if length < np.finfo(np.float32).eps:
        return vectors[0]
    unit: Vector = (mean / length).astype(vectors[0].dtype)
    return unit


def _cuts(
    text: str, spans: Sequence[Span], longest: int, most: int
) -> Iterator[tuple[int, int]]:
    """Yield the first token of each part and the one before which it ends."""
    first = 0
    while first < most:
        furthest = min(first + longest, most)
        last = _cut(text, spans, first, furthest)
        yield first, last
        # Where reading ends inside a word, that word is left out.
        first = most if furthest == most else last


def _cut(text: str, spans: Sequence[Span], first: int, furthest: int) -> int:
    if furthest == len(spans):
        return furthest
    places = range(furthest, (first + furthest) // 2, -1)
    return max(places, key=lambda place: _border(text, spans, place))


def _reached_back(
    text: str, spans: Sequence[Span], cut: tuple[int, int], longest: int
) -> int:
    """Return the first word from which the part is not too long."""
    first, last = cut
    earliest = max(last - longest, 0)
    places = range(earliest, first)
    return next((place for place in places if _border(text, spans, place)), first)


def _border(text: str, spans: Sequence[Span], place: int) -> int:
    """Return how well a text parts before a token: 3 line, 2 sentence, 1 word."""
    if place == 0:
        return 3
    end = spans[place - 1][1]
    between = text[end : spans[place][0]]
    if "\n" in between:
        return 3
    if not between:
        return 0
    return 2 if text[end - 1 : end] in SENTENCE_ENDS else 1
