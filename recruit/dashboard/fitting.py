"""The open jobs nearest to one person, as the profile page shows them."""

from dataclasses import dataclass

from matching.matches import (
    CandidateHasTooLittleText,
    CandidateNotEmbedded,
    JobMatch,
    jobs_for_candidate,
)
from recruit.accounts.models import User
from recruit.candidates.models import Candidate


@dataclass(frozen=True, slots=True)
class FittingJobs:
    """The nearest jobs, or why none are named."""

    matches: tuple[JobMatch, ...] = ()
    is_pending: bool = False
    says_too_little: bool = False


def fitting_jobs(candidate: Candidate, viewer: User, *, limit: int) -> FittingJobs:
    """Return the open jobs nearest to a person's profile (loaded `with_profile`)."""
    try:
        matches = jobs_for_candidate(candidate=candidate, limit=limit, viewer=viewer)
    except CandidateNotEmbedded:
        return FittingJobs(is_pending=True)
    except CandidateHasTooLittleText:
        return FittingJobs(says_too_little=True)
    return FittingJobs(matches=matches)
