"""What people decided about the vocabulary, and the software must not ask again."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from recruit.common.ids import uuid7
from recruit.curation.querysets import KeptApartQuerySet
from recruit.skills.models import Skill


class KeptApart(models.Model):
    """Two skills of which a person said that they are not the same."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # The lower id first, so that a pair is one row.
    first = models.ForeignKey(
        Skill, on_delete=models.CASCADE, related_name="+", verbose_name=_("skill")
    )
    second = models.ForeignKey(
        Skill, on_delete=models.CASCADE, related_name="+", verbose_name=_("other skill")
    )
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.CharField(_("by"), max_length=200)

    objects = KeptApartQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair kept apart")
        verbose_name_plural = _("pairs kept apart")
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], name="kept_apart_one_per_pair"
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="kept_apart_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"
