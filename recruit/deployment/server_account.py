"""The system account that owns the embedded server when root starts it.

PostgreSQL refuses to run as root. A root user therefore lends the server an
account of its own; anybody else runs it as themselves.
"""

import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from recruit.deployment.failures import CannotStart

ACCOUNT = "recruit-postgres"


@dataclass(frozen=True, slots=True)
class ServerAccount:
    """Who runs the server; None and None where that is the present user."""

    user: int | None = None
    group: int | None = None

    @property
    def extra_groups(self) -> list[int] | None:
        """No further groups for the account; those there are for oneself."""
        return None if self.user is None else []

    def own(self, *paths: Path) -> None:
        """Give files or folders to the account."""
        if self.user is None or self.group is None:
            return
        for path in paths:
            os.chown(path, self.user, self.group)

    def open_way_to(self, path: Path) -> None:
        """Let the account pass through, not list, the folders above a path."""
        if self.user is None:
            return
        for folder in path.resolve().parents:
            mode = folder.stat().st_mode
            if not mode & stat.S_IXOTH:
                folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)

    def open_programs(self, folder: Path) -> None:
        """Let the account read and run the server's own files."""
        if self.user is None or self._can_run(folder / "bin" / "postgres"):
            return
        self.open_way_to(folder / "bin")
        for path in [folder, *folder.parent.rglob("*"), *_bundled_libraries(folder)]:
            mode = stat.S_IMODE(path.stat().st_mode)
            runnable = stat.S_IXOTH if mode & stat.S_IXUSR else 0
            path.chmod(mode | stat.S_IROTH | runnable)

    def _can_run(self, program: Path) -> bool:
        try:
            finished = subprocess.run(  # noqa: S603  the bundled program
                [program, "--version"],
                check=False,
                capture_output=True,
                cwd="/",
                user=self.user,
                group=self.group,
                extra_groups=self.extra_groups,
            )
        except PermissionError:
            return False
        return finished.returncode == 0


def account_for(data_folder: Path) -> ServerAccount:
    """Find the account for a data folder; make the system account if need be."""
    if os.geteuid() != 0:
        return ServerAccount()
    if data_folder.exists() and (owner := data_folder.stat()).st_uid != 0:
        return ServerAccount(owner.st_uid, owner.st_gid)
    return _system_account()


def _system_account() -> ServerAccount:
    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        _add_system_account()
        entry = pwd.getpwnam(ACCOUNT)
    return ServerAccount(entry.pw_uid, entry.pw_gid)


def _add_system_account() -> None:
    command = ["useradd", "--system", "--no-create-home", "--user-group"]
    command += ["--shell", "/usr/sbin/nologin", ACCOUNT]
    try:
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        raise CannotStart(
            "PostgreSQL does not run as root, and the system account"
            f" {ACCOUNT} cannot be made. Start as an ordinary user, or set"
            " DATABASE_URL to a PostgreSQL server of your own."
        ) from error


def _bundled_libraries(folder: Path) -> list[Path]:
    libraries = folder.parent.with_name(f"{folder.parent.name}.libs")
    return [libraries, *libraries.rglob("*")] if libraries.exists() else []
