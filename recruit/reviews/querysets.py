"""Named conditions on screenings and reviews."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Count, Q

from recruit.jobs.models import Job

if TYPE_CHECKING:
    from recruit.accounts.models import User
    from recruit.reviews.models import Decision, Review, Screening


class ScreeningQuerySet(models.QuerySet["Screening"]):
    def of(self, user: "User") -> "ScreeningQuerySet":
        """Keep a person's own screenings, of jobs that they still see."""
        return self.filter(user=user, job__in=Job.objects.visible_to(user))

    def with_progress(self) -> "ScreeningQuerySet":
        """Count the decisions that stand."""
        standing = Count("decisions", filter=Q(decisions__undone_at=None))
        return self.annotate(decided=standing)

    def newest_first(self) -> "ScreeningQuerySet":
        return self.order_by("-started_at", "-id")


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> "DecisionQuerySet":
        """Keep decisions that were not taken back."""
        return self.filter(undone_at=None)

    def about(self, candidate_id: UUID) -> "DecisionQuerySet":
        return self.filter(candidate_id=candidate_id)


class ReviewQuerySet(models.QuerySet["Review"]):
    def with_author(self) -> "ReviewQuerySet":
        return self.select_related("user")

    def newest_first(self) -> "ReviewQuerySet":
        return self.order_by("-answered_at", "-id")
