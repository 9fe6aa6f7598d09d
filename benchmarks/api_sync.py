"""Lists of the API at 100,000 candidates: one page, a full sync, and a small one."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from benchmarks.figures import Figure, of_rounds, say
from benchmarks.many import recruiter_of_many
from benchmarks.pages import MILLISECONDS, wall_over_sql
from recruit.accounts.choices import Scope
from recruit.accounts.operations import issue_token
from recruit.candidates.models import Candidate

LIST = "/api/v1/candidates?per_page=500"
WARM_UP_PAGES = 10
REQUESTS = 20
CHANGED = 100
KILOBYTES = 1024.0
PARTS = ("candidateskill", "experience", "education", "candidatelanguage", "document")


def figures() -> Iterator[Figure]:
    """Yield every figure of the lists."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.API_RATE = 0
    user = recruiter_of_many()
    _token, secret = issue_token(
        user=user, name="Bench", scopes=Scope.values, created_at=timezone.now()
    )
    client = Client(headers={"authorization": f"Bearer {secret}"})
    for name, address in (
        ("list of 500 candidates with skills", f"{LIST}&fields=id,headline,skills"),
        ("list of 500 whole candidates", LIST),
    ):
        say(name)
        yield wall_over_sql(
            f"{name}, wall time over its SQL", client, [address], requests=REQUESTS
        )
    say("full sync")
    yield from full_sync(client)
    say("delta sync")
    yield delta_sync(client)


def full_sync(client: Client) -> Iterator[Figure]:
    """Read everybody; beside it, the same columns by bare SQL, in the same pieces."""
    started = perf_counter()
    after_warm_up, rows, path = 0.0, 0, LIST
    for number, body in enumerate(pages(client, path)):
        rows += len(body["items"])
        if number == WARM_UP_PAGES:
            after_warm_up = resident_megabytes()
    seconds = perf_counter() - started
    grown = resident_megabytes()
    bare, bare_rows = _bare_seconds()
    yield Figure(
        "full sync over REST, beside bare SQL",
        rows / seconds,
        "rows/s",
        bare_rows / bare,
        (bare_rows / bare) / (rows / seconds),
        rows,
    )
    yield Figure(
        "memory after a full sync, beside that after ten pages",
        grown,
        "MB",
        after_warm_up,
        grown / after_warm_up,
        rows,
    )


def delta_sync(client: Client) -> Figure:
    """Change some people and ask for what changed, beside one page of the list."""
    rounds = []
    for _number in range(5):
        token = list(pages(client, f"{LIST}&source=nobody"))[-1]["sync_token"]
        ids = list(Candidate.objects.values_list("pk", flat=True)[:CHANGED])
        Candidate.objects.filter(pk__in=ids).update(headline="Changed")
        changed = f"{LIST}&source=nobody&sync_token={token}"
        rounds.append(
            (
                _milliseconds(partial(client.get, changed)),
                _milliseconds(partial(client.get, LIST)),
            )
        )
    name = f"delta of {CHANGED} among 100,000, beside one page of 500"
    return of_rounds(name, rounds, unit="ms", n=len(rounds))


def pages(client: Client, path: str | None) -> Iterator[dict[str, Any]]:
    while path:
        body = client.get(path).json()
        yield body
        path = body["next"]


def resident_megabytes() -> float:
    """Return the memory of this process."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / KILOBYTES


def _milliseconds(call: Callable[[], object]) -> float:
    started = perf_counter()
    call()
    return (perf_counter() - started) * MILLISECONDS


def _bare_seconds() -> tuple[float, int]:
    """Read the rows and their parts, 500 people at a time; return how long it took."""
    after, rows, started = None, 0, perf_counter()
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT * FROM candidates_candidate WHERE id > %s"
                " ORDER BY id LIMIT 500",
                [after or "00000000-0000-0000-0000-000000000000"],
            )
            found = cursor.fetchall()
            if not found:
                return perf_counter() - started, rows
            ids = [row[0] for row in found]
            after, rows = ids[-1], rows + len(found)
            for part in PARTS:
                cursor.execute(
                    f"SELECT * FROM candidates_{part} WHERE candidate_id = ANY(%s)",  # noqa: S608
                    [ids],
                )
                cursor.fetchall()


def run() -> None:
    """Print every figure of the lists."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    for figure in figures():
        sys.stdout.write(f"{figure.as_json()}\n")
        sys.stdout.flush()
