"""Texts to vectors. The only importer of sentence-transformers and torch."""

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from django.utils.module_loading import import_string

from matching.conf import MAX_TOKENS, EncoderSettings, verify_packaged_weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors: TypeAlias = NDArray[np.float32]

# Larger batches gain nothing on few cores and cost memory.
BATCH_SIZE = 32

# A token covers at most 100 characters of a word and the blank before it, so the
# tokens the encoder reads lie within this; the rest need not be tokenised.
READ_CHARACTERS = MAX_TOKENS * 101


class Encoder(Protocol):
    """Texts to unit vectors; the same text gives the same vector."""

    def encode_queries(self, texts: Sequence[str]) -> "Vectors":
        """Return one unit vector for each job-side text, in order."""
        ...

    def encode_documents(self, texts: Sequence[str]) -> "Vectors":
        """Return one unit vector for each candidate-side text, in order."""
        ...

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text has, the unread ones included."""
        ...


class SentenceTransformerEncoder:
    """A sentence-transformers folder, read from disk and from nowhere else."""

    def __init__(self, folder: Path) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415
        from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415

        # It would draw into consoles and piped output.
        disable_progress_bar()  # type: ignore[no-untyped-call]
        self.model = SentenceTransformer(str(folder), local_files_only=True)
        self.model.max_seq_length = MAX_TOKENS
        self.model.eval()

    def encode_queries(self, texts: Sequence[str]) -> "Vectors":
        return self.model.encode_query(
            _read_part(texts),
            batch_size=BATCH_SIZE,
            normalize_embeddings=True,
            show_progress_bar=False,
        )

    def encode_documents(self, texts: Sequence[str]) -> "Vectors":
        # The library sorts by length, so that a batch holds little padding.
        return self.model.encode_document(
            _read_part(texts),
            batch_size=BATCH_SIZE,
            normalize_embeddings=True,
            show_progress_bar=False,
        )

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        tokenizer = self.model.tokenizer
        encodings = tokenizer(
            _read_part(texts), truncation=False, padding=False, verbose=False
        )
        return [len(ids) for ids in encodings["input_ids"]]


def _read_part(texts: Sequence[str]) -> list[str]:
    return [text[:READ_CHARACTERS] for text in texts]


@cache
def load_encoder(settings: EncoderSettings) -> Encoder:
    """Return the encoder of these settings, loaded once per process."""
    verify_packaged_weights(settings)
    encoder_class = import_string(settings.implementation)
    encoder: Encoder = encoder_class(settings.folder)
    return encoder
