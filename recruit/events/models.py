"""The event log: what happened, to what, when, by whom."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Func, Value
from django.utils.translation import gettext_lazy as _

from recruit.accounts.choices import ActorKind
from recruit.common.ids import uuid7
from recruit.events.choices import Happened, Reader
from recruit.events.querysets import EventQuerySet, PendingEventQuerySet

NUMBERS = "events_pendingevent_numbers"  # a sequence


class Event(models.Model):
    """One thing that happened; a bulk operation is one event with many ids."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40, choices=Happened)
    happened_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10, choices=ActorKind)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    on_behalf_of_id = models.UUIDField(_("on behalf of"), null=True, blank=True)
    job_ids = ArrayField(models.UUIDField(), default=list, blank=True)
    candidate_ids = ArrayField(models.UUIDField(), default=list, blank=True)
    application_id = models.UUIDField(null=True, blank=True)
    details = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["-happened_at", "-id"], name="events_newest_first"),
            GinIndex(fields=["job_ids"], name="events_by_job"),
            GinIndex(fields=["candidate_ids"], name="events_by_candidate"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.happened_at:%Y-%m-%d %H:%M}"


class PendingEvent(models.Model):
    """An event that one reader has yet to take; deleted when it has."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="pending")
    reader = models.CharField(max_length=20, choices=Reader)
    # Drawn under the locks of the operation: of two changes to one object, the
    # first has the smaller number, whatever the clocks say.
    number = models.BigIntegerField(
        db_default=Func(Value(NUMBERS), function="nextval"), editable=False
    )

    objects = PendingEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("pending event")
        verbose_name_plural = _("pending events")
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "event"], name="pending_events_one_per_reader"
            )
        ]
        indexes = [
            models.Index(fields=["reader", "id"], name="pending_events_oldest"),
            models.Index(fields=["reader", "number"], name="pending_events_first"),
        ]

    def __str__(self) -> str:
        return f"{self.reader}: {self.event_id}"
