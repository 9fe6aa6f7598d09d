"""Hits to final order."""

from collections.abc import Iterable

from matching.types import Hit


def rank(hits: Iterable[Hit], *, limit: int) -> list[Hit]:
    """Return the first `limit` hits, most similar first, ties by candidate id."""
    ordered = sorted(hits, key=lambda hit: (-hit.similarity, hit.candidate_id))
    return ordered[:limit]
