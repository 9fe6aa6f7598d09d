"""Who is trained on, and who is kept back for evaluation.

A split is by group, never by row: the rows of one job title, of one broad occupation
or of one skill are near copies of each other, and a row split would leak.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from hashlib import sha256
from itertools import pairwise
from math import ceil

# One group of five is kept back. A digest, and not a drawn number, decides: a group
# stays on its side whatever other data is read beside it.
HELD_OUT_PERCENT = 20

# Two texts are near copies if they share this part of their words, counted as
# the Jaccard index of their sets of word pairs (Broder 1997, "On the resemblance
# and containment of documents"); shorter texts are compared whole.
NEAR_COPY = 0.7
FEWEST_PAIRS = 4

_WORD = re.compile(r"[^\W_]+(?:[+#]+)?")


class SplitShares(ValueError):
    """Training rows are near copies of what is kept back for evaluation."""


def is_held_out(group: str) -> bool:
    """Return whether the rows of this group are kept back for evaluation."""
    number = int.from_bytes(sha256(group.encode()).digest()[:8], "big")
    return number % 100 < HELD_OUT_PERCENT


class KeptBack:
    """The texts of evaluation, by which near copies of them are recognised.

    Two sets of n and m word pairs that share the part NEAR_COPY of both share one of
    the n - ceil(NEAR_COPY n) + 1 rarest pairs of the first (prefix filtering, Bayardo
    et al. 2007, "Scaling up all pairs similarity search"), so only these are looked
    up, and common pairs cost nothing.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        distinct = sorted({_words(text) for text in texts})
        self._exact = set(distinct)
        self._pairs = [
            pairs for words in distinct if len(pairs := _pairs(words)) >= FEWEST_PAIRS
        ]
        self._frequency = Counter(pair for pairs in self._pairs for pair in pairs)
        self._holders: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, pairs in enumerate(self._pairs):
            for pair in self._rarest(pairs):
                self._holders[pair].append(number)

    def _rarest(self, pairs: frozenset[tuple[str, str]]) -> list[tuple[str, str]]:
        count = len(pairs) - ceil(NEAR_COPY * len(pairs)) + 1
        return sorted(pairs, key=lambda pair: (self._frequency[pair], pair))[:count]

    def holds_near_copy_of(self, text: str) -> bool:
        """Return whether `text` is, nearly, one of the texts kept back."""
        words = _words(text)
        if words in self._exact:
            return True
        pairs = _pairs(words)
        if len(pairs) < FEWEST_PAIRS:
            return False
        met = {
            number
            for pair in self._rarest(pairs)
            for number in self._holders.get(pair, ())
        }
        return any(_jaccard(pairs, self._pairs[number]) >= NEAR_COPY for number in met)


def refuse_shared(texts: Iterable[str], kept_back: KeptBack) -> None:
    """Raise SplitShares, naming the first, if a text is nearly one kept back."""
    for text in texts:
        if kept_back.holds_near_copy_of(text):
            raise SplitShares(
                "The split shares a text, or a near copy of it, between training and"
                f" evaluation: {text[:120]!r}."
            )


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _pairs(words: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(words))


def _jaccard(
    first: frozenset[tuple[str, str]], second: frozenset[tuple[str, str]]
) -> float:
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared)
