"""Named conditions on the event log."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

from recruit.events.choices import Reader

if TYPE_CHECKING:
    from recruit.events.models import Event, PendingEvent


class EventQuerySet(models.QuerySet["Event"]):
    def about_candidate(self, candidate_id: UUID) -> "EventQuerySet":
        return self.filter(candidate_ids__contains=[candidate_id])

    def about_job(self, job_id: UUID) -> "EventQuerySet":
        return self.filter(job_ids__contains=[job_id])

    def newest_first(self) -> "EventQuerySet":
        return self.order_by("-happened_at", "-id")


class PendingEventQuerySet(models.QuerySet["PendingEvent"]):
    def of(self, reader: Reader) -> "PendingEventQuerySet":
        return self.filter(reader=reader)

    def taken(self, limit: int) -> "PendingEventQuerySet":
        """Lock up to limit rows that nobody else has taken, oldest first."""
        free = self.select_for_update(skip_locked=True, of=("self",))
        return free.select_related("event").order_by("id")[:limit]
