"""What is put into the task queue."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from recruit.common.task_queue import CALLS, defer, task

SEND = "recruit.webhooks.tasks.send"
TELL_OF_DISABLED = "recruit.webhooks.tasks.tell_of_disabled"


def send_soon() -> None:
    """Queue the sending of what waits, unless it is queued already."""
    once = task(SEND, queue=CALLS, queueing_lock=SEND, arguments={})
    with suppress(AlreadyEnqueued), transaction.atomic():
        defer([once])


def tell_of_disabled_soon(webhook_id: UUID) -> None:
    """Queue the mail about a webhook that was disabled, in the caller's transaction."""
    arguments = {"webhook_id": str(webhook_id)}
    defer([task(TELL_OF_DISABLED, arguments=arguments)])
