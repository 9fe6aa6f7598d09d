"""Every kind of page with 20,000 candidates, 200 jobs and 30,000 applications.

For each: its time beside that of its SQL, and its size beside the largest allowed.
"""

import sys
from collections.abc import Iterator

from django.conf import settings
from django.core.management import call_command
from django.http import HttpResponseBase
from django.test import Client

from benchmarks.figures import Figure, say
from benchmarks.large import administrator_of_much
from benchmarks.pages import wall_over_sql
from tests.pictures.walking import STARTS, crawl

REQUESTS = 6
OF_A_KIND = 2  # pages looked at
LARGEST = 300.0  # kB
KILO = 1000.0


def run() -> None:
    """Print every figure; what goes on is told on the error stream."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    for figure in figures():
        sys.stdout.write(f"{figure.as_json()}\n")
        sys.stdout.flush()


def figures() -> Iterator[Figure]:
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(administrator_of_much())
    sizes: dict[str, int] = {}

    def get(address: str) -> HttpResponseBase:
        answer = client.get(address)
        if not answer.streaming:
            sizes[address] = len(answer.content)
        return answer

    say("finding the pages")
    for kind, addresses in crawl(get, STARTS, of_a_kind=OF_A_KIND).items():
        page = kind or "home"
        name = f"{page}, wall time over its SQL"
        yield wall_over_sql(name, client, addresses, requests=REQUESTS)
        size = max(sizes[one] for one in addresses) / KILO
        name = f"{page}, size over the largest allowed"
        yield Figure(name, size, "kB", LARGEST, size / LARGEST, len(addresses))
