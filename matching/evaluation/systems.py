"""The systems that are compared: each gives a score to every document of a task."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import numpy as np

from matching.bm25 import DEPTH, fuse
from matching.evaluation.words import InvertedLists

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from matching.evaluation.ranking import Scores
    from matching.evaluation.tasks import Task
    from matching.evaluation.vectors import Sides, Vectors

SEED = 10

# Taken from a cosine, which is at least -1, it is below any fused score.
BELOW = 2


class SystemName(StrEnum):
    """What a row of the report is about."""

    ENCODER = "encoder"  # the bare encoder, first 256 tokens
    PRODUCT = "product"  # the encoder with what the product does with long texts
    HYBRID = "hybrid"  # product with words
    BASE = "base"  # the packaged encoder without adapter, first 256 tokens
    BM25 = "bm25"
    RANDOM = "random"


class System(Protocol):
    """Scores the documents of one task for its queries; the higher, the nearer."""

    def scores(self, queries: range) -> "Scores":
        """Return a row per query, with one score for each document of the corpus."""
        ...


@dataclass(frozen=True, slots=True)
class Cosines:
    """Scores by the cosine of unit vectors."""

    queries: "Vectors"
    documents: "Vectors"

    def scores(self, queries: range) -> "Scores":
        cosines: Vectors = self.queries[queries.start : queries.stop] @ self.documents.T
        return cosines


@dataclass(frozen=True, slots=True)
class Words:
    """Scores by BM25."""

    queries: list[str]
    lists: InvertedLists

    def scores(self, queries: range) -> "Scores":
        return np.stack([self.lists.scores(self.queries[query]) for query in queries])


@dataclass(frozen=True, slots=True)
class Hybrid:
    """Scores by words and cosine together, as the product's hybrid order does."""

    words: System
    cosines: System

    def scores(self, queries: range) -> "Scores":
        both = zip(
            self.words.scores(queries), self.cosines.scores(queries), strict=True
        )
        return np.stack([fused(words, cosines) for words, cosines in both])


def fused(words: "Scores", cosines: "Scores") -> "Scores":
    """Return the product's hybrid scores of one query.

    As in the product, the DEPTH nearest and the DEPTH with the best words are scored
    together; what neither side finds comes after them, the nearest first.
    """
    found = np.flatnonzero(_best(cosines) | (_best(words) & (words > 0)))
    scores = cosines.astype(np.float64) - BELOW
    scores[found] = fuse(words[found].tolist(), cosines[found].tolist())
    return scores


def _best(scores: "Scores") -> "NDArray[np.bool_]":
    """Return which are the DEPTH highest scores, and all that equal the last."""
    if len(scores) <= DEPTH:
        return np.ones(len(scores), dtype=bool)
    last = np.partition(scores, -DEPTH)[-DEPTH]
    best: NDArray[np.bool_] = scores >= last
    return best


@dataclass(frozen=True, slots=True)
class Random:
    """Scores by chance, the same ones for the same number of query and corpus."""

    documents: int

    def scores(self, queries: range) -> "Scores":
        return np.stack(
            [
                np.random.default_rng([SEED, query]).random(self.documents)
                for query in queries
            ]
        )


def cosines_of(task: "Task", sides: "Sides") -> Cosines:
    """Return the system of these vectors."""
    return Cosines(
        sides.queries(task.query_texts()), sides.documents(task.document_texts())
    )


def words_of(task: "Task") -> Words:
    """Return the system of words."""
    return Words(task.query_texts(), InvertedLists(task.document_texts()))
