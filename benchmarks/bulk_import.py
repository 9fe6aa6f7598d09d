"""A bulk import through the API of a running platform: rows a second, peak memory.

`python -m benchmarks.bulk_import [ROWS]` starts the platform in a home of its own.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from benchmarks.figures import say

ROOT = Path(__file__).parents[1]
HOME = ROOT / "var" / "bench-import"
ADDRESS = "http://127.0.0.1:8972"
ADMINISTRATOR = "bench@example.org"
OVER = {"finished", "failed", "cancelled"}
ENVIRONMENT = os.environ | {
    "RECRUIT_HOME": str(HOME),
    "RECRUIT_PORT": "8972",
    "RECRUIT_DEMO": "false",
    "RECRUIT_ADMIN_EMAIL": ADMINISTRATOR,
    "RECRUIT_API_RATE": "0",
}


def body(rows: int) -> bytes:
    """Return people with five skills and a post each, one a line."""
    return b"".join(_line(number) for number in range(rows))


def _line(number: int) -> bytes:
    person = {
        "external_id": f"c{number}",
        "given_name": f"Given{number}",
        "family_name": "Family",
        "emails": [f"p{number}@example.org"],
        "headline": "Gardener",
        "summary": "Looks after roses and fruit trees of parks. " * 4,
        "skills": [
            {"skill": f"Skill {(number * 7 + place) % 400}x", "years": place}
            for place in range(5)
        ],
        "experience": [{"title": "Gardener", "started_on": "2020-01-01"}],
    }
    return json.dumps(person).encode() + b"\n"


def _descendants(pid: int) -> Iterator[tuple[int, str]]:
    """Yield the processes that a process has started, with their command lines."""
    for path in Path("/proc").glob("[0-9]*"):
        try:
            status = (path / "status").read_text()
            command = (path / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        parent = int(status.partition("PPid:")[2].split()[0])
        if parent == pid:
            child = int(path.name)
            yield child, command
            yield from _descendants(child)


def peaks(pid: int) -> dict[str, int]:
    """Return the most memory, in MB, of the web process and of the worker."""
    found: dict[str, int] = {}
    for child, command in _descendants(pid):
        kind = (
            "web" if "granian" in command else "worker" if "worker" in command else ""
        )
        status = Path(f"/proc/{child}/status").read_text() if kind else ""
        if "VmHWM:" in status:
            megabytes = int(status.partition("VmHWM:")[2].split()[0]) // 1024
            found[kind] = max(found.get(kind, 0), megabytes)
    return found


def _manage(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 (this interpreter)
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()[-1]


def _call(token: str, path: str, data: bytes | None = None) -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    if data is not None:
        headers["Content-Type"] = "application/x-ndjson"
    request = Request(f"{ADDRESS}/api/v1{path}", data, headers)  # noqa: S310 (ours)
    with urlopen(request, timeout=600) as answer:  # noqa: S310
        return json.load(answer)


def _wait_until_ready() -> None:
    for _second in range(600):
        try:
            with urlopen(f"{ADDRESS}/readyz", timeout=5):  # noqa: S310
                return
        except (URLError, OSError):
            time.sleep(1)
    raise TimeoutError


def measure(rows: int, pid: int) -> None:
    token = _manage("create_token", "--user", ADMINISTRATOR, "--all-scopes")
    sent = body(rows)
    before = peaks(pid)
    begun = time.monotonic()
    one = _call(token, "/imports?of=candidates&source=bench", sent)
    accepted = time.monotonic() - begun
    say(f"{rows} rows, {len(sent) >> 20} MiB, accepted after {accepted:.1f} s")
    while one["state"] not in OVER:
        time.sleep(1)
        one = _call(token, f"/imports/{one['id']}")
    seconds = time.monotonic() - begun
    say(f"{one['state']}: {one['created']} created, {one['rejected']} rejected")
    say(f"{seconds:.0f} s, {rows / seconds:.0f} rows a second, acceptance included")
    say(f"peak memory before {before} MB, after {peaks(pid)} MB")


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    shutil.rmtree(HOME, ignore_errors=True)
    platform = subprocess.Popen(
        [sys.executable, "manage.py", "up"],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_until_ready()
        measure(rows, platform.pid)
    finally:
        platform.send_signal(signal.SIGINT)
        platform.wait(timeout=60)


if __name__ == "__main__":
    main()
