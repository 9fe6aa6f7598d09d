"""From events to messages, and from messages to deliveries."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from recruit.applications.models import Application
from recruit.events.choices import Happened, Reader
from recruit.events.models import Event, PendingEvent
from recruit.webhooks.catalogue import ANNOUNCED, Ids
from recruit.webhooks.models import Delivery, Message, Webhook
from recruit.webhooks.queries import messages_visible_to

EVENTS_AT_ONCE = 50
ROWS_AT_ONCE = 1_000
# A message that speaks of no object is about the whole: all of those in one order.
THE_WHOLE = UUID(int=0)
_BY_KIND = {str(kind): announced for kind, announced in ANNOUNCED.items()}
_LOCK = 7_406_319_552  # a number of this project's own, for pg_advisory_xact_lock


def publish_some(*, now: datetime) -> int:
    """Turn the first pending events into messages and deliveries; return how many.

    One writer at a time, so that a message never comes to stand before one that
    somebody has read already.
    """
    if not PendingEvent.objects.of(Reader.WEBHOOKS).exists():
        return 0
    return _publish_some(now)


@transaction.atomic
def _publish_some(now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    mine = PendingEvent.objects.of(Reader.WEBHOOKS).select_related("event")
    pending = list(mine.order_by("number")[:EVENTS_AT_ONCE])
    if not pending:
        return 0
    messages = _messages_of([one.event for one in pending])
    Message.objects.bulk_create(messages, batch_size=ROWS_AT_ONCE)
    _keep_who_saw([one.event for one in pending])
    _deliver(messages, now)
    PendingEvent.objects.filter(pk__in=[one.pk for one in pending]).delete()
    return len(pending)


def publish_all(*, now: datetime) -> None:
    """Turn all pending events into messages and deliveries."""
    while publish_some(now=now):
        pass


def _messages_of(events: Sequence[Event]) -> list[Message]:
    messages = []
    for event in events:
        kind = _BY_KIND.get(event.kind)
        if kind is None:
            continue
        for ids in _with_applications(list(kind.messages_of(event))):
            messages.append(
                Message(
                    event=event,
                    type=kind.type,
                    happened_at=event.happened_at,
                    object_id=kind.object_of(ids) or THE_WHOLE,
                    job_id=ids.get("job"),
                    candidate_id=ids.get("candidate"),
                    named={name: one and str(one) for name, one in ids.items()},
                    ids=[one for one in ids.values() if one is not None],
                )
            )
    return messages


def _with_applications(rows: list[Ids]) -> list[Ids]:
    """Add the ids of applications that an old event of many does not name."""
    nameless = [
        row for row in rows if "application" in row and row["application"] is None
    ]
    if not nameless:
        return rows
    people = [row["candidate"] for row in nameless if row["candidate"]]
    jobs = [row["job"] for row in nameless if row["job"]]
    there = Application.objects.filter(job_id__in=jobs, candidate_id__in=people)
    known = {(one.job_id, one.candidate_id): one.pk for one in there}
    for row in nameless:
        if row["job"] and row["candidate"]:
            row["application"] = known.get((row["job"], row["candidate"]))
    return rows


def _keep_who_saw(events: Iterable[Event]) -> None:
    """Keep for all messages of a confidential job that is deleted who could see it."""
    for event in events:
        if event.kind == Happened.JOB_DELETED and "seen_by" in event.details:
            theirs = Message.objects.filter(job_id__in=event.job_ids)
            theirs.filter(ids__overlap=event.job_ids).update(
                seen_by=event.details["seen_by"]
            )


def _deliver(messages: Sequence[Message], now: datetime) -> None:
    ids = [one.pk for one in messages]
    for webhook in Webhook.objects.sending().select_related("owner").order_by("pk"):
        visible = messages_visible_to(
            webhook.owner, sees_confidential=webhook.sees_confidential
        )
        seen = set(visible.filter(pk__in=ids).values_list("pk", flat=True))
        Delivery.objects.bulk_create(
            (
                Delivery(
                    webhook=webhook,
                    message=one,
                    type=one.type,
                    object_id=one.object_id,
                    position=one.position,
                    next_try_at=now,
                    created_at=now,
                )
                for one in messages
                if one.pk in seen and webhook.wants(one.type)
            ),
            batch_size=ROWS_AT_ONCE,
        )
