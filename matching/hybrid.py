"""Words and meaning together: the nearest people and those who hold the words.

Whoever is found by either side is scored by both: the cosine of their vector, and
BM25 over their profile text. The sum of the two is `bm25.fuse`.
"""

from collections.abc import Mapping
from uuid import UUID

from matching.bm25 import DEPTH, fuse
from matching.retrieval import Pool, Vector, nearest_candidates, similarities
from matching.types import HybridHit
from matching.word_retrieval import (
    AskedWords,
    HeldWords,
    asked_words,
    found_by_words,
    held_words,
)


def hybrid_candidates(
    *, query: Vector | None, words: str, encoder: str, pool: Pool, limit: int
) -> list[HybridHit]:
    """Return the min(limit, matching) best people of the pool, ties by id.

    `words` is the text whose words count, `query` its vector; without one (None) only
    people who hold a word match, and words alone decide. The same rows give the same
    hits.
    """
    depth = max(DEPTH, limit)
    cosines = _nearest(query, encoder, pool, depth)
    asked = asked_words(words)
    worded = found_by_words(asked=asked, pool=pool, limit=depth)
    if query is not None:
        others = [one for one in worded if one not in cosines]
        cosines |= similarities(query=query, encoder=encoder, ids=others)
    return _best(sorted({*cosines, *worded}), cosines, asked, limit)


def _nearest(
    query: Vector | None, encoder: str, pool: Pool, limit: int
) -> dict[UUID, float]:
    if query is None:
        return {}
    hits = nearest_candidates(query=query, encoder=encoder, pool=pool, limit=limit)
    return {hit.candidate_id: hit.similarity for hit in hits}


def _best(
    ids: list[UUID], cosines: Mapping[UUID, float], asked: AskedWords, limit: int
) -> list[HybridHit]:
    held = held_words(asked, ids)
    scores = fuse(
        [_words_score(held.get(one), asked) for one in ids],
        [cosines.get(one) for one in ids],
    )
    ranked = sorted(zip(scores, ids, strict=True), key=lambda one: (-one[0], one[1]))
    return [
        HybridHit(one, score, cosines.get(one), _words_found(held.get(one), asked))
        for score, one in ranked[:limit]
    ]


def _words_score(held: HeldWords | None, asked: AskedWords) -> float:
    if held is None:
        return 0.0
    return asked.bm25.weighted_score(asked.weights, held.counts, held.length)


def _words_found(held: HeldWords | None, asked: AskedWords) -> tuple[str, ...]:
    if held is None:
        return ()
    return tuple(asked.spelling[term] for term in asked.weights if term in held.counts)
