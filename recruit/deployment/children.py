"""One child process of `manage.py up`: started, watched, started again."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import psutil

from recruit.deployment.home import Home

# Marks every process that `up` starts, and all that those start.
SUPERVISED_VARIABLE = "RECRUIT_SUPERVISED"
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
# A child that ran this long was well: its next failure counts as the first.
STEADY_SECONDS = 30.0
TAIL_SECONDS = 1.0


@dataclass
class Child:
    """A process in a session of its own.

    A session, because the web server's own workers outlive a killed parent and
    keep its port: the whole group is killed before the next one starts.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    say: Callable[[str], None]
    runs_once: bool = False
    is_finished: bool = False
    _process: "subprocess.Popen[bytes] | None" = None
    _started_at: float = 0.0
    _next_start_at: float = 0.0
    _pause_seconds: float = field(default=FIRST_PAUSE_SECONDS)

    @property
    def pid(self) -> int | None:
        """The number of the running process."""
        return None if self._process is None else self._process.pid

    def tend(self, now: float) -> None:
        """Start the child if it is due; notice and tell when it has ended."""
        if self.is_finished:
            return
        if self._process is None:
            if now >= self._next_start_at:
                self._start(now)
        elif (exit_code := self._process.poll()) is not None:
            self._note_exit(exit_code, now)

    def ask_to_stop(self) -> None:
        """Send the process the signal to end."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def wait_or_kill(self, deadline: float) -> None:
        """Wait until the process has ended; at the deadline, kill its group."""
        if self._process is None:
            return
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.say(f"{self.name} does not stop; killed.")
        self._kill_group()
        self._process.wait()
        self._process = None

    def _start(self, now: float) -> None:
        self._process = subprocess.Popen(  # noqa: S603  commands of this project
            self.command,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._started_at = now

    def _note_exit(self, exit_code: int, now: float) -> None:
        self._kill_group()
        self._process = None
        if self.runs_once and exit_code == 0:
            self.is_finished = True
            return
        if now - self._started_at >= STEADY_SECONDS:
            self._pause_seconds = FIRST_PAUSE_SECONDS
        self.say(
            f"{self.name} ended ({_ending(exit_code)});"
            f" starting it again in {self._pause_seconds:g} s."
        )
        self._next_start_at = now + self._pause_seconds
        self._pause_seconds = min(self._pause_seconds * 2, LONGEST_PAUSE_SECONDS)

    def _kill_group(self) -> None:
        if self._process is None:
            return
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return  # the group is gone


def kill_left_over(home: Home) -> int:
    """Kill what a killed `up` left running for this home; return how many."""
    left_over = [
        process
        for process in psutil.process_iter(["environ"])
        if (process.info["environ"] or {}).get(SUPERVISED_VARIABLE) == str(home.path)
        and process.pid != os.getpid()
    ]
    for process in left_over:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(left_over, timeout=TAIL_SECONDS)
    return len(left_over)


def _ending(exit_code: int) -> str:
    if exit_code >= 0:
        return f"exit code {exit_code}"
    return f"killed by {signal.Signals(-exit_code).name}"
