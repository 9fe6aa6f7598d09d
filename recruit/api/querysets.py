"""Named conditions on what the API remembers."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from recruit.api.models import KeptAnswer

KEPT = timedelta(hours=24)


class KeptAnswerQuerySet(models.QuerySet["KeptAnswer"]):
    def of_key(self, caller: str, key: str) -> "KeptAnswerQuerySet":
        return self.filter(caller=caller, key=key)

    def kept_at(self, moment: datetime) -> "KeptAnswerQuerySet":
        """Keep those that are replayed at a moment."""
        return self.filter(created_at__gt=moment - KEPT)

    def over_at(self, moment: datetime) -> "KeptAnswerQuerySet":
        """Keep those that are replayed no more."""
        return self.filter(created_at__lte=moment - KEPT)

    def mentioning(self, row_id: UUID) -> "KeptAnswerQuerySet":
        return self.filter(mentions__contains=[row_id])
