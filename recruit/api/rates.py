"""How many requests a caller may make in a minute, whichever process they reach."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException

from recruit.api.models import RequestCount

WINDOW = timedelta(minutes=1)
WINDOW_SECONDS = 60
# Tokens that are no tokens, from one address. Nobody finds 256 bits by trying; this
# spares the database and the log. Valid tokens are answered from there all the same:
# else one broken client would lock out all who share its proxy.
MOST_FAILURES = 30
FAILURES = "failures"
# A bare upsert of one row: it counts in the database, so that the limit holds for all
# processes, and apart from the request's transaction, so that refused ones count.
COUNT = """
INSERT INTO api_requestcount AS counted (caller, requests, began_at)
VALUES (%(caller)s, 1, %(now)s)
ON CONFLICT (caller) DO UPDATE SET
  requests = CASE WHEN counted.began_at <= %(over)s THEN 1
                  ELSE LEAST(counted.requests, %(most)s) + 1 END,
  began_at = CASE WHEN counted.began_at <= %(over)s THEN excluded.began_at
                  ELSE counted.began_at END
RETURNING requests, began_at
"""


class TooManyRequests(APIException):
    """More than the quota; `wait` is the seconds until it is whole again."""

    status_code = HTTPStatus.TOO_MANY_REQUESTS
    default_code = "too_many_requests"
    default_detail = _("Too many requests; ask again after the seconds of Retry-After.")

    def __init__(self, wait: int) -> None:
        super().__init__()
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Rate:
    """What is left of a caller's quota."""

    quota: int
    requests: int
    resets_in_seconds: int
    name: str = "default"

    @property
    def is_exceeded(self) -> bool:
        return self.requests > self.quota

    @property
    def headers(self) -> dict[str, str]:
        """Return the fields of draft-ietf-httpapi-ratelimit-headers."""
        left = max(0, self.quota - self.requests)
        return {
            "RateLimit-Policy": f'"{self.name}";q={self.quota};w={WINDOW_SECONDS}',
            "RateLimit": f'"{self.name}";r={left};t={self.resets_in_seconds}',
        }


def count_request(caller: str, *, now: datetime) -> Rate | None:
    """Count a request of a caller; return what is left, None where all may ask."""
    if not settings.API_RATE:
        return None
    return _counted(caller, quota=settings.API_RATE, now=now)


def count_failure(address: str | None, *, now: datetime) -> Rate | None:
    """Count a token that is none from an address."""
    if not settings.API_RATE:
        return None
    caller = f"address:{_network(address)}"
    return replace(_counted(caller, quota=MOST_FAILURES, now=now), name=FAILURES)


def delete_old_counts(*, now: datetime) -> int:
    """Delete the counts of minutes that are over; return how many."""
    return RequestCount.objects.filter(began_at__lte=now - WINDOW).delete()[0]


def _counted(caller: str, *, quota: int, now: datetime) -> Rate:
    values: dict[str, str | int | datetime] = {
        "caller": caller,
        "now": now,
        "over": now - WINDOW,
        "most": quota,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        requests, began_at = cursor.fetchone() or (1, now)
    left = ceil((began_at + WINDOW - now).total_seconds())
    return Rate(quota, requests, min(max(left, 1), WINDOW_SECONDS))


def _network(address: str | None) -> str:
    # Whoever has one IPv6 address has as many as they like of the same network.
    if address and isinstance(ip_address(address), IPv6Address):
        return str(ip_network(f"{address}/64", strict=False))
    return str(address)
