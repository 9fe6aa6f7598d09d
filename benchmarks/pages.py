"""How much more than its own SQL a ranked answer takes, at 10,000 candidates."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks.figures import Figure, of_rounds, say
from benchmarks.pool import recruiter
from recruit.jobs.models import Job

WARM_UP = 3
REQUESTS = 30
MILLISECONDS = 1000.0


class SqlClock:
    """Adds up the time that statements take."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        started = perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.seconds += perf_counter() - started

    def running(self) -> AbstractContextManager[None]:
        return connection.execute_wrapper(self)


def ranked_page() -> Figure:
    """Measure the page of a job, 25 people."""
    return _measure(
        "ranked page, wall time over its SQL",
        [reverse("dashboard:job", args=[job.requisition_code]) for job in _jobs()],
    )


def ranked_hybrid() -> Figure:
    """Measure the same page in the order of meaning and words."""
    return _measure(
        "ranked page by meaning and words, wall time over its SQL",
        [
            reverse("dashboard:job", args=[job.requisition_code]) + "?order=hybrid"
            for job in _jobs()
        ],
    )


def ranked_api() -> Figure:
    """Measure the same ranking over REST."""
    return _measure(
        "ranked API, wall time over its SQL",
        [f"/api/v1/jobs/{job.pk}/matches?per_page=25" for job in _jobs()],
    )


def _jobs() -> list[Job]:
    return list(Job.objects.open().visible_to(recruiter()).order_by("pk"))


def _measure(name: str, addresses: list[str]) -> Figure:
    say(name)
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(recruiter())
    return wall_over_sql(name, client, addresses, requests=REQUESTS)


def wall_over_sql(
    name: str, client: Client, addresses: Sequence[str], *, requests: int
) -> Figure:
    """Measure how long pages take, beside the time of their SQL."""
    rounds = []
    for number in range(WARM_UP + requests):
        clock = SqlClock()
        started = perf_counter()
        with clock.running():
            answer = client.get(addresses[number % len(addresses)])
            _length = len(answer.content)
        wall = perf_counter() - started
        if answer.status_code != 200:  # noqa: PLR2004 (OK)
            raise SystemExit(f"{name}: {answer.status_code} {answer.content[:500]!r}")
        if number >= WARM_UP:
            rounds.append((wall * MILLISECONDS, clock.seconds * MILLISECONDS))
    return of_rounds(name, rounds, unit="ms", n=len(rounds))
