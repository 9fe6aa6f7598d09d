"""When the API forgets: tasks of the worker. Each can be stopped and done again."""

from django.utils import timezone
from procrastinate.contrib.django import app

from recruit.api.idempotency import delete_old_answers


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="recruit.api.tasks.forget_old_answers")
def forget_old_answers(timestamp: int | None = None) -> None:  # noqa: ARG001
    """Delete the answers to repeated requests that are a day old."""
    delete_old_answers(now=timezone.now())
