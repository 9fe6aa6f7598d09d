"""Putting tasks into the queue, in the transaction of the caller.

The worker's tasks run on connections of its own; these are put on Django's, so that
a task appears if and only if what it is about was committed.
"""

from typing import Any, cast

from procrastinate.connector import BaseConnector
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

DEFAULT = "default"
# Tasks that may take minutes: they run beside the others, one at a time.
LONG = "long"
# Calls of other systems: they wait for those, and nothing here waits for them.
CALLS = "calls"
QUEUES = (DEFAULT, LONG, CALLS)


def task(
    name: str,
    *,
    queue: str = DEFAULT,
    priority: int = 0,
    lock: str | None = None,
    queueing_lock: str | None = None,
    arguments: dict[str, Any],
) -> Job:
    """Return a task as it is queued."""
    return Job(
        task_name=name,
        priority=priority,
        queueing_lock=queueing_lock,
        lock=lock,
        queue=queue,
        task_kwargs=arguments,
    )


def defer(tasks: list[Job]) -> None:
    """Queue tasks. Raise AlreadyEnqueued where a queueing lock is held."""
    if tasks:
        connector = cast("BaseConnector", DjangoConnector())
        JobManager(connector).batch_defer_jobs(tasks)
