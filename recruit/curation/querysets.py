"""Named conditions on what people decided about the vocabulary."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef

if TYPE_CHECKING:
    from recruit.curation.models import KeptApart


class KeptApartQuerySet(models.QuerySet["KeptApart"]):
    def of_pair(self, one_id: UUID, other_id: UUID) -> "KeptApartQuerySet":
        first_id, second_id = sorted([one_id, other_id])
        return self.filter(first_id=first_id, second_id=second_id)

    def about_outer_pair(self) -> Exists:
        """Tell whether the pair of an outer row, ids in order, is kept apart."""
        pair = {"first_id": OuterRef("first_id"), "second_id": OuterRef("second_id")}
        return Exists(self.filter(**pair))
