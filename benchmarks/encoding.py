"""How near encoding comes to the machine, and indexing to encoding."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from time import perf_counter
from uuid import UUID

import torch

from benchmarks.figures import Figure, of_rounds, say
from matching.conf import MAX_TOKENS, READ_TOKENS, EncoderSettings, encoder_settings
from matching.encoder import Encoder, load_encoder
from matching.hnsw import drop_hnsw_index, ensure_hnsw_index
from matching.indexing import SORTED_TOGETHER, index_subjects
from matching.models import CandidateEmbedding
from matching.subjects import CANDIDATES
from recruit.candidates.models import Candidate

ROUNDS = 5
PROFILES = SORTED_TOGETHER
MATRIX = 2048
MULTIPLYING_SECONDS = 1.0
GIGA = 1e9

# Multiplications and additions of MiniLM-L6: six layers of width 384 and 1536.
LAYERS, WIDTH, INNER = 6, 384, 1536
FLOP_PER_TOKEN = LAYERS * (8 * WIDTH**2 + 4 * WIDTH * INNER)
FLOP_PER_PAIR_OF_TOKENS = LAYERS * 4 * WIDTH


def encoder_throughput() -> Figure:
    """Measure encoding profiles against multiplying matrices, in turn."""
    encoder, texts = _encoder_and_texts()
    work = sum(_flop(count) for count in encoder.token_counts(texts)) / GIGA
    rounds = []
    for number in range(ROUNDS):
        say(f"encoder, round {number + 1} of {ROUNDS}")
        before = _multiplication_rate()
        achieved = work / _seconds(encoder, texts)
        rounds.append((achieved, (before + _multiplication_rate()) / 2))
    return of_rounds(
        "encoder throughput over matrix multiplication",
        rounds,
        unit="GFLOP/s",
        n=ROUNDS,
    )


def indexing_rate() -> Figure:
    """Measure indexing from loaded rows to written vectors against encoding alone."""
    encoder, texts = _encoder_and_texts()
    ids = _ids()
    settings = replace(encoder_settings(), identity="bench@indexing/profile-0")
    rounds = []
    try:
        for number in range(ROUNDS):
            say(f"indexing, round {number + 1} of {ROUNDS}")
            before = _seconds(encoder, texts)
            indexed = _seconds_to_index(ids, settings)
            alone = (before + _seconds(encoder, texts)) / 2
            rounds.append((len(ids) / indexed, len(ids) / alone))
    finally:
        _forget(settings)
    return of_rounds(
        "indexing over the raw encoder", rounds, unit="profiles/s", n=ROUNDS
    )


def _ids() -> list[UUID]:
    rows = Candidate.objects.not_erased().order_by("external_id", "pk")
    return list(rows.values_list("pk", flat=True)[:PROFILES])


def _encoder_and_texts() -> tuple[Encoder, list[str]]:
    encoder = load_encoder(encoder_settings())
    texts = [profile.text for profile in CANDIDATES.load(_ids())]
    encoder.encode_documents(texts[:32])
    return encoder, texts


def _flop(token_count: int) -> int:
    """Return the work of a text; of a long one, all but the first passages are full."""
    first, more = min(token_count, MAX_TOKENS), min(token_count, READ_TOKENS)
    lengths = [first, *[MAX_TOKENS] * ceil((more - first) / MAX_TOKENS)]
    return sum(
        length * FLOP_PER_TOKEN + length**2 * FLOP_PER_PAIR_OF_TOKENS
        for length in lengths
    )


def _multiplication_rate() -> float:
    """Return what the machine gives just now: others may be at work on it."""
    one, other = torch.rand(MATRIX, MATRIX), torch.rand(MATRIX, MATRIX)
    done = 0
    started = perf_counter()
    while (seconds := perf_counter() - started) < MULTIPLYING_SECONDS:
        torch.mm(one, other)
        done += 1
    return done * 2 * MATRIX**3 / seconds / GIGA


def _seconds(encoder: Encoder, texts: Sequence[str]) -> float:
    started = perf_counter()
    encoder.encode_documents(texts)
    return perf_counter() - started


def _seconds_to_index(ids: Sequence[UUID], settings: EncoderSettings) -> float:
    _forget(settings)
    ensure_hnsw_index(settings.identity)
    started = perf_counter()
    index_subjects(CANDIDATES, ids, settings=settings)
    return perf_counter() - started


def _forget(settings: EncoderSettings) -> None:
    CandidateEmbedding.objects.of_encoder(settings.identity).delete()
    drop_hnsw_index(settings.identity)
