"""The evidence of given people for a job, wherever they stand in its ranking."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from matching.conf import encoder_identity
from matching.evidence import profiles_of, requirements_of
from matching.explanation import explain
from matching.phrases import TranslatedPhrases
from matching.types import Explanation
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job


def explanations_of(
    *, job: Job, candidates: Sequence[Candidate], today: date
) -> dict[UUID, Explanation]:
    """Return what people (loaded `with_profile`) show for each requirement of a job.

    The job is loaded `with_requirements`; `today` is the day to which present work is
    counted. The number of queries does not grow with the people.
    """
    requirements = requirements_of(job)
    profiles = profiles_of(
        candidates, requirements, encoder=encoder_identity(), today=today
    )
    phrases = TranslatedPhrases()
    return {
        candidate.pk: explain(
            requirements, profile=profiles[candidate.pk], phrases=phrases
        )
        for candidate in candidates
    }
