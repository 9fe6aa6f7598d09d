"""Texts to vectors. The only importer of sentence-transformers and torch."""

import os
from collections.abc import Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

import numpy as np
from django.utils.module_loading import import_string

from matching.adapters import (
    WEIGHTS,
    Adapter,
    AdapterInvalid,
    EncoderFolderInvalid,
)
from matching.conf import (
    MAX_TOKENS,
    READ_TOKENS,
    EncoderSettings,
    verify_packaged_weights,
)
from matching.passages import (
    Passage,
    Span,
    career_weights,
    combine,
    job_weights,
    passages,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

    from matching.passages import Vector

    Vectors: TypeAlias = NDArray[np.float32]

# Larger batches gain nothing on few cores and cost memory.
BATCH_SIZE = 32

# Of the tokens that the encoder reads, two are its own marks.
MARKS = 2

# A token covers at most 100 characters of a word and the blank before it, so the
# tokens that are read lie within so many; the rest need not be tokenised.
MOST_CHARACTERS = 101


class Encoder(Protocol):
    """Texts to unit vectors; the same text gives the same vector."""

    def encode_queries(self, texts: Sequence[str]) -> "Vectors":
        """Return one unit vector for each job-side text, in order.

        Of a text longer than the encoder reads at once: of all its passages.
        """
        ...

    def encode_documents(self, texts: Sequence[str]) -> "Vectors":
        """Return one unit vector for each candidate-side text, in order.

        Of a text longer than the encoder reads at once: of all its passages.
        """
        ...

    def encode_first(
        self, texts: Sequence[str], *, are_queries: bool = False
    ) -> "Vectors":
        """Return one unit vector for the first 256 tokens of each text, in order."""
        ...

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text has, marks and unread ones included.

        Of a text much longer than is read, only that it is longer.
        """
        ...


class SentenceTransformerEncoder:
    """A sentence-transformers folder, read from disk and from nowhere else."""

    def __init__(self, folder: Path, adapter: Adapter | None = None) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
        self.model = _model(folder)
        self.model.max_seq_length = MAX_TOKENS
        if adapter is not None:
            put_on(self.model, adapter)
        self.model.eval()

    def encode_queries(self, texts: Sequence[str]) -> "Vectors":
        return self._encode_whole(texts, are_queries=True)

    def encode_documents(self, texts: Sequence[str]) -> "Vectors":
        return self._encode_whole(texts, are_queries=False)

    def encode_first(
        self, texts: Sequence[str], *, are_queries: bool = False
    ) -> "Vectors":
        encode = self.model.encode_query if are_queries else self.model.encode_document
        # The library sorts by length, so that a batch holds little padding.
        return encode(
            [text[: MAX_TOKENS * MOST_CHARACTERS] for text in texts],
            batch_size=BATCH_SIZE,
            normalize_embeddings=True,
            show_progress_bar=False,
        )

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        return [len(spans) + MARKS for spans in self._token_spans(texts)]

    def _encode_whole(self, texts: Sequence[str], *, are_queries: bool) -> "Vectors":
        parts = [
            passages(text, spans, longest=MAX_TOKENS - MARKS, most=READ_TOKENS - MARKS)
            for text, spans in zip(texts, self._token_spans(texts), strict=True)
        ]
        read = [passage.text for of_one in parts for passage in of_one]
        vectors = self.encode_first(read, are_queries=are_queries)
        if len(read) == len(texts):
            return vectors
        left = iter(vectors)
        return np.stack(
            [
                _whole(of_one, list(islice(left, len(of_one))), is_job=are_queries)
                for of_one in parts
            ]
        )

    def _token_spans(self, texts: Sequence[str]) -> list[list[Span]]:
        if not texts:
            return []
        encodings = self.model.tokenizer(
            [text[: READ_TOKENS * MOST_CHARACTERS] for text in texts],
            truncation=False,
            padding=False,
            add_special_tokens=False,
            return_offsets_mapping=True,
            verbose=False,
        )
        spans: list[list[Span]] = encodings["offset_mapping"]
        return spans


def _whole(
    parts: Sequence[Passage], vectors: "Sequence[Vector]", *, is_job: bool
) -> "Vector":
    weights = job_weights(parts, vectors) if is_job else career_weights(parts)
    return combine(vectors, weights)


def _model(folder: Path) -> "SentenceTransformer":
    from safetensors import SafetensorError  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415

    # It would draw into consoles and piped output.
    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(str(folder), local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise EncoderFolderInvalid(
            f"The encoder in {folder} cannot be loaded: {error}.",
            hint="Restore the folder, or name one saved by sentence-transformers.",
        ) from error


# What peft puts before and after the name of a weight.
_PREFIX = "base_model.model."
_FACTORS = (".lora_A.weight", ".lora_B.weight")


def put_on(model: "SentenceTransformer", adapter: Adapter) -> None:
    """Add an adapter to the weights of the encoder it was trained on.

    W + scaling * B A (Hu et al. 2021, arXiv:2106.09685), once, so that encoding takes
    no longer than before. Raise AdapterInvalid where a factor fits no weight.
    """
    import torch  # noqa: PLC0415
    from safetensors.torch import load_file  # noqa: PLC0415

    factors = load_file(adapter.folder / WEIGHTS)
    bert = cast("torch.nn.Module", model[0].auto_model)
    weights = dict(bert.named_parameters())
    names = {
        name.removesuffix(_FACTORS[0]).removesuffix(_FACTORS[1]) for name in factors
    }
    with torch.no_grad():
        for name in sorted(names):
            down, up = (factors.get(f"{name}{end}") for end in _FACTORS)
            weight = weights.get(f"{name.removeprefix(_PREFIX)}.weight")
            if down is None or up is None or weight is None:
                raise _does_not_fit(adapter, name)
            if (up.shape[0], down.shape[1]) != tuple(weight.shape):
                raise _does_not_fit(adapter, name)
            weight.add_(up.float() @ down.float(), alpha=adapter.scaling)


def _does_not_fit(adapter: Adapter, name: str) -> AdapterInvalid:
    return AdapterInvalid(
        f"The adapter in {adapter.folder} cannot be used: {name} fits no weight of"
        " the packaged encoder.",
        hint="Train it again, or unset ENCODER_MODEL.",
    )


@cache
def load_encoder(settings: EncoderSettings) -> Encoder:
    """Return the encoder of these settings, loaded once per process."""
    verify_packaged_weights(settings)
    encoder_class = import_string(settings.implementation)
    encoder: Encoder = encoder_class(settings.folder, settings.adapter)
    return encoder
