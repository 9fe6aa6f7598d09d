"""Named conditions on candidates.

What a hiring manager may see depends on applications, which this app does not know:
see `recruit.applications.queries.candidates_visible_to`.
"""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from recruit.candidates.models import Candidate


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def not_erased(self) -> "CandidateQuerySet":
        return self.filter(erased_at=None)

    def with_skills(self) -> "CandidateQuerySet":
        """Load each person's skills with their names."""
        return self.prefetch_related("skills__skill")

    def with_profile(self) -> "CandidateQuerySet":
        """Load all that a profile page or a profile text is made from."""
        return self.with_parts(
            "skills", "experience", "education", "languages", "documents"
        )

    def with_parts(self, *names: str) -> "CandidateQuerySet":
        """Load some parts of the profiles, skills with their names."""
        return self.prefetch_related(
            *("skills__skill" if name == "skills" else name for name in names)
        )

    def of_email(self, address: str) -> "CandidateQuerySet":
        return self.filter(emails__contains=[address.strip().lower()])

    def named(self, words: str) -> "CandidateQuerySet":
        """Keep people whose names or e-mails hold all the words."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(given_name__icontains=word)
                | Q(family_name__icontains=word)
                | Q(emails__contains=[word.lower()])
            )
        return found

    def newest_first(self) -> "CandidateQuerySet":
        return self.order_by("-created_at", "-id")
