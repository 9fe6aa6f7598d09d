"""One person held against one job: evidence, gates, similarity."""

from dataclasses import dataclass
from datetime import date

from matching.conf import encoder_identity
from matching.evidence import profiles_of, requirements_of
from matching.gates import exclusion_told, thinness_told
from matching.matches import JobNotEmbedded, explained, job_vector
from matching.retrieval import similarities
from matching.types import Explanation
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Held:
    """What a profile shows for the requirements of one job."""

    explanation: Explanation
    similarity: float | None  # cosine, in [-1, 1]; None: not read by the encoder yet
    left_out: tuple[str, ...]  # why the person is not ranked, if they are not


def hold_against(*, job: Job, candidate: Candidate, today: date) -> Held:
    """Explain one person (`with_profile`) for a job (`with_requirements`)."""
    encoder = encoder_identity()
    requirements = requirements_of(job)
    profile = profiles_of([candidate], requirements, encoder=encoder, today=today)
    reasons = (exclusion_told(requirements, candidate), thinness_told(candidate))
    return Held(
        explanation=explained(requirements, profile[candidate.pk]),
        similarity=_similarity(job, candidate, encoder),
        left_out=tuple(filter(None, reasons)),
    )


def _similarity(job: Job, candidate: Candidate, encoder: str) -> float | None:
    try:
        query = job_vector(job, encoder)
    except JobNotEmbedded:
        return None
    found = similarities(query=query, encoder=encoder, ids=[candidate.pk])
    return found.get(candidate.pk)
