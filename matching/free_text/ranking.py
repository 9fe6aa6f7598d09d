"""People for a free text in order: meaning, words, and whom the text names.

The sum of words and meaning is the product's own (`bm25.fuse`). What is particular to
a text that somebody typed:

- Its words count wherever in the profile they stand, also in an organisation or
  school, of which the profile text says nothing: there a word counts as it is rare.
- Whoever bears a name that the text names comes first; so does, where all of a text's
  words stand mostly outside of profile texts (an employer, a school), whoever holds
  them, since their meaning says nothing.
- People who say too little to be compared are listed apart, unless they are named.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from uuid import UUID

from matching.bm25 import DEPTH, Bm25, fuse, tokens
from matching.free_text.highlights import folded, words_of
from matching.free_text.holders import Holders, holders_of
from matching.retrieval import Pool, Vector, nearest_candidates, similarities
from matching.search_words import stems
from matching.word_retrieval import (
    AskedWords,
    HeldWords,
    asked_words,
    found_by_words,
    held_words,
)


@dataclass(frozen=True, slots=True)
class FreeHit:
    """A person found for a text."""

    candidate_id: UUID
    similarity: float | None  # cosine, in [-1, 1]; None: not compared


@dataclass(frozen=True, slots=True)
class FreeHits:
    """Who was found for a text, in order."""

    ranked: Sequence[FreeHit]
    thin: Sequence[UUID]  # hold words, but say too little to be compared

    def led_by(self, ids: Sequence[UUID]) -> "FreeHits":
        """Return the same with some people, found otherwise, before all others."""
        return FreeHits([*(FreeHit(one, None) for one in ids), *self.ranked], self.thin)


def free_hits(
    *,
    query: Vector | None,
    words: str,
    names: Collection[str],
    encoder: str,
    pool: Pool,
) -> FreeHits:
    """Return the people of a pool for a text, by its vector and its words.

    Without a vector (None) only people who hold a word are found. `names` are the words
    of the text that are somebody's name. Ties by id; the same rows give the same hits.
    """
    text = _Text.of(words, names, pool)
    cosines = _nearest(query, encoder, pool)
    worded = found_by_words(asked=text.asked, pool=pool, limit=DEPTH)
    elsewhere = text.best_elsewhere(DEPTH)
    compared = {*cosines, *worded, *elsewhere} - text.holders.thin
    if query is not None:
        others = [one for one in compared if one not in cosines]
        cosines |= similarities(query=query, encoder=encoder, ids=others)
    return text.ordered(compared, cosines)


def _nearest(query: Vector | None, encoder: str, pool: Pool) -> dict[UUID, float]:
    if query is None:
        return {}
    hits = nearest_candidates(query=query, encoder=encoder, pool=pool, limit=DEPTH)
    return {hit.candidate_id: hit.similarity for hit in hits}


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a text, and who holds them."""

    asked: AskedWords  # by their terms in profile texts
    holders: Holders  # by their stems, wherever they stand
    rarity: Bm25  # of the stems
    leading: frozenset[str]  # the words by which people come first

    @classmethod
    def of(cls, words: str, names: Collection[str], pool: Pool) -> "_Text":
        telling, named = telling_words(words, names)
        asked = asked_words(words)
        holders = holders_of(telling | named, pool=pool)
        outside = {one for one in telling if _stands_outside(one, asked, holders)}
        held = {one for one in telling if holders.counts.get(one)}
        return cls(
            asked=asked,
            holders=holders,
            rarity=Bm25(asked.bm25.document_count, 0.0, holders.counts),
            leading=frozenset(named | outside if held == outside else named),
        )

    def best_elsewhere(self, limit: int) -> list[UUID]:
        """Return who holds the rarest words, wherever they stand; leaders first."""
        held = self.holders.words
        return sorted(
            held, key=lambda one: (-self._led(one), -self._weight(held[one]), one)
        )[:limit]

    def ordered(
        self, compared: Collection[UUID], cosines: Mapping[UUID, float]
    ) -> FreeHits:
        """Return these people and the thin ones in order."""
        thin = sorted(self.holders.thin)
        ids = sorted(compared)
        said = held_words(self.asked, [*ids, *thin])
        words = {one: self._words_score(one, said.get(one)) for one in [*ids, *thin]}
        scores = fuse([words[one] for one in ids], [cosines.get(one) for one in ids])
        fused = dict(zip(ids, scores, strict=True))
        leaders = {one for one in thin if self._led(one)}
        ranked = sorted(
            [*ids, *leaders],
            key=lambda one: (-self._led(one), -fused.get(one, 0.0), one),
        )
        return FreeHits(
            ranked=[FreeHit(one, cosines.get(one)) for one in ranked],
            thin=sorted(set(thin) - leaders, key=lambda one: (-words[one], one)),
        )

    def _led(self, candidate_id: UUID) -> float:
        return self._weight(
            self.holders.words.get(candidate_id, frozenset()) & self.leading
        )

    def _weight(self, words: Collection[str]) -> float:
        return fsum(self.rarity.idf(word) for word in words)

    def _words_score(self, candidate_id: UUID, held: HeldWords | None) -> float:
        """Return BM25 of the profile text, and what stands elsewhere in the profile."""
        counts = held.counts if held else {}
        elsewhere = [
            word
            for word in self.holders.words.get(candidate_id, ())
            if counts.keys().isdisjoint(tokens(word))
        ]
        score = self._weight(elsewhere)
        if held:
            score += self.asked.bm25.weighted_score(
                self.asked.weights, held.counts, held.length
            )
        return score


def telling_words(words: str, names: Collection[str]) -> tuple[set[str], set[str]]:
    """Return the folded words of a text that find people, and those that are names."""
    typed = {folded(word) for word in words_of(words)}
    named = {folded(word) for name in names for word in words_of(name)}
    # Where all words are common ones, somebody or a skill is called so: "IT".
    return (stems(typed).keys() & typed) - named or typed - named, named


def _stands_outside(word: str, asked: AskedWords, holders: Holders) -> bool:
    """Tell whether a word stands mostly where the encoder does not read."""
    in_texts = min((asked.bm25.count(term) for term in tokens(word)), default=0)
    return 2 * in_texts < holders.counts.get(word, 0)
