"""Named conditions on jobs."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from recruit.jobs.choices import JobStatus

if TYPE_CHECKING:
    from recruit.accounts.models import User
    from recruit.jobs.models import Job


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: "User | None") -> "JobQuerySet":
        """Keep the jobs a user may see; None is the system and sees all.

        Confidential jobs are seen by those named on them only, whatever their role;
        a hiring manager sees the jobs they own.
        """
        if user is None:
            return self
        named = self._named(user)
        if user.is_recruiting:
            return self.filter(named | Q(confidential=False))
        return self.filter(hiring_manager=user)

    def named_on(self, user: "User") -> "JobQuerySet":
        """Keep the jobs that name a user as hiring manager or recruiter."""
        return self.filter(self._named(user))

    def _named(self, user: "User") -> Q:
        recruits = self.model.recruiters.through.objects.filter(
            job=OuterRef("pk"), user=user
        )
        return Q(hiring_manager=user) | Q(Exists(recruits))

    def open(self) -> "JobQuerySet":
        return self.filter(status=JobStatus.OPEN)

    def with_requirements(self) -> "JobQuerySet":
        """Load each job's requirements with their skills, in their order."""
        return self.prefetch_related("requirements__skill")

    def with_people(self) -> "JobQuerySet":
        """Load who is named on each job."""
        return self.select_related("hiring_manager").prefetch_related("recruiters")

    def mentioning(self, words: str) -> "JobQuerySet":
        """Keep jobs whose code, title, department or place hold all the words."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(requisition_code__icontains=word)
                | Q(title__icontains=word)
                | Q(department__icontains=word)
                | Q(place__icontains=word)
            )
        return found

    def newest_first(self) -> "JobQuerySet":
        return self.order_by("-created_at", "-id")
