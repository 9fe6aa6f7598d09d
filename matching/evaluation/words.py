"""BM25 of many queries over one corpus: the product's scores, from inverted lists."""

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from matching.bm25 import Bm25, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class InvertedLists:
    """For each term the documents that hold it, with what it adds to their scores.

    The scores are those of matching.bm25.Bm25 with the frequencies of this corpus.
    """

    def __init__(self, texts: "Sequence[str]") -> None:
        counts = [Counter(tokens(text)) for text in texts]
        lengths = [count.total() for count in counts]
        holders: dict[str, list[int]] = {}
        for document, count in enumerate(counts):
            for term in count:
                holders.setdefault(term, []).append(document)
        bm25 = Bm25(
            document_count=len(texts),
            average_length=sum(lengths) / len(lengths),
            frequency={term: len(held) for term, held in holders.items()},
        )
        self._document_count = len(texts)
        self._holders = {term: np.array(held) for term, held in holders.items()}
        self._added = {
            term: np.array(
                [bm25.score([term], counts[one], lengths[one]) for one in held]
            )
            for term, held in holders.items()
        }

    def scores(self, query: str) -> "NDArray[np.float64]":
        """Return the score of each document for a query."""
        scores = np.zeros(self._document_count)
        for term in sorted(set(tokens(query))):
            if term in self._holders:
                scores[self._holders[term]] += self._added[term]
        return scores
