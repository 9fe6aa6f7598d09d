"""What the recipes share: the client, and calls that survive a bad connection."""

import os
import sys
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import ParamSpec, TypeVar

import httpx
from recruit_client import AuthenticatedClient
from recruit_client.models import Problem
from recruit_client.types import Response

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 6
COME_AGAIN = {
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
}


class Refused(Exception):
    """The platform said no; trying again would not help."""

    def __init__(self, status: int, problem: object) -> None:
        super().__init__(f"{status}: {problem}")
        self.status = status
        self.problem = problem


def connected() -> AuthenticatedClient:
    """Return a client for the installation and the token that the environment names."""
    return AuthenticatedClient(
        base_url=os.environ["RECRUIT_URL"],  # http://127.0.0.1:8000
        token=os.environ["RECRUIT_TOKEN"],
        timeout=httpx.Timeout(30),
    )


def settled(
    call: Callable[P, Response[T | Problem]], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Return what a call answers; make it again while no answer comes.

    Only for calls that do nothing twice: reads, PUT, and a POST with an
    Idempotency-Key. Raise Refused where the platform says no.
    """
    for attempt in range(1, TRIES + 1):
        try:
            answer = call(*args, **kwargs)
        except httpx.TransportError as error:  # sent or not: nobody knows
            if attempt == TRIES:
                raise
            _wait(2.0 ** (attempt - 1), str(error) or type(error).__name__)
            continue
        if answer.status_code in COME_AGAIN and attempt < TRIES:
            _wait(float(answer.headers.get("Retry-After", "1")), answer.status_code)
            continue
        return _parsed(answer)
    raise AssertionError


def _parsed(answer: Response[T | Problem]) -> T:
    found = answer.parsed
    if found is None or isinstance(found, Problem):
        raise Refused(answer.status_code, found or answer.content[:500])
    return found


def _wait(seconds: float, reason: object) -> None:
    print(f"{reason}: again in {seconds:g} s", file=sys.stderr)
    time.sleep(seconds)
