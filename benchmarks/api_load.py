"""Clients at once on the API with 20,000 candidates; 8 of 10 requests read.

`python -m benchmarks.api_load --seconds 600`; one JSON object a line.
"""

import argparse
import json
import os
import signal
import sys
import threading
import time
from statistics import median
from typing import Any

import django
import psutil

from benchmarks.figures import machine, say
from benchmarks.load_home import fresh_home

CLIENTS = 50
WARM_UP_SECONDS = 10.0
SQL_SECONDS = 8.0
READS_OF_SQL = 300
MOST_TAIL = 8.0
MILLI = 1000.0
MEGA = 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    options = parser.parse_args()
    os.environ["RECRUIT_HOME"] = str(fresh_home())
    os.environ["DJANGO_SETTINGS_MODULE"] = "recruit.settings"
    os.environ["RECRUIT_API_RATE"] = "0"
    os.environ["RECRUIT_PORT"] = "8799"
    django.setup()
    for line in run(options.seconds, options.clients):
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


def run(seconds: float, clients: int) -> list[dict[str, Any]]:
    """Return the figures of all requests, of each kind, of SQL and of memory."""
    from django.utils import timezone  # noqa: PLC0415 (the apps are ready now)

    from benchmarks.bare_sql import sql_rate  # noqa: PLC0415
    from benchmarks.large import administrator_of_much  # noqa: PLC0415
    from benchmarks.load_reads import Rows, statements_of  # noqa: PLC0415
    from recruit.accounts.choices import Scope  # noqa: PLC0415
    from recruit.accounts.operations import issue_token  # noqa: PLC0415

    _row, secret = issue_token(
        user=administrator_of_much(),
        name="load",
        scopes=Scope.values,
        created_at=timezone.now(),
    )
    rows = Rows.sampled()
    say("reading what the reads ask of the database")
    statements = statements_of(rows, secret, number=READS_OF_SQL)
    web = _web()
    try:
        say(f"{clients} clients for {seconds:g} s")
        load = Load(web, clients, secret, rows)
        load.measure(WARM_UP_SECONDS)
        load.forget()
        rates = [sql_rate(statements, seconds=SQL_SECONDS)]
        for _half in range(2):
            load.measure(seconds / 2)
            rates.append(sql_rate(statements, seconds=SQL_SECONDS))
    finally:
        os.killpg(web.pid, signal.SIGTERM)  # its own children would outlive it
        web.wait()
    return [load.in_all(seconds), load.beside(median(rates), seconds), *load.by_kind()]


class Load:
    """Clients, what they measured, and the memory of the server meanwhile."""

    def __init__(self, web: psutil.Popen, clients: int, secret: str, rows: Any) -> None:
        from benchmarks.load_clients import LoadClient  # noqa: PLC0415

        self._web = web
        self._clients = [
            LoadClient(number, port=8799, secret=secret, rows=rows)
            for number in range(clients)
        ]
        self.memory: list[float] = []

    def measure(self, seconds: float) -> None:
        stop = threading.Event()
        threads = [
            threading.Thread(target=one.run, args=(stop,)) for one in self._clients
        ]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        stop.set()
        for thread in threads:
            thread.join()
        self.memory.append(_memory(self._web))

    def forget(self) -> None:
        for one in self._clients:
            one.times = type(one.times)(errors=one.times.errors)

    def _times(self) -> dict[str, list[float]]:
        found: dict[str, list[float]] = {}
        for client in self._clients:
            for name, times in client.times.of.items():
                found.setdefault(name, []).extend(times)
        return found

    def in_all(self, seconds: float) -> dict[str, Any]:
        everything = sorted(one for times in self._times().values() for one in times)
        errors = [one for client in self._clients for one in client.times.errors]
        return {
            "name": "api load",
            "clients": len(self._clients),
            "seconds": seconds,
            "requests": len(everything),
            "per second": round(len(everything) / seconds, 1),
            "errors": len(errors),
            "first errors": errors[:3],
            **_quantiles(everything),
            "most": MOST_TAIL,
            "megabytes at start, middle, end": self.memory,
            "machine": machine(),
        }

    def beside(self, rate: float, seconds: float) -> dict[str, Any]:
        reads = sum(client.times.reads for client in self._clients) / seconds
        return {
            "name": "reads a second beside bare SQL",
            "value": round(reads, 1),
            "reference": round(rate, 1),
            "ratio": round(reads / rate, 3),
        }

    def by_kind(self) -> list[dict[str, Any]]:
        """Return the figures of each kind of request, the slowest first."""
        lines = [
            {"name": name, "requests": len(times), **_quantiles(sorted(times))}
            for name, times in self._times().items()
        ]
        return sorted(lines, key=lambda line: -line["p99 ms"])


def _quantiles(times: list[float]) -> dict[str, float]:
    """Return the middle, the tail, and the one over the other."""
    middle, tail = times[len(times) // 2], times[len(times) * 99 // 100]
    return {
        "p50 ms": round(middle * MILLI, 1),
        "p99 ms": round(tail * MILLI, 1),
        "p99 over p50": round(tail / middle, 2),
    }


def _web() -> psutil.Popen:
    from django.conf import settings  # noqa: PLC0415

    from recruit.deployment.management.commands.up import web_command  # noqa: PLC0415

    web = psutil.Popen(web_command(), start_new_session=True)
    while not settings.ADDRESS.answers():
        time.sleep(0.2)
    return web


def _memory(web: psutil.Popen) -> float:
    processes = [web, *web.children(recursive=True)]
    return round(sum(one.memory_info().rss for one in processes) / MEGA, 1)


if __name__ == "__main__":
    main()
