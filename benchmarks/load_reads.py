"""What the clients of the load read, and the SQL that it takes."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recruit.applications.models import Application
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job

SAMPLE = 400
OK, CONFLICT = 200, 409  # a conflict: matches that nobody has prepared
WORDS = ("nurse", "python", "payroll", "warehouse", "react", "german", "invoices")
# How often each is read, of a hundred reads.
SHARES: Mapping[str, int] = {
    "a page of candidates": 12,
    "candidates changed since": 6,
    "candidates by words": 4,
    "one candidate": 28,
    "a page of jobs": 6,
    "one job": 10,
    "a page of applications": 8,
    "applications of a job": 8,
    "one application": 10,
    "matches of a job": 4,
    "a page of skills": 4,
}


@dataclass(frozen=True, slots=True)
class Rows:
    """Ids to ask about."""

    candidates: list[str]
    jobs: list[str]
    open_jobs: list[str]
    applications: list[str]

    @classmethod
    def sampled(cls) -> "Rows":
        return cls(
            candidates=_ids(Candidate.objects.not_erased()),
            jobs=_ids(Job.objects.all()),
            open_jobs=_ids(Job.objects.open()),
            applications=_ids(Application.objects.all()),
        )


def _ids(rows: Any) -> list[str]:
    found = rows.order_by("?").values_list("pk", flat=True)[:SAMPLE]
    return [str(one) for one in found]


def reads(rows: Rows, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield names and paths of reads for ever, mixed by their shares."""
    paths: Mapping[str, Callable[[], str]] = {
        "a page of candidates": lambda: "candidates",
        "candidates changed since": lambda: (
            "candidates?updated_since=2026-01-01T00:00:00Z&per_page=100"
        ),
        "candidates by words": lambda: f"candidates?q={chance.choice(WORDS)}",
        "one candidate": lambda: f"candidates/{chance.choice(rows.candidates)}",
        "a page of jobs": lambda: "jobs",
        "one job": lambda: f"jobs/{chance.choice(rows.jobs)}",
        "a page of applications": lambda: "applications",
        "applications of a job": lambda: f"applications?job={chance.choice(rows.jobs)}",
        "one application": lambda: f"applications/{chance.choice(rows.applications)}",
        "matches of a job": lambda: (
            f"jobs/{chance.choice(rows.open_jobs)}/matches?per_page=25"
        ),
        "a page of skills": lambda: f"skills?q={chance.choice('abcdefgh')}",
    }
    names, weights = list(SHARES), list(SHARES.values())
    while True:
        name = chance.choices(names, weights)[0]
        yield name, paths[name]()


def statements_of(rows: Rows, secret: str, *, number: int) -> list[list[str]]:
    """Return the SQL of so many reads, with its values, as it was executed."""
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(headers={"authorization": f"Bearer {secret}"})
    found = []
    for name, path in islice(reads(rows, random.Random(7)), number):  # noqa: S311
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(f"/api/v1/{path}")
        if answer.status_code not in {OK, CONFLICT}:
            raise SystemExit(f"{name}: {answer.status_code} {answer.content[:500]!r}")
        found.append([one["sql"] for one in captured.captured_queries])
    return found
