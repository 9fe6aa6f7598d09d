"""Named conditions on webhooks, messages and deliveries."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from recruit.accounts.choices import Role
from recruit.webhooks.choices import DeliveryState

if TYPE_CHECKING:
    from recruit.webhooks.models import Delivery, Message, Webhook


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def sending(self) -> "WebhookQuerySet":
        """Keep those that are sent messages: enabled, of an administrator still here.

        What a webhook may hear of is what its owner may see.
        """
        return self.filter(
            disabled_at=None, owner__is_active=True, owner__role=Role.ADMINISTRATOR
        )

    def by_name(self) -> "WebhookQuerySet":
        return self.select_related("owner").order_by("name", "id")


class MessageQuerySet(models.QuerySet["Message"]):
    def in_order(self) -> "MessageQuerySet":
        """Order as they were told: of one object, as the changes were made."""
        return self.order_by("position")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> "DeliveryQuerySet":
        return self.filter(state=DeliveryState.WAITING)

    def due(self, moment: datetime) -> "DeliveryQuerySet":
        """Keep those that are to be tried now, and that no worker tries."""
        free = Q(leased_until=None) | Q(leased_until__lte=moment)
        return self.waiting().filter(free, next_try_at__lte=moment)

    def first_of_their_objects(self) -> "DeliveryQuerySet":
        """Leave out those before which another about the same object waits."""
        earlier = self.model._default_manager.filter(
            state=DeliveryState.WAITING,
            webhook=OuterRef("webhook"),
            object_id=OuterRef("object_id"),
            position__lt=OuterRef("position"),
        )
        return self.filter(~Exists(earlier))

    def taken(self, limit: int) -> "DeliveryQuerySet":
        """Lock up to limit rows that nobody else has taken, the longest due first."""
        free = self.select_for_update(skip_locked=True, of=("self",))
        return free.order_by("next_try_at", "position")[:limit]

    def newest_first(self) -> "DeliveryQuerySet":
        return self.order_by("-created_at", "-id")

    def of_webhooks(self, ids: Collection[UUID]) -> "DeliveryQuerySet":
        return self.filter(webhook__in=ids)
