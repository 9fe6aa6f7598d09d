"""Webhooks: who is called, with what, and how each call went."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q, Value
from django.utils.translation import gettext_lazy as _

from recruit.accounts.models import User
from recruit.common.fields import no_null_characters
from recruit.common.ids import uuid7
from recruit.events.models import Event
from recruit.webhooks.choices import DeliveryState, DisabledFor
from recruit.webhooks.querysets import (
    DeliveryQuerySet,
    MessageQuerySet,
    WebhookQuerySet,
)

NAME_LENGTH = 120
URL_LENGTH = 1_000
TYPE_LENGTH = 60
ANSWER_LENGTH = 1_000
ERROR_LENGTH = 300
MARK_LENGTH = 16
POSITIONS = "webhooks_message_positions"  # a sequence


class Webhook(models.Model):
    """An address of another system that is called when something happens."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(
        _("name"), max_length=NAME_LENGTH, validators=[no_null_characters]
    )
    url = models.CharField(
        _("address"), max_length=URL_LENGTH, validators=[no_null_characters]
    )
    types = ArrayField(
        models.CharField(max_length=TYPE_LENGTH),
        verbose_name=_("types"),
        default=list,
        blank=True,  # none chosen: all, those of later versions included
    )
    sees_confidential = models.BooleanField(_("hears of confidential jobs"))
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="webhooks")
    secret = models.CharField(max_length=300, editable=False)  # sealed
    old_secret = models.CharField(max_length=300, blank=True, editable=False)
    old_secret_until = models.DateTimeField(null=True, editable=False)
    disabled_at = models.DateTimeField(null=True, editable=False)
    disabled_for = models.CharField(
        max_length=20, choices=DisabledFor, blank=True, editable=False
    )
    created_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [
            models.CheckConstraint(
                condition=Q(disabled_at__isnull=True, disabled_for="")
                | Q(disabled_at__isnull=False) & ~Q(disabled_for=""),
                name="webhooks_disabled_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_enabled(self) -> bool:
        return self.disabled_at is None

    @property
    def secret_mark(self) -> str:
        """Return what differs once there is another secret, and tells nothing of it."""
        return hashlib.sha256(self.secret.encode()).hexdigest()[:MARK_LENGTH]

    def wants(self, kind: str) -> bool:
        """Tell whether messages of a type are sent to it."""
        return not self.types or kind in self.types

    def sealed_secrets(self, moment: datetime) -> list[str]:
        """Return the secrets that are valid at a moment, the newest first."""
        rotating = self.old_secret_until is not None and moment < self.old_secret_until
        return [self.secret, self.old_secret] if rotating else [self.secret]


class Message(models.Model):
    """What other systems are told of an event: one for each object, ids alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Drawn by one writer at a time: who has read up to a position missed nothing.
    position = models.BigIntegerField(
        db_default=Func(Value(POSITIONS), function="nextval"), editable=False
    )
    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    type = models.CharField(max_length=TYPE_LENGTH)
    happened_at = models.DateTimeField()
    object_id = models.UUIDField()
    job_id = models.UUIDField(null=True)
    candidate_id = models.UUIDField(null=True)
    # All ids by their names in the message; the two above among them.
    named = models.JSONField(default=dict)
    ids = ArrayField(models.UUIDField(), default=list)
    # Of a confidential job that is no more: who could see it.
    seen_by = ArrayField(models.UUIDField(), null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(
                fields=["position"], name="messages_one_per_position"
            )
        ]
        indexes = [
            models.Index(fields=["type", "position"], name="messages_by_type"),
            models.Index(fields=["event"], name="messages_by_event"),
            GinIndex(fields=["ids"], name="messages_by_id"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.object_id}"


class Delivery(models.Model):
    """One message on its way to one webhook; a ping has no message."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    webhook = models.ForeignKey(
        Webhook, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, null=True, related_name="deliveries"
    )
    type = models.CharField(_("type"), max_length=TYPE_LENGTH)
    object_id = models.UUIDField()
    position = models.BigIntegerField()
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=DeliveryState,
        default=DeliveryState.WAITING,
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"), null=True)
    # While a worker calls; one that is killed lets the time pass, and another calls.
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(_("created"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "message"],
                name="deliveries_one_per_webhook_and_message",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values),
                name="deliveries_known_state",
            ),
        ]
        indexes = [
            models.Index(
                fields=["webhook", "-created_at", "-id"], name="deliveries_newest"
            ),
            models.Index(
                fields=["webhook", "object_id", "position"],
                condition=Q(state=DeliveryState.WAITING),
                name="deliveries_waiting_in_order",
            ),
            models.Index(
                fields=["webhook", "next_try_at", "position"],
                condition=Q(state=DeliveryState.WAITING),
                name="deliveries_waiting_when_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.object_id}"

    @property
    def message_id_sent(self) -> UUID:
        """Return the `webhook-id`, the same at each try and for each webhook."""
        return self.message_id or self.pk

    @property
    def is_waiting(self) -> bool:
        return self.state == DeliveryState.WAITING

    @property
    def has_failed(self) -> bool:
        return self.state == DeliveryState.FAILED


class Attempt(models.Model):
    """One try: when, how long, and what came back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    delivery = models.ForeignKey(
        Delivery, on_delete=models.CASCADE, related_name="attempts"
    )
    started_at = models.DateTimeField(_("started"))
    duration_ms = models.PositiveIntegerField(_("milliseconds"))
    status = models.PositiveSmallIntegerField(_("status"), null=True)
    error = models.CharField(_("error"), max_length=ERROR_LENGTH, blank=True)
    answer = models.CharField(_("answer"), max_length=ANSWER_LENGTH, blank=True)

    class Meta:
        verbose_name = _("try")
        verbose_name_plural = _("tries")

    def __str__(self) -> str:
        return f"{self.status or self.error}"
