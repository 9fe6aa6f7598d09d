"""Rows that several tests read, made once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def shared_rows(blocker: Any) -> Iterator[None]:
    """Take back at the end what a fixture wrote for all tests of its module.

    Each test takes back what it wrote itself. `blocker` is pytest-django's.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
