"""/webhooks and their deliveries"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.status import HTTP_202_ACCEPTED, HTTP_204_NO_CONTENT

from recruit.accounts.choices import Scope
from recruit.api.permissions import AdministratorsOnly, TokenHoldsScope
from recruit.api.preconditions import etag, expected_version
from recruit.api.serializers.base import NothingSerializer
from recruit.api.serializers.query import PageQuery
from recruit.api.serializers.webhooks import (
    DeliveryQuery,
    DeliverySerializer,
    RotationSerializer,
    WebhookSerializer,
    WebhookWithSecretSerializer,
    not_granted,
)
from recruit.api.views.base import M, Resource
from recruit.webhooks import operations
from recruit.webhooks.choices import DisabledFor
from recruit.webhooks.models import Attempt, Delivery, Webhook


class Administered(Resource[M]):
    """What only administrators know of; for others it does not exist."""

    read_scope = Scope.WEBHOOKS_READ
    write_scope = Scope.WEBHOOKS_WRITE
    permission_classes = (IsAuthenticated, TokenHoldsScope, AdministratorsOnly)


class Webhooks(Administered[Webhook]):
    """Addresses of other systems that are called when something happens."""

    query_classes = {"list": PageQuery}
    row_class = WebhookSerializer
    body_classes = {
        "create": WebhookSerializer,
        "partial_update": WebhookSerializer,
        "rotate": RotationSerializer,
        "enable": NothingSerializer,
        "disable": NothingSerializer,
    }

    @property
    def answer_class(self) -> type[Serializer[Any]]:
        shows_secret = self.action in {"create", "rotate"}
        return WebhookWithSecretSerializer if shows_secret else self.row_class

    def visible(self) -> QuerySet[Webhook]:
        return Webhook.objects.all()

    def list(self, request: Request) -> Response:
        """List the webhooks, newest first, without their secrets."""
        return self.answer_page(self.visible())

    def create(self, request: Request) -> Response:
        """Make a webhook and send it a ping; the answer alone shows its secret."""
        stated = self.checked_body().validated_data
        self._refuse_to_hand_on(stated)
        made = operations.create_webhook(
            owner=self.access.user,
            stated=stated,
            actor=self.access.actor,
            created_at=timezone.now(),
        )
        return self._answer_secret(made, is_new=True)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Read one webhook, without its secret."""
        return self.answer_row(self.get_object())

    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Change a webhook; who changes where it leads becomes its owner."""
        webhook = self.get_object()
        stated = self.checked_body().validated_data
        self._refuse_to_hand_on(stated, webhook)
        changed = operations.change_webhook(
            webhook_id=webhook.pk,
            stated=stated,
            changed_by=self.access.user,
            actor=self.access.actor,
            changed_at=timezone.now(),
            expected_version=expected_version(request, webhook),
        )
        return self.answer_row(changed)

    def destroy(self, request: Request, pk: UUID) -> Response:
        """Delete a webhook with the log of its deliveries."""
        webhook = self.get_object()
        operations.delete_webhook(
            webhook_id=webhook.pk,
            actor=self.access.actor,
            deleted_at=timezone.now(),
            expected_version=expected_version(request, webhook),
        )
        return Response(status=HTTP_204_NO_CONTENT)

    def rotate(self, request: Request, pk: UUID) -> Response:
        """Make a new secret; for some hours messages are signed with the last one too.

        The answer alone shows the new secret.
        """
        webhook = self.get_object()
        stated = self.checked_body().validated_data
        hours = stated.get("overlap_hours")
        made = operations.rotate_secret(
            webhook_id=webhook.pk,
            actor=self.access.actor,
            rotated_at=timezone.now(),
            overlap=operations.OVERLAP if hours is None else timedelta(hours=hours),
            expected_version=expected_version(request, webhook),
        )
        return self._answer_secret(made)

    def enable(self, request: Request, pk: UUID) -> Response:
        """Send to a webhook again: what waited, and what happens from now on."""
        webhook = self.get_object()
        self.checked_body()
        enabled = operations.enable_webhook(
            webhook_id=webhook.pk,
            actor=self.access.actor,
            enabled_at=timezone.now(),
            expected_version=expected_version(request, webhook),
        )
        return self.answer_row(enabled)

    def disable(self, request: Request, pk: UUID) -> Response:
        """Send nothing to a webhook until it is enabled again."""
        webhook = self.get_object()
        self.checked_body()
        disabled = operations.disable_webhook(
            webhook_id=webhook.pk,
            reason=DisabledFor.BY_HAND,
            actor=self.access.actor,
            disabled_at=timezone.now(),
            expected_version=expected_version(request, webhook),
        )
        return self.answer_row(disabled)

    def _refuse_to_hand_on(
        self, stated: Mapping[str, Any], webhook: Webhook | None = None
    ) -> None:
        """Raise ValidationError where a token would have told what it may not see."""
        if self.access.sees_confidential:
            return
        before = webhook.sees_confidential if webhook else False
        leads_elsewhere = "url" in stated or "sees_confidential" in stated
        if stated.get("sees_confidential", before) and leads_elsewhere:
            raise not_granted()

    def _answer_secret(
        self, made: operations.WithSecret, *, is_new: bool = False
    ) -> Response:
        answer = self.answer_row(made.webhook, is_new=is_new)
        shown = {"secret": made.secret}
        answer.data = WebhookWithSecretSerializer(made.webhook, context=shown).data
        answer["ETag"] = etag(made.webhook)
        return answer


class Deliveries(Administered[Delivery]):
    """What was sent to a webhook, and what came back."""

    query_classes = {"list": DeliveryQuery}
    row_class = DeliverySerializer
    body_classes = {"ping": NothingSerializer, "redeliver": NothingSerializer}
    statuses = {"ping": (HTTP_202_ACCEPTED,), "redeliver": (HTTP_202_ACCEPTED,)}

    def visible(self) -> QuerySet[Delivery]:
        tries = Attempt.objects.order_by("started_at", "id")
        mine = Delivery.objects.filter(webhook=self.kwargs["pk"])
        return mine.prefetch_related(Prefetch("attempts", tries))

    def list(self, request: Request, pk: UUID) -> Response:
        """List what was sent to a webhook in the last 30 days, newest first."""
        get_object_or_404(Webhook, pk=pk)
        deliveries = self.visible()
        if "state" in self.query:
            deliveries = deliveries.filter(state=self.query["state"])
        return self.answer_page(deliveries)

    def ping(self, request: Request, pk: UUID) -> Response:
        """Send a message that means nothing, to try the receiver."""
        webhook = get_object_or_404(Webhook, pk=pk)
        self.checked_body()
        sent = operations.ping(webhook_id=webhook.pk, pinged_at=timezone.now())
        return self._accepted(sent)

    def redeliver(self, request: Request, pk: UUID, delivery_id: UUID) -> Response:
        """Send a message once more, under the same `webhook-id`."""
        delivery = get_object_or_404(self.visible(), pk=delivery_id)
        self.checked_body()
        operations.redeliver(delivery_id=delivery.pk, asked_at=timezone.now())
        return self._accepted(delivery)

    def _accepted(self, delivery: Delivery) -> Response:
        shown = DeliverySerializer(self.visible().get(pk=delivery.pk)).data
        return Response(shown, status=HTTP_202_ACCEPTED)
