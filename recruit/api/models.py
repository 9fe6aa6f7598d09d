"""What the API remembers of requests; deleted after a day."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from recruit.api.access import DIGEST_LENGTH
from recruit.api.querysets import KeptAnswerQuerySet
from recruit.common.ids import uuid7

KEY_LENGTH = 255


class KeptAnswer(models.Model):
    """What a request with an `Idempotency-Key` was answered, for its repetition."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    caller = models.CharField(max_length=100)
    key = models.CharField(max_length=KEY_LENGTH)
    fingerprint = models.CharField(max_length=64)  # of address and body
    # By which it was answered: with others it is not shown again. Empty: not known.
    rights = models.CharField(max_length=DIGEST_LENGTH, blank=True, default="")
    # None while a request runs that keeps no transaction open.
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.TextField()  # sealed
    # Every id in address, body and answer, so that erased people are found.
    mentions = ArrayField(models.UUIDField(), default=list)
    is_forgotten = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = KeptAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        constraints = [
            models.UniqueConstraint(
                fields=["caller", "key"], name="kept_answers_one_per_key"
            )
        ]
        indexes = [
            models.Index(fields=["created_at"], name="kept_answers_oldest"),
            GinIndex(fields=["mentions"], name="kept_answers_by_mention"),
        ]

    def __str__(self) -> str:
        return f"{self.caller}: {self.key}"


class RequestCount(models.Model):
    """How many requests somebody made in the minute that began with the first.

    The table is not logged by PostgreSQL: counting costs no flush to the disk, and a
    crash starts the minute anew.
    """

    caller = models.CharField(max_length=100, primary_key=True)
    requests = models.PositiveIntegerField()
    began_at = models.DateTimeField()

    class Meta:
        verbose_name = _("count of requests")
        verbose_name_plural = _("counts of requests")

    def __str__(self) -> str:
        return f"{self.caller}: {self.requests}"
