"""How long a request may take."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException


class TimedOut(APIException):
    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_code = "timed_out"
    default_detail = _("The request took too long; ask for less at once.")


@contextmanager
def one_transaction() -> Iterator[None]:
    """Run everything inside in one transaction, no statement longer than the limit.

    SET LOCAL needs the transaction: a setting of the session would reach others
    through a pooler.
    """
    with transaction.atomic():
        if settings.API_TIMEOUT_SECONDS:
            with connection.cursor() as cursor:
                limit = f"{settings.API_TIMEOUT_SECONDS * 1000:.0f}"
                cursor.execute(
                    "SELECT set_config('statement_timeout', %s, true)", [limit]
                )
        yield


@contextmanager
def deadline() -> Iterator[None]:
    """Raise TimedOut for the first statement that begins when the time is over.

    Not to be held around the commit: what follows from it is not to be cut off.
    """
    if not settings.API_TIMEOUT_SECONDS:
        yield
        return
    over_at = time.monotonic() + settings.API_TIMEOUT_SECONDS

    def look(execute: Callable[..., Any], *statement: Any) -> Any:
        if time.monotonic() > over_at:
            raise TimedOut
        return execute(*statement)

    with connection.execute_wrapper(look):
        yield
