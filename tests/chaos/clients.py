"""Clients that write all the time and take no lost answer for an answer."""

import random
import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx

from tests.chaos.ledger import Known, Ledger

SOURCE = "chaos"
SETTLE_SECONDS = 120.0
ASK_AGAIN_SECONDS = 0.2
UNSETTLED = {502, 503, 429}
STAGES = ("screening", "interview", "offer")
OK, CREATED, CONFLICT = 200, 201, 409
FAILED_ON_THE_SERVER = 500


class NeverSettled(Exception):
    """No definite answer came for minutes."""


class Client:
    """One client, with objects of its own."""

    def __init__(self, number: int, *, api: str, token: str, ledger: Ledger) -> None:
        self._chance = random.Random(number)  # noqa: S311 - not a secret
        self._number = number
        self._made = 0
        self._api = api
        self._ledger = ledger
        self._http = httpx.Client(
            headers={"Authorization": f"Bearer {token}"}, timeout=15.0
        )
        self.jobs: list[Known] = []
        self.candidates: list[Known] = []
        self.applications: list[Known] = []

    def run(self, stop: threading.Event) -> None:
        """Write until told to stop; what never settles is a fault."""
        try:
            while not stop.is_set():
                self._chance.choice(self._possible())()
        except Exception as error:  # noqa: BLE001 - a thread would die unheard
            self._ledger.fault(f"client {self._number}: {error!r}")
        finally:
            self._http.close()

    def _possible(self) -> list[Callable[[], None]]:
        possible = [self.make_candidate, self.make_candidate]
        if self.candidates:
            possible += [self.change_candidate]
        if len(self.jobs) < len(self.candidates):
            possible += [self.make_job]
        if self.jobs and self.candidates:
            possible += [self.apply, self.apply]
        if self.applications:
            possible += [self.move, self.move]
        return possible

    def _name(self) -> str:
        self._made += 1
        return f"chaos-{self._number}-{self._made}"

    def make_candidate(self) -> None:
        """Make somebody whom nothing but the key protects from a twin."""
        name = self._name()
        body = {"family_name": name, "headline": "new"}
        row = self._post("candidates", body, CREATED)
        if row:
            self._keep(self.candidates, "candidate", row, name)

    def make_job(self) -> None:
        name = self._name()
        body = {"requisition_code": name, "title": "Gardener", "status": "open"}
        row = self._post("jobs", body, CREATED)
        if row:
            self._keep(self.jobs, "job", row, name)

    def apply(self) -> None:
        job = self._chance.choice(self.jobs)
        candidate = self._chance.choice(self.candidates)
        name = f"{job.id} {candidate.id}"
        if any(one.name == name for one in self.applications):
            return
        body = {"job": job.id, "candidate": candidate.id}
        row = self._post("applications", body, CREATED)
        if row:
            self._keep(self.applications, "application", row, name)

    def move(self) -> None:
        application = self._chance.choice(self.applications)
        if application.moves == len(STAGES):
            return
        body = {"to_stage": STAGES[application.moves]}
        row = self._post(f"applications/{application.id}/move", body, OK)
        if row:
            application.moves += 1
            application.version = row["version"]
            self._ledger.note("move", id=application.id)

    def change_candidate(self) -> None:
        """Change somebody on the condition of a version; a lost answer is read."""
        candidate = self._chance.choice(self.candidates)
        words = f"changed {uuid4()}"
        deadline = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < deadline:
            match = {"If-Match": f'"{candidate.version}"'}
            path = f"candidates/{candidate.id}"
            answer = self._ask("PATCH", path, {"headline": words}, match)
            if answer is None:
                self._ledger.note("lost answer", path=path)
                answer = self._settled("GET", path, None, {})
            row = answer.json()
            if row.get("headline") == words:
                candidate.version += 1
                self._ledger.note("change", id=candidate.id)
                if row["version"] != candidate.version:
                    self._ledger.fault(f"{path}: changed twice, {row['version']}")
                return
            if answer.status_code != OK:
                self._ledger.fault(f"{path}: {answer.status_code} {answer.text[:200]}")
                return
        raise NeverSettled(candidate.id)

    def _keep(
        self, among: list[Known], kind: str, row: dict[str, Any], name: str
    ) -> None:
        one = Known(kind, row["id"], name, row["version"])
        self._ledger.note(kind, id=one.id, name=name)
        self._ledger.add(one)
        among.append(one)

    def _post(self, path: str, body: object, wanted: int) -> dict[str, Any] | None:
        key = str(uuid4())
        self._ledger.note("sent", path=path, key=key)
        answer = self._settled("POST", path, body, {"Idempotency-Key": key})
        if answer.status_code != wanted:
            self._ledger.fault(f"{path}: {answer.status_code} {answer.text[:300]}")
            return None
        row: dict[str, Any] = answer.json()
        return row

    def _settled(
        self, method: str, path: str, body: object, headers: dict[str, str]
    ) -> httpx.Response:
        """Send the same with the same key until the answer is definite."""
        deadline = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < deadline:
            answer = self._ask(method, path, body, headers)
            if answer is not None and not _is_in_use(answer):
                if answer.headers.get("Idempotency-Replayed"):
                    self._ledger.note("replayed")
                return answer
            self._ledger.note("lost answer", path=path)
            time.sleep(ASK_AGAIN_SECONDS)
        raise NeverSettled(path)

    def _ask(
        self, method: str, path: str, body: object, headers: dict[str, str]
    ) -> httpx.Response | None:
        try:
            answer = self._http.request(
                method, f"{self._api}/{path}", json=body, headers=headers
            )
        except httpx.TransportError:
            return None
        if answer.status_code == FAILED_ON_THE_SERVER:
            self._ledger.fault(f"{method} {path}: 500 {answer.text[:300]}")
        return None if answer.status_code in UNSETTLED else answer


def _is_in_use(answer: httpx.Response) -> bool:
    return answer.status_code == CONFLICT and "key_in_use" in answer.text
