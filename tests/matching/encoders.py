"""A small honest encoder: texts are near when they share words."""

import re
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.adapters import Adapter
from matching.conf import DIMENSIONS

FOLDER = Path(__file__).parent / "hashing_encoder"


class HashingEncoder:
    """Each word turns the vector its own way; tests may watch what is encoded."""

    encoded: list[list[str]] = []
    before_batch: Callable[[list[str]], None] | None = None

    def __init__(self, folder: Path, adapter: Adapter | None = None) -> None:
        self.folder = folder
        self.adapter = adapter

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        HashingEncoder.encoded.append(list(texts))
        if HashingEncoder.before_batch is not None:
            HashingEncoder.before_batch(list(texts))
        return np.stack([_vector(text) for text in texts])

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_queries(texts)

    def encode_first(
        self, texts: Sequence[str], *, are_queries: bool = False
    ) -> NDArray[np.float32]:
        return self.encode_queries(texts)

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def _vector(text: str) -> NDArray[np.float32]:
    vector = np.full(DIMENSIONS, 1e-3, dtype=np.float32)
    for word in re.findall(r"\w+", text.lower()):
        digest = blake2b(word.encode(), digest_size=8).digest()
        number = int.from_bytes(digest, "big")
        vector[number % DIMENSIONS] += 1.0
    return vector / np.linalg.norm(vector)
