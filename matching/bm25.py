"""Words to scores: tokens, BM25, and the sum of words and meaning.

Plain arithmetic that the product and the evaluation share, so that what is measured is
what ranks. Every sum is exactly rounded (`math.fsum`) or of two numbers: the same
words give the same score in whatever order they come.

BM25 is that of S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework:
BM25 and Beyond" (2009), section 3, with the document frequency weight of Lucene's
BM25Similarity, which is never negative:

    idf(t) = ln(1 + (N - n(t) + 0.5) / (n(t) + 0.5))
    score  = sum over t of idf(t) * f(t) * (k1 + 1) / (f(t) + k1 * (1 - b + b * L / A))

N people of whom n(t) hold the term t; f(t) times t in a text of L tokens; A the mean
length. Rank fusion is that of G. Cormack, C. Clarke and S. Buettcher, "Reciprocal Rank
Fusion outperforms Condorcet and individual Rank Learning Methods" (2009), with k = 60.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from recruit.common.text import fold

# How soon repetition stops counting, and how much a long text is discounted.
K1 = 1.2
B = 0.75

# The weight of words in the sum of words and meaning, and the BM25 score at which
# they count half of it: some ten words that one in a hundred texts holds. Measured:
# docs/ranking.md.
WORDS_WEIGHT = 0.5
HALF_SHARE = 60.0

# Each side gives so many rows to be scored together, however few are asked for: who
# leads a list of 25 leads the list of 500 as well.
DEPTH = 512

# Of reciprocal rank fusion.
RANK_CONSTANT = 60

# c++ c# f# .net node.js asp.net 3.11; else runs of letters and digits.
_TOKEN = re.compile(
    r"(?<!\w)\.net(?!\w)"
    r"|[^\W\d_]+\.(?:js|net|io)(?!\w)"
    r"|\d+(?:\.\d+)+"
    r"|(?<!\w)[^\W_](?:\+\+|\#)"
    r"|[^\W_]+"
)

# Words that tell nothing, however rare they are in a few texts. Not "it": an
# abbreviation. The list is Lucene's, with the words of an employer for itself.
_UNTOLD = frozenset(
    {
        "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "if",
        "in", "into", "is", "no", "not", "of", "on", "or", "our", "such", "that",
        "the", "their", "then", "there", "these", "they", "this", "to", "was", "we",
        "will", "with", "you", "your",
    }
)  # fmt: skip

# Scripts that write without blanks between words: taken two characters at a time.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]+")

SHORTEST_STEMMED = 4
LONGEST_TOKEN = 64


def tokens(text: str) -> list[str]:
    """Return the terms of a text in their order, repetitions kept.

    Folded, plural as singular, without the words that stand in every text.
    """
    return [term for term, _word in _terms(text)]


def surfaces(text: str) -> dict[str, str]:
    """Return for each term of a text the word, folded, that first stood for it."""
    found: dict[str, str] = {}
    for term, word in _terms(text):
        found.setdefault(term, word)
    return found


def _terms(text: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(fold(text)):
        if match[0] not in _UNTOLD:
            for word in _words(match[0]):
                yield stem(word), word


def _words(token: str) -> Iterator[str]:
    if token.isascii() or not _UNSPACED.fullmatch(token) or len(token) == 1:
        yield token[:LONGEST_TOKEN]
        return
    for start in range(len(token) - 1):
        yield token[start : start + 2]


def stem(word: str) -> str:
    """Return an English word without the ending of its plural.

    The rules of D. Harman, "How effective is suffixing?" (1991), the S stemmer.
    """
    if len(word) < SHORTEST_STEMMED or not word.endswith("s") or "." in word:
        return word
    if word.endswith("ies"):
        return word if word.endswith(("eies", "aies")) else word[:-3] + "y"
    if word.endswith("es"):
        return word if word.endswith(("aes", "ees", "oes")) else word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]


@dataclass(frozen=True, slots=True)
class Bm25:
    """Scores texts by the words of a query, rare words counting more.

    `frequency` tells in how many of the `document_count` documents a term stands.
    """

    document_count: int
    average_length: float  # tokens
    frequency: Callable[[str], int] | Mapping[str, int]
    k1: float = K1
    b: float = B

    def count(self, term: str) -> int:
        """Return in how many documents a term stands."""
        known = self.frequency
        return known(term) if callable(known) else known.get(term, 0)

    def idf(self, term: str) -> float:
        """Return how much a term tells; never negative, most for an unknown one."""
        # Counts read a moment apart may say that more hold a term than there are.
        count = min(self.count(term), self.document_count)
        return math.log(1 + (self.document_count - count + 0.5) / (count + 0.5))

    def score(
        self, query_tokens: Sequence[str], term_counts: Mapping[str, int], length: int
    ) -> float:
        """Return the score of one text; 0 where no word of the query stands in it.

        `term_counts` may hold the terms of the query alone; `length` is that of the
        whole text in tokens. A term repeated in the query counts once.
        """
        return self.weighted_score(self.weights(query_tokens), term_counts, length)

    def weights(self, terms: Iterable[str]) -> dict[str, float]:
        """Return the idf of each of these terms, in the order in which they come."""
        return {term: self.idf(term) for term in dict.fromkeys(terms)}

    def weighted_score(
        self, weights: Mapping[str, float], term_counts: Mapping[str, int], length: int
    ) -> float:
        """Return the score for a query given by its `weights`: one for many texts."""
        discount = self.discount(length)
        return math.fsum(
            weights[term] * count * (self.k1 + 1) / (count + discount)
            for term, count in term_counts.items()
            if count and term in weights
        )

    def discount(self, length: int) -> float:
        """Return what holds a text of so many tokens down: k1 for an average one."""
        relative = length / self.average_length if self.average_length else 1.0
        return self.k1 * (1 - self.b + self.b * relative)


def fuse(
    words: Sequence[float],
    cosines: Sequence[float | None],
    *,
    weight: float = WORDS_WEIGHT,
) -> list[float]:
    """Return `weight` of the words' share and the rest of the cosine, row by row.

    The share of a BM25 score s is s^2 / (s^2 + HALF_SHARE^2), in [0, 1): a few common
    words in passing count for almost nothing, a text full of the right ones for almost
    all. The cosine counts as it is; a row without one (None: found by its words, no
    vector yet) as if it were 0. No row depends on another: where all words score 0,
    the cosine alone decides, and who else was found never turns the order of two.
    """
    return [
        weight * _share(score) + (1 - weight) * (cosine or 0.0)
        for score, cosine in zip(words, cosines, strict=True)
    ]


def _share(score: float) -> float:
    return score**2 / (score**2 + HALF_SHARE**2)


def rank_fusion(
    *rankings: Sequence[float | None], constant: int = RANK_CONSTANT
) -> list[float]:
    """Return the sum of 1 / (constant + rank) over rankings given as scores.

    Equal scores have equal ranks, that of the first of them; None has no rank.
    """
    shares = [_reciprocals(scores, constant) for scores in rankings]
    return [math.fsum(row) for row in zip(*shares, strict=True)]


def _reciprocals(scores: Sequence[float | None], constant: int) -> list[float]:
    ranks: dict[float, int] = {}
    known = sorted((one for one in scores if one is not None), reverse=True)
    for rank, score in enumerate(known, start=1):
        ranks.setdefault(score, rank)
    return [0.0 if one is None else 1 / (constant + ranks[one]) for one in scores]
