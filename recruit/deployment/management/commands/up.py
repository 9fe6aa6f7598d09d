"""Start everything, keep it running, stop it with Ctrl-C."""

import signal
import sys
import time
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

from recruit.deployment import start
from recruit.deployment.administrator import FirstAccount
from recruit.deployment.children import (
    SUPERVISED_VARIABLE,
    Child,
    kill_left_over,
)
from recruit.deployment.embedded_database.base import embedded_server
from recruit.deployment.logs import ROLE_VARIABLE
from recruit.deployment.postgres import EmbeddedServer
from recruit.deployment.supervisor import Supervisor

WEB_THREADS = 8
SLOW_START_SECONDS = 30


class Command(BaseCommand):
    help = "Start database, worker and web server, and keep them running."
    # The checks run as a phase, where a mistake is one sentence.
    requires_system_checks = []

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _interrupt)
        lock = start.hold_home()
        supervisor = Supervisor(children=[], server=_server(), say=self._say)
        try:
            account = self._prepare()
            supervisor.children = self._children()
            supervisor.run(at_each_look=Announcement(self._write, account).look)
        except KeyboardInterrupt:
            self._write("\n")
        finally:
            self._stop(supervisor)
            lock.release()

    def _prepare(self) -> FirstAccount:
        self._write(f"Recruit, home {settings.HOME.path}\n")
        kill_left_over(settings.HOME)
        settings.ADDRESS.check_free()
        with start.phase("Settings", self._write):
            start.check_settings()
        with start.phase("Database", self._write) as running:
            start.prepare_database(running)
        with start.phase("Migrations", self._write) as running:
            start.migrate(running)
        with start.phase("Skills", self._write) as running:
            start.load_vocabulary(running)
        with start.phase("Administrator", self._write) as running:
            return start.make_administrator(running)

    def _children(self) -> list[Child]:
        manage = [sys.executable, sys.argv[0]]
        children = [
            self._child("web", web_command()),
            self._child("worker", [*manage, "worker"]),
        ]
        if start.needs_demo():
            self._write("  The demo data is being loaded beside the site.\n")
            demo = self._child("demo", [*manage, "finish_demo"])
            demo.runs_once = True
            children.append(demo)
        connection.close()
        return children

    def _child(self, name: str, command: list[str]) -> Child:
        environment = {
            SUPERVISED_VARIABLE: str(settings.HOME.path),
            ROLE_VARIABLE: name,
            # Bars of libraries, among the lines of all the others.
            "TQDM_DISABLE": "1",
        }
        return Child(name, command, environment, self._say)

    def _stop(self, supervisor: Supervisor) -> None:
        if supervisor.children:
            self._write("Stopping.\n")
        began = time.monotonic()
        connection.close()
        supervisor.stop()
        if supervisor.children:
            self._write(f"Stopped in {time.monotonic() - began:.1f} s.\n")

    def _say(self, sentence: str) -> None:
        self._write(f"[{time.strftime('%H:%M:%S')}] {sentence}\n")

    def _write(self, text: str) -> None:
        self.stdout.write(text, ending="")
        self.stdout.flush()


class Announcement:
    """Tells the address and how to sign in, once the web server answers."""

    def __init__(self, write: Any, account: FirstAccount) -> None:
        self._write = write
        self._account = account
        self._is_made = False

    def look(self) -> None:
        """Make the announcement as soon as it is true."""
        if self._is_made or not settings.ADDRESS.answers():
            return
        self._is_made = True
        self._write(f"\n  Open     {settings.ADDRESS}\n  {self._sign_in()}\n")
        self._write("  Stop     Ctrl-C\n\n")

    def _sign_in(self) -> str:
        line = f"Sign in  {self._account.email}"
        if self._account.password is None:
            return line
        return (
            f"{line}\n  Password {self._account.password}"
            f"\n           (also in {settings.HOME.first_password},"
            " until you change it)"
        )


def web_command() -> list[str]:
    # One process: threads share its memory, and the database does the work. The
    # server's own default of 512 threads would take 512 connections.
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", settings.ADDRESS.host, "--port", str(settings.ADDRESS.port)),
        *("--workers", "1", "--blocking-threads", str(WEB_THREADS)),
        *("--workers-kill-timeout", "3", "--log-level", "error", "--no-ws"),
        "recruit.wsgi:application",
    ]


def _server() -> EmbeddedServer | None:
    if settings.DATABASES["default"].get("RECRUIT_HOME") is None:
        return None
    return embedded_server(settings.HOME)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
