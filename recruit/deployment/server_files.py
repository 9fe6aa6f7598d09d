"""The files of the embedded server: its settings, its socket, its process id."""

import hashlib
import os
import re
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path

import psutil

from recruit.deployment.server_account import ServerAccount

SOCKET_PORT = 5432
# The longest path of a socket is 107 bytes on Linux and 103 on macOS.
SOCKET_PATH_BYTES = 103
CONFIGURATION = "recruit.conf"
SHARED_MEMORY_BYTES = 1024**3
READY_LINE = 7


@dataclass(frozen=True, slots=True)
class Postmaster:
    """The server process named in the data folder, alive or not."""

    pid: int
    is_ready: bool
    is_alive: bool

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, if the process still runs."""
        if self.is_alive:
            os.kill(self.pid, number)

    def wait(self, timeout_seconds: float) -> None:
        """Wait until the process is gone, but not for ever."""
        try:
            psutil.Process(self.pid).wait(timeout_seconds)
        except (psutil.NoSuchProcess, psutil.TimeoutExpired):
            return


def postmaster_of(data: Path) -> Postmaster | None:
    """Read which process serves a data folder and whether it still does."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid = int(lines[0])
    except (FileNotFoundError, NotADirectoryError, IndexError, ValueError):
        return None
    is_ready = len(lines) > READY_LINE and lines[READY_LINE].strip() == "ready"
    return Postmaster(pid=pid, is_ready=is_ready, is_alive=_is_postgres(pid, data))


def _is_postgres(pid: int, data: Path) -> bool:
    """Tell a server of this folder from a zombie and from a reused number."""
    try:
        process = psutil.Process(pid)
        return (
            process.status() != psutil.STATUS_ZOMBIE
            and process.name() == "postgres"
            and str(data) in process.cmdline()
        )
    except psutil.NoSuchProcess:
        return False


def last_complaint(log_folder: Path) -> str:
    """Return the last thing that kept the server from starting, in its words."""
    logs = sorted(log_folder.glob("*.log"), key=lambda path: path.stat().st_mtime)
    for path in reversed(logs):
        lines = path.read_text(errors="replace").splitlines()
        found = [line for line in lines if re.search(r"(FATAL|PANIC|error):", line)]
        if found:
            return found[-1].partition(":  ")[2] or found[-1]
    return "it gives no reason"


def socket_folder_for(run_folder: Path) -> Path:
    """Return a folder whose path can hold a socket.

    A home deep in the file system gets a folder of its own in /tmp, named after the
    home, so that every process finds the same one; so does a home with a comma in
    its path, where a client would read two.
    """
    beside = run_folder / "socket"
    length = len(os.fsencode(beside / f".s.PGSQL.{SOCKET_PORT}"))
    if length <= SOCKET_PATH_BYTES and "," not in str(beside):
        return beside
    name = hashlib.sha256(os.fsencode(run_folder)).hexdigest()[:16]
    return Path("/tmp") / f"recruit-{name}"  # noqa: S108  closed to others below


def write_configuration(
    *, data: Path, socket_folder: Path, log_folder: Path, account: ServerAccount
) -> None:
    """Write the settings that differ from PostgreSQL's own."""
    # Whoever reaches the socket is trusted, so nobody else reaches the folder.
    socket_folder.mkdir(mode=0o700, exist_ok=True)
    socket_folder.chmod(0o700)
    account.own(socket_folder)
    path = data / CONFIGURATION
    path.write_text(_settings(socket_folder=socket_folder, log_folder=log_folder))
    account.own(path)
    _include(data / "postgresql.conf")


def _include(main: Path) -> None:
    line = f"include_if_exists = '{CONFIGURATION}'\n"
    if line not in main.read_text():
        with main.open("a") as file:
            file.write(line)


def _settings(*, socket_folder: Path, log_folder: Path) -> str:
    values = {
        "listen_addresses": "''",
        "unix_socket_directories": _quoted(f'"{socket_folder}"'),
        "port": str(SOCKET_PORT),
        "max_connections": "100",
        "shared_buffers": "'256MB'",
        "maintenance_work_mem": "'512MB'",
        "work_mem": "'16MB'",
        "effective_cache_size": "'2GB'",
        "random_page_cost": "1.1",
        # A log of more than this takes over ten seconds to replay.
        "max_wal_size": "'1GB'",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "dynamic_shared_memory_type": _quoted(_shared_memory_type()),
        # A week of logs, each day over the one of the week before.
        "logging_collector": "on",
        "log_directory": _quoted(str(log_folder)),
        "log_filename": "'postgresql-%a.log'",
        "log_truncate_on_rotation": "on",
        "log_rotation_age": "'1d'",
        "log_rotation_size": "0",
    }
    lines = [f"{name} = {value}" for name, value in values.items()]
    return "# Written at each start of the server.\n" + "\n".join(lines) + "\n"


def _shared_memory_type() -> str:
    # A parallel index build wants as much as maintenance_work_mem; containers
    # often have 64 MB there, and the build then fails.
    try:
        free = shutil.disk_usage("/dev/shm").free  # noqa: S108  asked, not written
    except OSError:
        return "mmap"
    return "posix" if free >= SHARED_MEMORY_BYTES else "mmap"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
