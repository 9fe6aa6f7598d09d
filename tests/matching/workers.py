"""A sign of life of a worker, and its work on what somebody searches for."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from matching import tasks


def see_worker(*, at: datetime | None = None) -> None:
    """Have a worker give a sign of life; unless told when, one that lasts a test."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)",
            [at or timezone.now() + timedelta(hours=1)],
        )


def see_no_worker() -> None:
    """Have no worker alive, whatever an earlier test left behind."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")


def read_queries() -> None:
    """Encode the texts that wait, as the worker would."""
    tasks.encode_queries()
