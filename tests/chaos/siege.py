"""A platform, clients that write, and a killer, until so many kills are done."""

import json
import os
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.chaos.clients import Client
from tests.chaos.findings import compare
from tests.chaos.hearing import Hearing, hearing
from tests.chaos.killer import Killer
from tests.chaos.ledger import Ledger
from tests.deployment.processes import Platform, manage, wait_for

CLIENTS = 4
READY_SECONDS = 120.0
DELIVERY_SECONDS = 180.0
OK = 200
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
    "RECRUIT_API_RATE": "0",
    "RECRUIT_WEBHOOK_NETWORKS": "127.0.0.0/8",
    "RECRUIT_ADMIN_EMAIL": "chaos@example.org",
}


class BesiegedPlatform(Platform):
    """A real `up`, with the short pauses of this package."""

    program = "tests/chaos/command_line.py"


@dataclass(frozen=True, slots=True)
class Bounds:
    kills: int
    seconds: float
    seed: int = 1


def besiege(home: Path, bounds: Bounds) -> dict[str, Any]:
    """Return what was killed, written, lost, doubled; `faults` is empty if all is well.

    The home may be empty or have its tables already.
    """
    began = time.monotonic()
    environment = {**ENVIRONMENT, "PYTHONPATH": str(Path.cwd())}
    ledger = Ledger(home.with_suffix(".ledger"))
    with (
        _running(home, environment) as platform,
        hearing(home, environment) as heard,
    ):
        token = _token(home, environment)
        api = f"http://127.0.0.1:{platform.port}/api/v1"
        killer = Killer(platform, ledger, bounds.seed)
        _write_and_kill(api, token, ledger, killer, bounds)
        wait_for(lambda: _answers(api, token), seconds=READY_SECONDS)
        with httpx.Client(headers=_bearer(token), timeout=60) as http:
            found = compare(http, api, ledger)
        undelivered = _undelivered(heard, ledger)
        printed = platform.printed
    ledger.close()
    if "Traceback" in printed:
        ledger.fault("a traceback was printed: " + printed[-3000:])
    return {
        "seconds": round(time.monotonic() - began),
        "kills": dict(killer.kills),
        "kills in all": killer.kills.total(),
        "writes": {
            name: ledger.counts[name]
            for name in ("candidate", "job", "application", "move", "change")
        },
        "lost answers": ledger.counts["lost answer"],
        "answers replayed": ledger.counts["replayed"],
        **found,
        **heard.told(),
        "undelivered": len(undelivered),
        "faults": ledger.faults,
    }


@contextmanager
def _running(home: Path, environment: Mapping[str, str]) -> Iterator[Platform]:
    platform = BesiegedPlatform(home, **environment)
    try:
        wait_for(lambda: _is_open_or_over(platform), seconds=READY_SECONDS)
        assert platform.process.poll() is None, platform.printed
        yield platform
    finally:
        platform.close()


def _is_open_or_over(platform: Platform) -> bool:
    return "Open" in platform.printed or platform.process.poll() is not None


def _token(home: Path, environment: Mapping[str, str]) -> str:
    user = ["--user", environment["RECRUIT_ADMIN_EMAIL"], "--all-scopes"]
    made = manage(home, "create_token", *user, **environment)
    assert made.returncode == 0, made.stderr
    return made.stdout.splitlines()[-1]


def _write_and_kill(
    api: str, token: str, ledger: Ledger, killer: Killer, bounds: Bounds
) -> None:
    stop = threading.Event()
    clients = [
        Client(number, api=api, token=token, ledger=ledger) for number in range(CLIENTS)
    ]
    threads = [threading.Thread(target=one.run, args=(stop,)) for one in clients]
    for thread in threads:
        thread.start()
    try:
        killer.run(most=bounds.kills, seconds=bounds.seconds)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _undelivered(heard: Hearing, ledger: Ledger) -> list[str]:
    """Return what is not told after a while in peace; each is a fault."""
    deadline = time.monotonic() + DELIVERY_SECONDS
    while (missing := heard.missing(ledger)) and time.monotonic() < deadline:
        time.sleep(1)
    for one in missing:
        ledger.fault(f"not delivered: {one}")
    return missing


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _answers(api: str, token: str) -> bool:
    try:
        answer = httpx.get(f"{api}/jobs", headers=_bearer(token), timeout=10)
    except httpx.TransportError:
        return False
    return answer.status_code == OK


def main() -> int:
    """Run in a home that is thrown away; print the summary as one line of JSON."""
    bounds = Bounds(
        kills=int(os.environ.get("CHAOS_KILLS", "30")),
        seconds=float(os.environ.get("CHAOS_SECONDS", "3600")),
        seed=int(os.environ.get("CHAOS_SEED", "1")),
    )
    with tempfile.TemporaryDirectory(prefix="recruit-chaos-") as folder:
        Path(folder).chmod(0o711)
        told = besiege(Path(folder) / "home", bounds)
    print(json.dumps(told))  # noqa: T201
    return 1 if told["faults"] else 0
