"""Whose platform this is: one row, made when something is first said."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from recruit.common.fields import line

NAME_LENGTH = 120
THE_ONE = 1


class Organisation(models.Model):
    """The company or office that recruits here, and what it chose for all."""

    id = models.PositiveSmallIntegerField(
        primary_key=True, default=THE_ONE, editable=False
    )
    name = line(max_length=NAME_LENGTH)
    guide_put_away_at = models.DateTimeField(
        _("first steps put away"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisation")
        constraints = [
            models.CheckConstraint(condition=Q(id=THE_ONE), name="organisation_is_one")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_guide_put_away(self) -> bool:
        return self.guide_put_away_at is not None
