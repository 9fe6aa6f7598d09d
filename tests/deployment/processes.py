"""Running the platform as a person does: as processes, on a home of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a command on a home folder."""
    ours = {name: value for name, value in os.environ.items() if "RECRUIT" not in name}
    ours.pop("DATABASE_URL", None)
    return {**ours, "RECRUIT_HOME": str(home), "RECRUIT_DEMO": "0", **more}


def manage(
    home: Path, *arguments: str, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a management command to its end."""
    return subprocess.run(  # noqa: S603  this project's own command
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], object], *, seconds: float = 60) -> None:
    """Wait until a condition holds; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def command_of(process: psutil.Process) -> str:
    """Return the command of a process, nothing for one that has ended."""
    try:
        return " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return ""


class Platform:
    """A running `manage.py up`."""

    program = "manage.py"

    def __init__(self, home: Path, **more: str) -> None:
        self.home = home
        self.port = free_port()
        self.output = home.with_suffix(".output")
        self._file = self.output.open("w")
        self.process = subprocess.Popen(  # noqa: S603  this project's own command
            [sys.executable, self.program, "up"],
            cwd=ROOT,
            env=environment(home, RECRUIT_PORT=str(self.port), **more),
            stdout=self._file,
            stderr=subprocess.STDOUT,
        )

    @property
    def printed(self) -> str:
        """What the terminal shows."""
        return self.output.read_text()

    def children(self, word: str) -> list[psutil.Process]:
        """Return the processes under `up` whose command has a word in it."""
        below = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in below if word in command_of(child)]

    def interrupt(self, number: signal.Signals = signal.SIGINT) -> None:
        """Stop as Ctrl-C does, in time for what supervises it: systemd waits 90 s."""
        self.process.send_signal(number)
        self.process.wait(30)

    def close(self) -> None:
        """Stop whatever still runs."""
        if self.process.poll() is None:
            self.interrupt()
        self._file.close()
