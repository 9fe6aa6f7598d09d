"""Named conditions on the audit log."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from recruit.audit.models import Entry


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, object_type: str, object_id: str = "") -> "EntryQuerySet":
        """Keep what is about one object, or all of its kind; parts are in it."""
        of_kind = self.filter(object_type=object_type)
        return of_kind.filter(object_id=object_id) if object_id else of_kind

    def by(self, actor_id: UUID) -> "EntryQuerySet":
        """Keep what a user or token did, or was done on behalf of the user."""
        return self.filter(Q(actor_id=actor_id) | Q(on_behalf_of_id=actor_id))

    def since(self, moment: datetime) -> "EntryQuerySet":
        return self.filter(happened_at__gte=moment)

    def until(self, moment: datetime) -> "EntryQuerySet":
        return self.filter(happened_at__lt=moment)
