"""What a server that was killed, or never finished, leaves in the way."""

import time
from pathlib import Path

import psutil

from recruit.deployment.failures import DatabaseUnavailable
from recruit.deployment.server_files import postmaster_of

PATIENCE_SECONDS = 5
LOOK_SECONDS = 0.1


def check_path(path: Path) -> None:
    """Raise DatabaseUnavailable for a path that the server's starter misreads."""
    # pg_ctl hands the path to a shell, in double quotes.
    if any(letter in str(path) for letter in '"$`\\\n'):
        raise DatabaseUnavailable(
            f"The path {path} has a quote, dollar or backslash in it, which the"
            " starter of PostgreSQL does not take. Set RECRUIT_HOME to another folder."
        )


def clear_remains(data: Path, socket_folder: Path) -> None:
    """Clear away what a killed server left, so that the next can start.

    PostgreSQL refuses to start while the process id in its file belongs to
    anything alive: after a kill -9 to a zombie that nobody has collected, after a
    restart of a container to whatever has the same small number now.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (postmaster := postmaster_of(data)) is not None:
        if not postmaster.is_alive:
            _kill_server_processes(data)
            (data / "postmaster.pid").unlink(missing_ok=True)
            for remains in socket_folder.glob(".s.PGSQL.*"):
                remains.unlink()
        elif time.monotonic() < deadline:
            time.sleep(LOOK_SECONDS)  # it is on its way out
        else:
            raise DatabaseUnavailable(
                f"A PostgreSQL server (process {postmaster.pid}) holds {data} and does"
                " not answer. Stop that process, then start again."
            )


def _kill_server_processes(data: Path) -> None:
    remaining = _server_processes(data)
    for process in remaining:
        process.kill()
    psutil.wait_procs(remaining, timeout=PATIENCE_SECONDS)


def _server_processes(data: Path) -> list[psutil.Process]:
    """Find living server processes of a data folder: they all work inside it."""
    found = []
    for process in psutil.process_iter(["name", "cwd", "status"]):
        if (
            process.info["name"] == "postgres"
            and process.info["cwd"] == str(data.resolve())
            and process.info["status"] != psutil.STATUS_ZOMBIE
        ):
            found.append(process)
    return found


def remove_tree(folder: Path) -> None:
    """Remove a folder that a first start, cut short, left behind."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()
    folder.rmdir()
