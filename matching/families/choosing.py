"""Similarities to the example sentences to the family that is proposed, or none.

A family's score is the mean of two cosines: that to its centre, which says what its
sentences have in common, and that to its nearest sentence, which says that a job of
exactly this kind is meant. On O*NET the mean is right for more occupations than
either alone (docs/families.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CENTRE = 0  # the number of a family's centre; its sentences are numbered from 1


@dataclass(frozen=True, slots=True)
class ExampleSimilarity:
    """How near a text is to one sentence of a family, or to its centre."""

    family: str
    number: int
    similarity: float  # cosine, in [-1, 1]


@dataclass(frozen=True, slots=True)
class FamilyScore:
    """How well a family fits a text."""

    family: str
    score: float  # mean of two cosines, in [-1, 1]
    nearest: int  # the number of the sentence that is nearest


def scored(similarities: Iterable[ExampleSimilarity]) -> list[FamilyScore]:
    """Return the families, the best first; equal scores by code."""
    by_family: dict[str, dict[int, float]] = {}
    for one in similarities:
        by_family.setdefault(one.family, {})[one.number] = one.similarity
    scores = [
        FamilyScore(family, *_score(numbers)) for family, numbers in by_family.items()
    ]
    return sorted(scores, key=lambda one: (-one.score, one.family))


def _score(numbers: dict[int, float]) -> tuple[float, int]:
    sentences = [number for number in numbers if number != CENTRE]
    nearest = max(sentences, key=lambda number: (numbers[number], -number))
    return (numbers[CENTRE] + numbers[nearest]) / 2, nearest


def margin(scores: Sequence[FamilyScore]) -> float:
    """Return how far the best family is before the next; 0 for fewer than two."""
    return scores[0].score - scores[1].score if len(scores) > 1 else 0.0
