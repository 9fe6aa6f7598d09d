"""When webhooks are sent: tasks of the worker. Each can be stopped and done again."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from recruit.common.task_queue import CALLS
from recruit.webhooks import mail
from recruit.webhooks.delivering import forget_old
from recruit.webhooks.queue import SEND, TELL_OF_DISABLED
from recruit.webhooks.sending import send_all

# Who has just changed something soon changes something else: it is seen at once.
LINGER_SECONDS = 2.0


# Woken after each commit; what is tried again, and wake-ups that were lost, by asking.
@app.periodic(cron="* * * * * */5")  # the sixth field: every five seconds
@app.task(name=SEND, queue=CALLS, queueing_lock=SEND)
def send(timestamp: int | None = None) -> None:  # noqa: ARG001
    """Send what is due."""
    send_all(clock=timezone.now, linger_seconds=LINGER_SECONDS)


@app.task(name=TELL_OF_DISABLED, retry=RetryStrategy(max_attempts=5, wait=60))
def tell_of_disabled(webhook_id: str) -> None:
    """Mail about a webhook that was disabled."""
    mail.tell_of_disabled(webhook_id=UUID(webhook_id))


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="recruit.webhooks.tasks.forget_old_deliveries")
def forget_old_deliveries(timestamp: int | None = None) -> None:  # noqa: ARG001
    """Delete deliveries after some weeks."""
    forget_old(now=timezone.now())
