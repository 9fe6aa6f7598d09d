"""When files are imported: tasks of the worker. Each can be stopped and done again."""

from uuid import UUID

from django.db import OperationalError
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from recruit.common.task_queue import LONG
from recruit.imports.operations import RUN, remove_old
from recruit.imports.running import run_file

RETRY = RetryStrategy(max_attempts=5, wait=10, retry_exceptions={OperationalError})


@app.task(name=RUN, queue=LONG, retry=RETRY)
def run_file_import(import_id: str) -> None:
    """Check or import a file, from the last batch that has landed on."""
    run_file(import_id=UUID(import_id), now=timezone.now)


@app.periodic(cron="27 3 * * *")
@app.task(queueing_lock="recruit.imports.tasks.remove_old_files")
def remove_old_files(timestamp: int | None = None) -> None:  # noqa: ARG001
    """Remove files, and rows that were rejected, after some days."""
    remove_old(now=timezone.now())
