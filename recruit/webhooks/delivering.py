"""Taking deliveries that are due, and writing down what came of each call."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.common.ids import uuid7
from recruit.webhooks.calling import Call, Outcome
from recruit.webhooks.catalogue import PING
from recruit.webhooks.choices import DeliveryState, DisabledFor
from recruit.webhooks.models import Attempt, Delivery, Webhook
from recruit.webhooks.operations import disable_webhook
from recruit.webhooks.queries import Told, messages_visible_to, told
from recruit.webhooks.schedule import next_try_at
from recruit.webhooks.sealing import SecretUnreadable, unsealed

# Longer than any call takes: whoever holds a lease longer is gone.
LEASE = timedelta(seconds=60)
AT_ONCE = 24  # calls of one worker
AT_ONCE_FOR_EACH = 6  # of these for one webhook: the slow do not hold up the others
KEPT_FOR = timedelta(days=30)


def take_due(*, now: datetime, busy: Mapping[UUID, int]) -> list[Call]:
    """Take deliveries for as many calls as there is room beside those under way.

    What is taken belongs to the caller for the time of a lease.
    """
    room = AT_ONCE - sum(busy.values())
    calls: list[Call] = []
    for webhook in _due_webhooks(now, busy) if room > 0 else ():
        limit = min(room - len(calls), AT_ONCE_FOR_EACH - busy.get(webhook.pk, 0))
        if limit > 0:
            calls.extend(_take_some(webhook, limit, now))
    return calls


def _due_webhooks(now: datetime, busy: Mapping[UUID, int]) -> list[Webhook]:
    due = Delivery.objects.due(now).values("webhook")
    webhooks = Webhook.objects.sending().filter(pk__in=due).select_related("owner")
    return sorted(webhooks, key=lambda one: (busy.get(one.pk, 0), one.pk))


@transaction.atomic
def _take_some(webhook: Webhook, limit: int, now: datetime) -> list[Call]:
    mine = Delivery.objects.filter(webhook=webhook).due(now)
    taken = list(mine.first_of_their_objects().taken(limit))
    bodies = _bodies(webhook, taken)
    hidden = [one.pk for one in taken if one.pk not in bodies]
    # It became confidential since it was told of: not for this webhook any more.
    Delivery.objects.filter(pk__in=hidden).delete()
    lease = uuid7()
    Delivery.objects.filter(pk__in=bodies).update(lease=lease, leased_until=now + LEASE)
    secrets = _secrets(webhook, now)
    return [
        Call(
            delivery_id=one.pk,
            lease=lease,
            webhook_id=webhook.pk,
            url=webhook.url,
            message_id=one.message_id_sent,
            body=bodies[one.pk],
            secrets=secrets,
        )
        for one in taken
        if one.pk in bodies
    ]


def _bodies(webhook: Webhook, deliveries: Sequence[Delivery]) -> dict[UUID, str]:
    """Return the body of each delivery that its webhook may be sent."""
    ids = [one.message_id for one in deliveries if one.message_id]
    messages = messages_visible_to(
        webhook.owner, sees_confidential=webhook.sees_confidential
    )
    found = {one.id: one for one in told(list(messages.filter(pk__in=ids)))}
    bodies = {}
    for one in deliveries:
        message = found.get(one.message_id) if one.message_id else _ping_of(one)
        if message is not None:
            bodies[one.pk] = json.dumps(message.as_body(), separators=(",", ":"))
    return bodies


def _ping_of(delivery: Delivery) -> Told:
    data = {"webhook": str(delivery.webhook_id)}
    return Told(delivery.pk, PING, delivery.created_at, data)


def _secrets(webhook: Webhook, now: datetime) -> tuple[str, ...]:
    """Return the secrets to sign with; none where SECRET_KEY is another by now."""
    try:
        return tuple(unsealed(one) for one in webhook.sealed_secrets(now))
    except SecretUnreadable:
        return ()


@transaction.atomic
def settle(*, call: Call, outcome: Outcome, now: datetime, jitter: float) -> None:
    """Write down what came of a call: delivered, to be tried again, or given up.

    A webhook that answers 410, or not at all after the last try, is disabled.
    """
    mine = Delivery.objects.select_for_update(of=("self",))
    delivery = mine.filter(pk=call.delivery_id).first()
    if delivery is None:  # deleted with its webhook
        return
    Attempt.objects.create(
        delivery=delivery,
        started_at=outcome.started_at,
        duration_ms=outcome.duration_ms,
        status=outcome.status,
        error=outcome.error,
        answer=outcome.answer,
    )
    if delivery.lease != call.lease or not delivery.is_waiting:
        return  # another worker has taken it since, and says how it went
    delivery.tries += 1
    delivery.lease = delivery.leased_until = None
    again_at = _again_at(delivery, outcome, now, jitter)
    if again_at is None:
        delivery.ended_at = now
        delivery.state = (
            DeliveryState.DELIVERED if outcome.is_success else DeliveryState.FAILED
        )
    delivery.next_try_at = again_at
    delivery.save()
    if delivery.has_failed:
        _give_up(delivery, outcome, now)


def _again_at(
    delivery: Delivery, outcome: Outcome, now: datetime, jitter: float
) -> datetime | None:
    if outcome.is_success or outcome.is_gone:
        return None
    return next_try_at(
        delivery.tries, ended_at=now, jitter=jitter, retry_after=outcome.retry_after
    )


def _give_up(delivery: Delivery, outcome: Outcome, now: datetime) -> None:
    gone = DisabledFor.GONE if outcome.is_gone else DisabledFor.TOO_MANY_TRIES
    disable_webhook(
        webhook_id=delivery.webhook_id,
        reason=gone,
        actor=Actor.system(_("Webhooks")),
        disabled_at=now,
    )


def forget_old(*, now: datetime) -> int:
    """Delete deliveries after thirty days; return how many."""
    old = Delivery.objects.filter(created_at__lt=now - KEPT_FOR)
    deleted, _by_model = old.delete()
    return deleted
