"""The front door: jobs to ranked, explained candidates, and the other way."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from matching.conf import encoder_identity
from matching.evidence import profiles_of, requirements_of
from matching.explanation import explain
from matching.gates import (
    exclusion_told,
    held_exclusions,
    says_enough,
    thinness_told,
)
from matching.models import CandidateEmbedding, JobEmbedding
from matching.phrases import TranslatedPhrases
from matching.queries import stale_candidates
from matching.retrieval import (
    Census,
    Pool,
    Vector,
    census,
    nearest_candidates,
    nearest_excluded,
    nearest_jobs,
    nearest_without_enough_data,
)
from matching.types import Explanation, Hit, Profile, Requirement
from recruit.accounts.models import User
from recruit.applications.queries import (
    candidate_ids_in_pipeline,
    candidates_visible_to,
)
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job

MOST_MATCHES = 1000
LEFT_OUT_LISTED = 50

# Fetched beyond the limit, to replace people who are gone or gated since.
SPARE_HITS = 10

# A job that names no skill and says less than this cannot be compared.
FEWEST_JOB_WORDS = 5


class JobNotEmbedded(Exception):
    """The job has no vector yet; the indexing worker will make one shortly."""


class JobHasTooLittleText(Exception):
    """The job names no skills and says too little to be compared."""


class CandidateNotEmbedded(Exception):
    """The candidate has no vector yet; the indexing worker will make one shortly."""


class CandidateHasTooLittleText(Exception):
    """The candidate says too little to be compared."""


class LimitOutOfRange(ValueError):
    """The number of matches asked for is below 1 or above MOST_MATCHES."""


@dataclass(frozen=True, slots=True)
class Match:
    """A ranked and explained candidate."""

    rank: int
    candidate: Candidate
    similarity: float  # cosine, in [-1, 1]
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A person of the pool who is not ranked, and why."""

    candidate: Candidate
    reason: str


@dataclass(frozen=True, slots=True)
class JobMatches:
    """The ranked candidates of a job, and who was left out of the ranking."""

    job: Job
    encoder: str
    matches: tuple[Match, ...]
    excluded: tuple[LeftOut, ...]
    not_enough_data: tuple[LeftOut, ...]
    excluded_count: int
    not_enough_data_count: int
    pool_count: int
    waiting_count: int


@dataclass(frozen=True, slots=True)
class JobMatch:
    """A ranked and explained job."""

    rank: int
    job: Job
    similarity: float  # cosine, in [-1, 1]
    explanation: Explanation


def matches_for_job(
    *,
    job: Job,
    limit: int,
    viewer: User | None,
    left_out_limit: int = LEFT_OUT_LISTED,
    today: date | None = None,
) -> JobMatches:
    """Rank the sourcing pool of a job (loaded `with_requirements`) for a viewer.

    Of those left out, the `left_out_limit` most similar are listed and all counted.
    `today` is the day to which present work is counted. Raise JobNotEmbedded,
    JobHasTooLittleText or LimitOutOfRange.
    """
    _check_limit(limit)
    _refuse_empty_job(job)
    encoder = encoder_identity()
    query = _job_vector(job, encoder)
    requirements = requirements_of(job)
    pool = _pool_of(job, requirements, viewer)
    counted = census(pool=pool)
    ranking = _Ranking(
        query=query,
        encoder=encoder,
        pool=pool,
        requirements=requirements,
        viewer=viewer,
        today=today or timezone.localdate(),
    )
    excluded, not_enough_data = ranking.left_out(counted, left_out_limit)
    return JobMatches(
        job=job,
        encoder=encoder,
        matches=ranking.matches(limit),
        excluded=excluded,
        not_enough_data=not_enough_data,
        excluded_count=counted.excluded,
        not_enough_data_count=counted.not_enough_data,
        pool_count=counted.pool,
        waiting_count=stale_candidates(encoder).count(),
    )


def jobs_for_candidate(
    *, candidate: Candidate, limit: int, viewer: User | None, today: date | None = None
) -> tuple[JobMatch, ...]:
    """Rank the open jobs a viewer may see for a candidate (loaded `with_profile`).

    Jobs in whose pipeline the person is, and jobs that exclude a skill they hold, are
    left out. Raise CandidateNotEmbedded, CandidateHasTooLittleText, LimitOutOfRange.
    """
    _check_limit(limit)
    if not says_enough(candidate):
        raise CandidateHasTooLittleText(candidate.pk)
    encoder = encoder_identity()
    document = _candidate_vector(candidate, encoder)
    open_jobs = Job.objects.open().visible_to(viewer).with_requirements()
    fitting = [
        job
        for job in open_jobs.exclude(applications__candidate=candidate)
        if not held_exclusions(candidate, requirements_of(job))
    ]
    jobs = {job.pk: job for job in fitting}
    hits = nearest_jobs(
        document=document, encoder=encoder, job_ids=jobs.keys(), limit=limit
    )
    asked = {hit.job_id: requirements_of(jobs[hit.job_id]) for hit in hits}
    everything = {one for requirements in asked.values() for one in requirements}
    profiles = profiles_of(
        [candidate], everything, encoder=encoder, today=today or timezone.localdate()
    )
    return tuple(
        JobMatch(
            rank=place,
            job=jobs[hit.job_id],
            similarity=hit.similarity,
            explanation=_explained(asked[hit.job_id], profiles[candidate.pk]),
        )
        for place, hit in enumerate(hits, start=1)
    )


