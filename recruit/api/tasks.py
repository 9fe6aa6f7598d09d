"""When the API forgets: tasks of the worker. Each can be stopped and done again."""

from django.utils import timezone
from procrastinate.contrib.django import app

from recruit.api.idempotency import delete_old_answers
from recruit.api.rates import delete_old_counts


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="recruit.api.tasks.forget")
def forget(timestamp: int | None = None) -> None:  # noqa: ARG001
    """Delete answers to repeated requests that are a day old, and counts of minutes."""
    now = timezone.now()
    delete_old_answers(now=now)
    delete_old_counts(now=now)
