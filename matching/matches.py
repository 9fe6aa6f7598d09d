"""The front door: jobs to ranked, explained candidates, and the other way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from matching.conf import encoder_identity
from matching.contents import job_content
from matching.evidence import profiles_of, requirements_of
from matching.explanation import explain
from matching.facets.asked import NO_FACETS, Facets
from matching.gates import held_exclusions, says_enough
from matching.job_ranking import JobRanking
from matching.models import CandidateEmbedding, JobEmbedding
from matching.phrases import TranslatedPhrases
from matching.profile_text import job_text
from matching.queries import stale_candidates
from matching.retrieval import Pool, Vector, census, nearest_jobs
from matching.types import Explanation, Order, Profile, Requirement
from matching.veiled import behind_veil
from recruit.accounts.models import User
from recruit.applications.blind import known_by_name
from recruit.applications.models import Application
from recruit.applications.queries import (
    candidate_ids_in_pipeline,
    ids_visible_to,
)
from recruit.applications.veil import Veil, veil_of
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job
from recruit.jobs.querysets import JobQuerySet

MOST_MATCHES = 1000
LEFT_OUT_LISTED = 50

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
    hybrid_score: float | None = None  # in hybrid order
    words_found: tuple[str, ...] = ()  # in hybrid order; the most telling first


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
    order: Order
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
    order: Order = Order.SIMILARITY,
    left_out_limit: int = LEFT_OUT_LISTED,
    today: date | None = None,
) -> JobMatches:
    """Rank the sourcing pool of a job (loaded `with_requirements`) for a viewer.

    The order tells whom the list begins with, not who is in the pool. Of those left
    out, the `left_out_limit` most similar are listed and all counted.
    Where the job hides names, a viewer is given copies of people without them.
    `today` is the day to which present work is counted. Raise JobNotEmbedded,
    JobHasTooLittleText or LimitOutOfRange.
    """
    check_limit(limit)
    refuse_empty_job(job)
    encoder = encoder_identity()
    query = job_vector(job, encoder)
    requirements = requirements_of(job)
    pool = pool_of(job, requirements, viewer)
    counted = census(pool=pool)
    ranking = JobRanking(
        query=query,
        words=job_text(job_content(job)) if order == Order.HYBRID else None,
        encoder=encoder,
        pool=pool,
        requirements=requirements,
        viewer=viewer,
    )
    excluded, not_enough_data = ranking.left_out(counted, left_out_limit)
    shown = ranking.people(limit)
    profiles = profiles_of(
        [candidate for _hit, candidate in shown],
        requirements,
        encoder=encoder,
        today=today or timezone.localdate(),
    )
    matches = [
        Match(
            rank=place,
            candidate=candidate,
            similarity=hit.similarity,
            explanation=explained(requirements, profiles[candidate.pk]),
            hybrid_score=hit.hybrid_score,
            words_found=hit.words_found,
        )
        for place, (hit, candidate) in enumerate(shown, start=1)
    ]
    veil = veil_for(job, viewer)
    return JobMatches(
        job=job,
        encoder=encoder,
        order=order,
        matches=behind_veil(matches, veil),
        excluded=behind_veil([LeftOut(*one) for one in excluded], veil),
        not_enough_data=behind_veil([LeftOut(*one) for one in not_enough_data], veil),
        excluded_count=counted.excluded,
        not_enough_data_count=counted.not_enough_data,
        pool_count=counted.pool,
        waiting_count=stale_candidates(encoder).count(),
    )


def veil_for(job: Job, viewer: User | None) -> Veil:
    """Return what a job hides from a viewer; from None, the system, nothing."""
    if viewer is None:
        return Veil(job.pk, job.requisition_code, None)
    return veil_of(job)


def jobs_for_candidate(
    *,
    candidate: Candidate,
    limit: int,
    viewer: User | None,
    today: date | None = None,
    among: JobQuerySet | None = None,
    after: tuple[float, UUID] | None = None,
) -> tuple[JobMatch, ...]:
    """Rank the open jobs a viewer may see for a candidate (loaded `with_profile`).

    Jobs in whose pipeline the person is by name, and jobs that exclude a skill they
    hold, are left out; `among` narrows the jobs further, and ranks are counted among
    those. `after` is the similarity and the id of the job behind which to begin. Raise
    CandidateNotEmbedded, CandidateHasTooLittleText, LimitOutOfRange.
    """
    check_limit(limit)
    if not says_enough(candidate):
        raise CandidateHasTooLittleText(candidate.pk)
    encoder = encoder_identity()
    document = candidate_vector(candidate, encoder)
    visible = Job.objects.visible_to(viewer) if among is None else among
    open_jobs = visible.open().with_requirements()
    # Where a job hides who applied, its absence would tell.
    told = known_by_name(Application.objects.filter(candidate=candidate))
    fitting = [
        job
        for job in open_jobs.exclude(pk__in=told.values("job"))
        if not held_exclusions(candidate, requirements_of(job))
    ]
    jobs = {job.pk: job for job in fitting}
    hits = nearest_jobs(
        document=document, encoder=encoder, job_ids=jobs.keys(), limit=len(jobs)
    )
    placed = [
        (place, hit)
        for place, hit in enumerate(hits, start=1)
        if after is None or (-hit.similarity, hit.job_id) > (-after[0], after[1])
    ][:limit]
    asked = {hit.job_id: requirements_of(jobs[hit.job_id]) for _place, hit in placed}
    everything = {one for requirements in asked.values() for one in requirements}
    profiles = profiles_of(
        [candidate], everything, encoder=encoder, today=today or timezone.localdate()
    )
    return tuple(
        JobMatch(
            rank=place,
            job=jobs[hit.job_id],
            similarity=hit.similarity,
            explanation=explained(asked[hit.job_id], profiles[candidate.pk]),
        )
        for place, hit in placed
    )


def pool_of(
    job: Job,
    requirements: Sequence[Requirement],
    viewer: User | None,
    facets: Facets = NO_FACETS,
) -> Pool:
    """Return the sourcing pool of a job for a viewer."""
    return Pool(
        left_out=tuple(sorted(candidate_ids_in_pipeline(job.pk))),
        excluded_skills=tuple(one.skill_id for one in requirements if one.is_exclusion),
        only=ids_visible_to(viewer),
        facets=facets,
    )


def job_vector(job: Job, encoder: str) -> Vector:
    """Return the query vector of a job; raise JobNotEmbedded."""
    found = JobEmbedding.objects.of_encoder(encoder).filter(job_id=job.pk)
    vector = found.values_list("vector", flat=True).first()
    if vector is None:
        raise JobNotEmbedded(job.pk)
    return list(vector)


def candidate_vector(candidate: Candidate, encoder: str) -> Vector:
    found = CandidateEmbedding.objects.of_encoder(encoder)
    mine = found.filter(candidate_id=candidate.pk)
    vector = mine.values_list("vector", flat=True).first()
    if vector is None:
        raise CandidateNotEmbedded(candidate.pk)
    return list(vector)


def check_limit(limit: int, *, most: int = MOST_MATCHES) -> None:
    """Raise LimitOutOfRange for a number of rows that is not shown."""
    if not 1 <= limit <= most:
        raise LimitOutOfRange(
            _("The limit must lie between 1 and %(most)d.") % {"most": most}
        )


def refuse_empty_job(job: Job) -> None:
    """Raise JobHasTooLittleText for a job that every order would be made up for."""
    says_enough = len(job.description.split()) >= FEWEST_JOB_WORDS
    if not says_enough and not any(
        not one.is_exclusion for one in requirements_of(job)
    ):
        raise JobHasTooLittleText(job.pk)


def explained(requirements: Sequence[Requirement], profile: Profile) -> Explanation:
    """Return the evidence in the reader's language."""
    return explain(requirements, profile=profile, phrases=TranslatedPhrases())
