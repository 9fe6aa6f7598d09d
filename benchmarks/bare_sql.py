"""The same statements without anything around them."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import psycopg
from django.db import connection

CONNECTIONS = 8  # as many as the web server has threads


def sql_rate(reads: list[list[str]], *, seconds: float) -> float:
    """Return how many reads a second the database answers to bare statements."""
    places = count()
    deadline = time.perf_counter() + seconds
    done = [0] * CONNECTIONS
    began = time.perf_counter()

    def run(number: int) -> None:
        with psycopg.connect(**_parameters(), autocommit=True) as own:
            while time.perf_counter() < deadline:
                for statement in reads[next(places) % len(reads)]:
                    own.execute(statement)
                done[number] += 1

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(run, range(CONNECTIONS)))
    return sum(done) / (time.perf_counter() - began)


def _parameters() -> dict[str, Any]:
    parameters: dict[str, Any] = dict(connection.get_connection_params())
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    return parameters
