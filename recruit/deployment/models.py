"""What the deployment remembers about itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Milestone(models.Model):
    """Something that happens once in the life of a database."""

    name = models.CharField(max_length=50, primary_key=True)
    reached_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")

    def __str__(self) -> str:
        return self.name
