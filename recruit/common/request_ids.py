"""The id of the request that is being answered, for answers, logs and the audit log."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from recruit.common.ids import uuid7

HEADER = "X-Request-Id"
LONGEST = 128
# Nothing that a log, a header or a page could take for something else.
SANE = re.compile(rf"[A-Za-z0-9._:=/+-]{{1,{LONGEST}}}")

_current: ContextVar[str | None] = ContextVar("request_id", default=None)


def current_request_id() -> str | None:
    """Return the id of the running request, None outside of requests."""
    return _current.get()


def chosen_request_id(given: str | None) -> str:
    """Return the id that a caller gave if it is sane, else one that is made."""
    if given and SANE.fullmatch(given):
        return given
    return str(uuid7())


@contextmanager
def request_id_set(request_id: str) -> Iterator[None]:
    """Let everything inside belong to a request."""
    token = _current.set(request_id)
    try:
        yield
    finally:
        _current.reset(token)


class RequestIdFilter(logging.Filter):
    """Write the id of the request beside every record that is made during it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the id; keep every record."""
        # Django tells of a 4xx when the request's own context is already left.
        request = getattr(record, "request", None)
        request_id = getattr(request, "request_id", None) or current_request_id()
        if request_id is not None:
            record.request_id = request_id
        return True
