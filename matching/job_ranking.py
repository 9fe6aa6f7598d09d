"""Who is shown for one job, in which order, and who is left out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol
from uuid import UUID

from matching.gates import (
    exclusion_told,
    held_exclusions,
    says_enough,
    thinness_told,
)
from matching.hybrid import hybrid_candidates
from matching.retrieval import (
    Census,
    Pool,
    Vector,
    nearest_candidates,
    nearest_excluded,
    nearest_without_enough_data,
)
from matching.types import Requirement
from recruit.accounts.models import User
from recruit.applications.queries import candidates_visible_to
from recruit.candidates.models import Candidate

# Fetched beyond the limit, to replace people who are gone or gated since.
SPARE_HITS = 10


@dataclass(frozen=True, slots=True)
class RankedHit:
    """A person returned by retrieval, by meaning or by words and meaning."""

    candidate_id: UUID
    similarity: float  # cosine, in [-1, 1]
    hybrid_score: float | None = None
    words_found: tuple[str, ...] = ()


class Finder(Protocol):
    """Finds people left out of a pool, most similar first."""

    def __call__(
        self, *, query: Vector, encoder: str, pool: Pool, limit: int
    ) -> list[UUID]: ...


Shown = list[tuple[RankedHit, Candidate]]
Told = list[tuple[Candidate, str]]


@dataclass(frozen=True, slots=True)
class JobRanking:
    """The ranking of one job for one viewer."""

    query: Vector
    words: str | None  # the text whose words count as well; None: the meaning alone
    encoder: str
    pool: Pool
    requirements: Sequence[Requirement]
    viewer: User | None

    def people(self, limit: int) -> Shown:
        """Return the first `limit` people who may be shown as they are now."""
        top_k = limit + SPARE_HITS
        while True:
            hits, are_all = self._hits(top_k)
            shown = self.still_fitting(hits, limit)
            if len(shown) == limit or are_all:
                return shown
            top_k *= 2

    def _hits(self, top_k: int) -> tuple[list[RankedHit], bool]:
        """Return hits in order, and whether nobody else matches."""
        if self.words is None:
            nearest = nearest_candidates(
                query=self.query, encoder=self.encoder, pool=self.pool, limit=top_k
            )
            hits = [RankedHit(hit.candidate_id, hit.similarity) for hit in nearest]
            return hits, len(nearest) < top_k
        either = hybrid_candidates(
            query=self.query,
            words=self.words,
            encoder=self.encoder,
            pool=self.pool,
            limit=top_k,
        )
        # Who was not encoded yet waits for the encoder, as in the order of meaning.
        hits = [
            RankedHit(hit.candidate_id, hit.similarity, hit.score, hit.words_found)
            for hit in either
            if hit.similarity is not None
        ]
        return hits, len(either) < top_k

    def still_fitting(self, hits: Sequence[RankedHit], limit: int) -> Shown:
        """Load people as they are now; who is gone or gated since is passed over."""
        shown: Shown = []
        position = 0
        while len(shown) < limit and position < len(hits):
            chosen = hits[position : position + limit - len(shown)]
            people = self._load([hit.candidate_id for hit in chosen])
            shown += [
                (hit, people[hit.candidate_id])
                for hit in chosen
                if hit.candidate_id in people
                and says_enough(people[hit.candidate_id])
                and not held_exclusions(people[hit.candidate_id], self.requirements)
            ]
            position += len(chosen)
        return shown

    def _load(self, ids: Collection[UUID]) -> dict[UUID, Candidate]:
        if not ids:
            return {}
        return candidates_visible_to(self.viewer).with_profile().in_bulk(list(ids))

    def left_out(self, counted: Census, limit: int) -> tuple[Told, Told]:
        """Return who holds an excluded skill, and who says too little."""
        excluded_ids = self._find(nearest_excluded, counted.excluded, limit)
        thin_ids = self._find(
            nearest_without_enough_data, counted.not_enough_data, limit
        )
        people = self._load([*excluded_ids, *thin_ids])
        return (
            _told(excluded_ids, people, partial(exclusion_told, self.requirements)),
            _told(thin_ids, people, thinness_told),
        )

    def _find(self, find: Finder, count: int, limit: int) -> list[UUID]:
        if not count:
            return []
        return find(query=self.query, encoder=self.encoder, pool=self.pool, limit=limit)


def _told(
    ids: Sequence[UUID],
    people: Mapping[UUID, Candidate],
    reason_of: Callable[[Candidate], str],
) -> Told:
    """Return people with the reason; without one they were edited a moment ago."""
    told = [(people[one], reason_of(people[one])) for one in ids if one in people]
    return [(candidate, reason) for candidate, reason in told if reason]
