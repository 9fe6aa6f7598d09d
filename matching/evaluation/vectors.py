"""Texts to vectors for evaluation: each distinct text is encoded once.

Thereby equal texts have equal vectors, and tasks that share their documents share the
work. How many vectors are remembered is bounded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors: TypeAlias = NDArray[np.float32]
    Encode: TypeAlias = Callable[[Sequence[str]], Vectors]

# What an encoder reads at once, by which it tells short texts from long ones.
READ_TOKENS = 256
# Given to the encoder at once; also how often progress is told.
BATCH = 512
MOST_REMEMBERED = 40_000


class Encodes(Protocol):
    """What evaluation asks of an encoder; matching.encoder.Encoder is one."""

    def encode_queries(self, texts: Sequence[str]) -> "Vectors": ...

    def encode_documents(self, texts: Sequence[str]) -> "Vectors": ...

    def encode_first(
        self, texts: Sequence[str], *, are_queries: bool = False
    ) -> "Vectors": ...

    def token_counts(self, texts: Sequence[str]) -> list[int]: ...


def _nobody(_count: int) -> None:
    """Tell nobody."""


class Remembered:
    """An encoding function that remembers the vectors it made last."""

    def __init__(
        self, encode: "Encode", after_batch: Callable[[int], object] = _nobody
    ) -> None:
        self._encode = encode
        self._after_batch = after_batch
        self._vectors: dict[str, Vectors] = {}

    def __call__(self, texts: Sequence[str]) -> "Vectors":
        """Return one vector for each text, in order."""
        missing = {text for text in texts if text not in self._vectors}
        # Texts of one length in one batch hold little padding.
        ordered = sorted(missing, key=lambda text: (len(text), text))
        for first in range(0, len(ordered), BATCH):
            batch = ordered[first : first + BATCH]
            self._vectors.update(zip(batch, self._encode(batch), strict=True))
            self._after_batch(len(batch))
        vectors = np.stack([self._vectors[text] for text in texts])
        self._forget(len(self._vectors) - MOST_REMEMBERED)
        return vectors

    def _forget(self, count: int) -> None:
        for text in list(islice(self._vectors, max(count, 0))):
            del self._vectors[text]


@dataclass(frozen=True, slots=True)
class Sides:
    """How one system makes vectors of queries and of documents."""

    queries: "Encode"
    documents: "Encode"


class Judged:
    """An encoder under evaluation, and the name that its figures stand under."""

    def __init__(
        self,
        identity: str,
        encoder: Encodes,
        after_batch: Callable[[int], object] = _nobody,
    ) -> None:
        self.identity = identity
        self._encoder = encoder
        self._after_batch = after_batch
        self.first = Sides(
            Remembered(self._first_queries, after_batch),
            Remembered(encoder.encode_first, after_batch),
        )
        self._long = Sides(
            Remembered(encoder.encode_queries, after_batch),
            Remembered(encoder.encode_documents, after_batch),
        )
        self.whole = Sides(self._whole_queries, self._whole_documents)

    def _first_queries(self, texts: Sequence[str]) -> "Vectors":
        return self._encoder.encode_first(texts, are_queries=True)

    def _whole_queries(self, texts: Sequence[str]) -> "Vectors":
        return self._whole(texts, self.first.queries, self._long.queries)

    def _whole_documents(self, texts: Sequence[str]) -> "Vectors":
        return self._whole(texts, self.first.documents, self._long.documents)

    def _whole(
        self, texts: Sequence[str], first: "Encode", whole: "Encode"
    ) -> "Vectors":
        """Return the vectors that the product makes.

        Of a text that the encoder reads in one go it is the bare encoder's, which is
        not made twice.
        """
        vectors = first(texts)
        counts = self._encoder.token_counts(texts)
        long = [at for at, count in enumerate(counts) if count > READ_TOKENS]
        if long:
            vectors[long] = whole([texts[at] for at in long])
        return vectors
