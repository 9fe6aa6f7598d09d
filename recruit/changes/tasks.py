"""Tasks of the worker: old changes are forgotten."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from recruit.changes.operations import forget_changes

KEPT_DAYS = 30


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="recruit.changes.tasks.forget_old_changes")
def forget_old_changes(timestamp: int | None = None) -> None:  # noqa: ARG001
    """Forget what changed more than a month ago."""
    forget_changes(before=timezone.now() - timedelta(days=KEPT_DAYS))
