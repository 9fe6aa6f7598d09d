"""Who is trained on, and who is kept back for evaluation.

A split is by group, never by row: the rows of one job title, of one broad occupation
or of one skill are near copies of each other, and a row split would leak.
"""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

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

    Built over `texts` once; a look-up costs a few dictionary reads per word pair.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._exact: set[tuple[str, ...]] = set()
        self._sizes: list[int] = []
        self._holders: dict[tuple[str, str], list[int]] = {}
        for text in texts:
            self._add(_words(text))

    def _add(self, words: tuple[str, ...]) -> None:
        if words in self._exact:
            return
        self._exact.add(words)
        pairs = set(_pairs(words))
        if len(pairs) < FEWEST_PAIRS:
            return
        number = len(self._sizes)
        self._sizes.append(len(pairs))
        for pair in pairs:
            self._holders.setdefault(pair, []).append(number)

    def holds_near_copy_of(self, text: str) -> bool:
        """Return whether `text` is, nearly, one of the texts kept back."""
        words = _words(text)
        if words in self._exact:
            return True
        pairs = set(_pairs(words))
        if len(pairs) < FEWEST_PAIRS:
            return False
        shared: dict[int, int] = {}
        for pair in pairs:
            for number in self._holders.get(pair, ()):
                shared[number] = shared.get(number, 0) + 1
        return any(
            count / (len(pairs) + self._sizes[number] - count) >= NEAR_COPY
            for number, count in shared.items()
        )


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


def _pairs(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return zip(words, words[1:], strict=False)
