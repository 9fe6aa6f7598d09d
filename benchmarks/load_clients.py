"""Clients that ask one thing after the other, each on a connection of its own."""

import http.client
import json
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from benchmarks.load_reads import Rows, reads

READS_OF_TEN = 8
FIRST_ERROR = 400
NOT_AN_ERROR = {409, 412}  # the facts forbid it: somebody was faster
STAGES = ("screening", "interview", "offer")

Asked = tuple[str, str, str, Any, dict[str, str]]


@dataclass
class Times:
    """How long each kind of request took, in seconds."""

    of: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    reads: int = 0

    def add(self, name: str, seconds: float) -> None:
        self.of.setdefault(name, []).append(seconds)


class LoadClient:
    """One of the clients; what it measured is its own until it has ended."""

    def __init__(self, number: int, *, port: int, secret: str, rows: Rows) -> None:
        self._chance = random.Random(number)  # noqa: S311 - not a secret
        self._reads = reads(rows, self._chance)
        self._rows = rows
        self._port = port
        self._headers = {
            "Authorization": f"Bearer {secret}",
            "Content-Type": "application/json",
        }
        self._connection = self._connected()
        self.times = Times()

    def run(self, stop: threading.Event) -> None:
        for asked in self._asked():
            if stop.is_set():
                return
            self._ask(asked)

    def _asked(self) -> Iterator[Asked]:
        while True:
            if self._chance.randrange(10) < READS_OF_TEN:
                self.times.reads += 1
                name, path = next(self._reads)
                yield name, "GET", path, None, {}
            else:
                yield self._write()

    def _write(self) -> Asked:
        key = {"Idempotency-Key": str(uuid4())}
        kind = self._chance.choice(("create", "change", "apply", "move"))
        if kind == "create":
            body = {"family_name": f"Load {uuid4()}", "skills": [{"skill": "Python"}]}
            return "create a candidate", "POST", "candidates", body, key
        if kind == "change":
            path = f"candidates/{self._chance.choice(self._rows.candidates)}"
            body = {"headline": f"Load {uuid4()}"}
            return "change a candidate", "PATCH", path, body, {}
        if kind == "apply":
            both = {
                "job": self._chance.choice(self._rows.open_jobs),
                "candidate": self._chance.choice(self._rows.candidates),
            }
            return "apply", "POST", "applications", both, key
        path = f"applications/{self._chance.choice(self._rows.applications)}/move"
        stage = {"to_stage": self._chance.choice(STAGES)}
        return "move", "POST", path, stage, key

    def _ask(self, asked: Asked) -> None:
        name, method, path, body, more = asked
        raw = None if body is None else json.dumps(body)
        began = time.perf_counter()
        try:
            self._connection.request(
                method, f"/api/v1/{path}", raw, {**self._headers, **more}
            )
            answer = self._connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.times.errors.append(f"{method} {path}: {error!r}")
            self._connection = self._connected()
            return
        self.times.add(name, time.perf_counter() - began)
        if answer.status >= FIRST_ERROR and answer.status not in NOT_AN_ERROR:
            said = f"{method} {path}: {answer.status} {content[:200]!r}"
            self.times.errors.append(said)

    def _connected(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
