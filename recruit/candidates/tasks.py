"""What the worker does for candidates by itself."""

from django.utils import timezone
from procrastinate.contrib.django import app

from recruit.candidates.files import remove_left_behind


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="recruit.candidates.tasks.remove_files_left_behind")
def remove_files_left_behind(timestamp: int | None = None) -> None:  # noqa: ARG001
    """Remove files of documents that are no more."""
    remove_left_behind(now=timezone.now())
