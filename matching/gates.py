"""Gates: who is left out of a ranking as they are now, and why.

They say of loaded people what the conditions in retrieval.py say of search rows.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from matching.contents import word_count
from matching.explanation import has_enough_data
from matching.types import Requirement
from recruit.candidates.models import Candidate


def says_enough(candidate: Candidate) -> bool:
    """Tell whether somebody loaded `with_profile` says enough to be ranked."""
    skill_count = len(candidate.skills.all())
    return has_enough_data(skill_count=skill_count, word_count=0) or has_enough_data(
        skill_count=skill_count, word_count=word_count(candidate)
    )


def held_exclusions(
    candidate: Candidate, requirements: Sequence[Requirement]
) -> list[str]:
    """Return the excluded skills that somebody holds."""
    held = {row.skill_id for row in candidate.skills.all()}
    return [
        one.skill for one in requirements if one.is_exclusion and one.skill_id in held
    ]


def exclusion_told(requirements: Sequence[Requirement], candidate: Candidate) -> str:
    """Return why somebody is excluded, "" where they are not."""
    skills = held_exclusions(candidate, requirements)
    if not skills:
        return ""
    return _("Holds %(skills)s, which this job excludes.") % {
        "skills": ", ".join(skills)
    }


def thinness_told(candidate: Candidate) -> str:
    """Return how little somebody says, "" where it is enough."""
    if says_enough(candidate):
        return ""
    return _("Skills: %(skills)d; words of other text: %(words)d.") % {
        "skills": len(candidate.skills.all()),
        "words": word_count(candidate),
    }
