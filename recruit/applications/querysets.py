"""Named conditions on applications."""

from typing import TYPE_CHECKING

from django.db import models

from recruit.applications.choices import Outcome
from recruit.jobs.models import Job

if TYPE_CHECKING:
    from recruit.accounts.models import User
    from recruit.applications.models import Application, DispositionReason


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: "User | None") -> "ApplicationQuerySet":
        """Keep applications on jobs that a user may see; None is the system."""
        if user is None:
            return self
        return self.filter(job__in=Job.objects.visible_to(user))

    def active(self) -> "ApplicationQuerySet":
        return self.filter(outcome=Outcome.ACTIVE)

    def active_or_hired(self) -> "ApplicationQuerySet":
        return self.filter(outcome__in=[Outcome.ACTIVE, Outcome.HIRED])

    def ended(self) -> "ApplicationQuerySet":
        return self.exclude(outcome=Outcome.ACTIVE)

    def with_candidate(self) -> "ApplicationQuerySet":
        return self.select_related("candidate", "disposition_reason")

    def with_job(self) -> "ApplicationQuerySet":
        return self.select_related("job", "disposition_reason")

    def with_transitions(self) -> "ApplicationQuerySet":
        return self.prefetch_related("transitions__disposition_reason")

    def longest_waiting_first(self) -> "ApplicationQuerySet":
        return self.order_by("stage_changed_at", "id")


class DispositionReasonQuerySet(models.QuerySet["DispositionReason"]):
    def offered(self) -> "DispositionReasonQuerySet":
        """Keep the reasons that may be given today, in their order."""
        return self.filter(is_active=True).order_by("position", "label", "id")

    def for_outcome(self, outcome: str) -> "DispositionReasonQuerySet":
        return self.filter(outcome=outcome)
