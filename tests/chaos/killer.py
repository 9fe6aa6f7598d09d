"""Ends processes of a platform as a crash does."""

import random
import time
from collections import Counter

import psutil

from recruit.deployment.home import Home
from recruit.deployment.server_files import postmaster_of
from tests.chaos.ledger import Ledger
from tests.deployment.processes import Platform, command_of

# The database is worth more: what is acknowledged is lost there or nowhere.
VICTIMS = (
    "web",
    "web",
    "worker",
    "worker",
    "database",
    "backend",
    "backend",
    "backend",
)
# Between two kills clients come to write so much, unless they wait for too long.
MOST_WRITES = 8
LONGEST_WAIT = 3.0
LOOK_SECONDS = 0.02


class Killer:
    """Sends SIGKILL to a web process, a worker, the server or a connection of it."""

    def __init__(self, platform: Platform, ledger: Ledger, seed: int) -> None:
        self._platform = platform
        self._ledger = ledger
        self._chance = random.Random(seed)  # noqa: S311 - not a secret
        self.kills: Counter[str] = Counter()

    def run(self, *, most: int, seconds: float) -> None:
        """Kill so many, or for so long."""
        deadline = time.monotonic() + seconds
        while self.kills.total() < most and time.monotonic() < deadline:
            self._let_write()
            self._kill(self._chance.choice(VICTIMS))

    def _let_write(self) -> None:
        wanted = self._ledger.counts["sent"] + self._chance.randint(1, MOST_WRITES)
        deadline = time.monotonic() + LONGEST_WAIT
        while self._ledger.counts["sent"] < wanted and time.monotonic() < deadline:
            time.sleep(LOOK_SECONDS)
        time.sleep(self._chance.uniform(0, LOOK_SECONDS))

    def _kill(self, victim: str) -> None:
        running = self._running(victim)
        if not running:
            return  # it is being started again
        try:
            self._chance.choice(running).kill()
        except psutil.NoSuchProcess:
            return
        self.kills[victim] += 1

    def _running(self, victim: str) -> list[psutil.Process]:
        if victim == "web":
            return self._platform.children("granian")
        if victim == "worker":
            return self._platform.children("command_line.py worker")
        try:
            postmaster = postmaster_of(Home(self._platform.home).database)
            if postmaster is None:
                return []
            server = psutil.Process(postmaster.pid)
            if victim == "database":
                return [server]
            return [one for one in server.children() if _serves_a_client(one)]
        except psutil.NoSuchProcess:
            return []


def _serves_a_client(process: psutil.Process) -> bool:
    return command_of(process).startswith("postgres: recruit")