class Finder(Protocol):
    """Finds people left out of a pool, most similar first."""

    def __call__(
        self, *, query: Vector, encoder: str, pool: Pool, limit: int
    ) -> list[UUID]: ...


@dataclass(frozen=True, slots=True)
class _Ranking:
    """The ranking of one job for one viewer."""

    query: Vector
    encoder: str
    pool: Pool
    requirements: Sequence[Requirement]
    viewer: User | None
    today: date

    def matches(self, limit: int) -> tuple[Match, ...]:
        """Return the first `limit` people who may be shown as they are now."""
        top_k = limit + SPARE_HITS
        while True:
            hits = nearest_candidates(
                query=self.query, encoder=self.encoder, pool=self.pool, limit=top_k
            )
            shown = self._still_fitting(hits, limit)
            if len(shown) == limit or len(hits) < top_k:
                return self._explained(shown)
            top_k *= 2

    def _still_fitting(
        self, hits: Sequence[Hit], limit: int
    ) -> list[tuple[Hit, Candidate]]:
        """Load people as they are now; who is gone or gated since is passed over."""
        shown: list[tuple[Hit, Candidate]] = []
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

    def _explained(self, shown: Sequence[tuple[Hit, Candidate]]) -> tuple[Match, ...]:
        profiles = profiles_of(
            [candidate for _hit, candidate in shown],
            self.requirements,
            encoder=self.encoder,
            today=self.today,
        )
        return tuple(
            Match(
                rank=place,
                candidate=candidate,
                similarity=hit.similarity,
                explanation=_explained(self.requirements, profiles[candidate.pk]),
            )
            for place, (hit, candidate) in enumerate(shown, start=1)
        )

    def left_out(
        self, counted: Census, limit: int
    ) -> tuple[tuple[LeftOut, ...], tuple[LeftOut, ...]]:
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
) -> tuple[LeftOut, ...]:
    """Return people with the reason; without one they were edited a moment ago."""
    told = [(people[one], reason_of(people[one])) for one in ids if one in people]
    return tuple(LeftOut(candidate, reason) for candidate, reason in told if reason)


def _pool_of(
    job: Job, requirements: Sequence[Requirement], viewer: User | None
) -> Pool:
    only = None
    if viewer is not None and not viewer.is_recruiting:
        visible = candidates_visible_to(viewer).values_list("pk", flat=True)
        only = tuple(sorted(visible))
    return Pool(
        left_out=tuple(sorted(candidate_ids_in_pipeline(job.pk))),
        excluded_skills=tuple(one.skill_id for one in requirements if one.is_exclusion),
        only=only,
    )


def _job_vector(job: Job, encoder: str) -> Vector:
    found = JobEmbedding.objects.of_encoder(encoder).filter(job_id=job.pk)
    vector = found.values_list("vector", flat=True).first()
    if vector is None:
        raise JobNotEmbedded(job.pk)
    return list(vector)


def _candidate_vector(candidate: Candidate, encoder: str) -> Vector:
    found = CandidateEmbedding.objects.of_encoder(encoder)
    mine = found.filter(candidate_id=candidate.pk)
    vector = mine.values_list("vector", flat=True).first()
    if vector is None:
        raise CandidateNotEmbedded(candidate.pk)
    return list(vector)


def _check_limit(limit: int) -> None:
    if not 1 <= limit <= MOST_MATCHES:
        raise LimitOutOfRange(
            _("The limit must lie between 1 and %(most)d.") % {"most": MOST_MATCHES}
        )


def _refuse_empty_job(job: Job) -> None:
    says_enough = len(job.description.split()) >= FEWEST_JOB_WORDS
    if not says_enough and not any(
        not one.is_exclusion for one in requirements_of(job)
    ):
        raise JobHasTooLittleText(job.pk)


def _explained(requirements: Sequence[Requirement], profile: Profile) -> Explanation:
    return explain(requirements, profile=profile, phrases=TranslatedPhrases())
