"""From commit to the receiver's call, with an idle worker and with one that encodes.

    python -m benchmarks.webhook_latency

Starts the platform on a home of its own, and a receiver on this machine.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median, quantiles
from threading import Thread
from typing import Any

from benchmarks.figures import Figure, say

CHANGES = 200
PAUSE_SECONDS = 0.2
ENCODED = 600  # people who wait to be encoded while the second figure is taken
TEXT = "Cares for old trees, hedges and roses in the parks of the town. " * 40
AIM_MS = 1_000.0
STARTING_SECONDS = 120
ARRIVING_SECONDS = 60
ROOT = Path(__file__).parents[1]
MILLISECONDS = 1_000.0


class Receiver:
    """Notes when each candidate is first told of."""

    def __init__(self) -> None:
        self.arrived: dict[str, float] = {}
        arrived = self.arrived

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                at = time.monotonic()
                body = self.rfile.read(int(self.headers["Content-Length"]))
                candidate = json.loads(body)["data"].get("candidate", "")
                arrived.setdefault(candidate, at)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_arguments: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"
        Thread(target=self._server.serve_forever, daemon=True).start()


@contextmanager
def platform(home: Path) -> Iterator[None]:
    """Run `manage.py up` on an empty home."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    os.environ.update(
        RECRUIT_HOME=str(home),
        RECRUIT_DEMO="0",
        RECRUIT_PORT=str(port),
        RECRUIT_WEBHOOK_NETWORKS="127.0.0.0/8",
        DJANGO_SETTINGS_MODULE="recruit.settings",
    )
    with (home.parent / "output").open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_ready(port)
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_until_ready(port: int) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5)
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("The platform does not start.")


def measure(name: str, receiver: Receiver, *, waiting: int = 0) -> Figure:
    """Change candidates one after the other; return the 95th percentile."""
    say(name)
    for _number in range(waiting):
        _candidate(TEXT)
    committed = {}
    for _number in range(CHANGES):
        candidate, at = _candidate("Roses.")
        committed[candidate] = at
        time.sleep(PAUSE_SECONDS)
    deadline = time.monotonic() + ARRIVING_SECONDS
    while not committed.keys() <= receiver.arrived.keys():
        if time.monotonic() > deadline:
            raise TimeoutError("A message did not arrive.")
        time.sleep(0.1)
    took = [
        (receiver.arrived[candidate] - at) * MILLISECONDS
        for candidate, at in committed.items()
    ]
    p95 = quantiles(took, n=20)[-1]
    say(f"p50 {median(took):.0f} ms, p95 {p95:.0f} ms, most {max(took):.0f} ms")
    return Figure(name, p95, "ms", AIM_MS, p95 / AIM_MS, len(took))


def _candidate(summary: str) -> tuple[str, float]:
    """Make a candidate; return the id, and the moment right after the commit."""
    from django.db import transaction  # noqa: PLC0415 (the home is named first)
    from django.utils import timezone  # noqa: PLC0415

    from recruit.accounts.actors import Actor  # noqa: PLC0415
    from recruit.candidates.inputs import ProfileInput  # noqa: PLC0415
    from recruit.candidates.operations import create_candidate  # noqa: PLC0415

    committed: list[float] = []
    with transaction.atomic():
        # Before the wake-ups, which are given after the commit as well.
        transaction.on_commit(lambda: committed.append(time.monotonic()))
        made = create_candidate(
            profile=ProfileInput(fields={"family_name": "Ek", "summary": summary}),
            actor=Actor.system("benchmark"),
            created_at=timezone.now(),
        )
    return str(made.pk), committed[0]


def _webhook(url: str) -> None:
    from django.utils import timezone  # noqa: PLC0415

    from recruit.accounts.actors import Actor  # noqa: PLC0415
    from recruit.accounts.choices import Role  # noqa: PLC0415
    from recruit.accounts.operations import create_user  # noqa: PLC0415
    from recruit.webhooks.operations import create_webhook  # noqa: PLC0415

    create_webhook(
        owner=create_user(
            email="bench@example.org", name="Bench", role=Role.ADMINISTRATOR
        ),
        stated={"name": "Benchmark", "url": url},
        actor=Actor.system("benchmark"),
        created_at=timezone.now(),
    )


def _wait_until_encoded() -> None:
    from django.utils import timezone  # noqa: PLC0415

    from matching.status import indexing_status  # noqa: PLC0415

    deadline = time.monotonic() + STARTING_SECONDS
    while indexing_status(now=timezone.now()).waiting_candidates:
        if time.monotonic() > deadline:
            raise TimeoutError("Nobody encodes.")
        time.sleep(0.5)


def run() -> None:
    """Print both figures as lines of JSON."""
    # Ended by what lies behind `finally` as well: the platform stops.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory() as folder, platform(Path(folder) / "home"):
        import django  # noqa: PLC0415

        django.setup()
        receiver = Receiver()
        _webhook(receiver.url)
        say("waiting for the encoder to be loaded")
        _candidate(TEXT)
        _wait_until_encoded()
        idle = "webhook, commit to call, p95, idle worker"
        sys.stdout.write(f"{measure(idle, receiver).as_json()}\n")
        busy = "webhook, commit to call, p95, worker encoding"
        figure = measure(busy, receiver, waiting=ENCODED)
        sys.stdout.write(f"{figure.as_json()}\n")


if __name__ == "__main__":
    run()
