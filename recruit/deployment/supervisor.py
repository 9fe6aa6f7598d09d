"""Keeps the children of `manage.py up` and the embedded database running."""

import signal
import threading
import time
from collections.abc import Callable, Sequence
from types import FrameType

from recruit.deployment.children import Child
from recruit.deployment.failures import DatabaseUnavailable
from recruit.deployment.postgres import EmbeddedServer

LOOK_SECONDS = 0.2
# Together under the ten seconds within which everything is stopped.
CHILDREN_STOP_SECONDS = 5.0
DATABASE_STOP_SECONDS = 4
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    """Watches processes until it is told to stop; then stops them all."""

    def __init__(
        self,
        *,
        children: Sequence[Child],
        server: EmbeddedServer | None,
        say: Callable[[str], None],
    ) -> None:
        self.children = children
        self._server = server
        self._say = say
        self._stopping = threading.Event()
        self._postmaster_pid: int | None = None
        self._starts_database = False

    def run(self, *, at_each_look: Callable[[], None]) -> None:
        """Keep everything running until a signal asks to stop."""
        for number in STOPPING_SIGNALS:
            signal.signal(number, self._ask_to_stop)
        while not self._stopping.wait(LOOK_SECONDS):
            self._tend_database()
            for child in self.children:
                child.tend(time.monotonic())
            at_each_look()

    def stop(self) -> None:
        """Stop the children, then the database."""
        for number in STOPPING_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        deadline = time.monotonic() + CHILDREN_STOP_SECONDS
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.wait_or_kill(deadline)
        if self._server is None:
            return
        if self._server.release(timeout_seconds=DATABASE_STOP_SECONDS):
            self._say("The database serves another command and stops with that.")

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping.set()
        if self._starts_database:  # which may replay its log for minutes
            raise KeyboardInterrupt

    def _tend_database(self) -> None:
        if self._server is None:
            return
        postmaster = self._server.postmaster
        if postmaster is None:
            self._say("The database ended; starting it again.")
            self._start_database(self._server)
            return
        if self._postmaster_pid not in (None, postmaster.pid):
            self._say("The database runs again.")
        self._postmaster_pid = postmaster.pid

    def _start_database(self, server: EmbeddedServer) -> None:
        self._starts_database = True
        try:
            server.ensure_running()
        except DatabaseUnavailable as failure:
            self._say(str(failure))
        finally:
            self._starts_database = False
