"""The one folder that holds all state: database, uploads, secret key, logs."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from recruit.deployment.failures import CannotStart

SECRET_KEY_BYTES = 50


@dataclass(frozen=True, slots=True)
class Home:
    """The home folder and the places inside it."""

    path: Path

    @property
    def database(self) -> Path:
        return self.path / "database"

    @property
    def uploads(self) -> Path:
        return self.path / "uploads"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def run(self) -> Path:
        """Locks and other files that mean nothing after a restart."""
        return self.path / "run"

    @property
    def first_password(self) -> Path:
        return self.path / "first-password"

    def prepare(self) -> None:
        """Make the folders; raise CannotStart where that is not allowed."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            # The embedded server of a root user runs as another account and has
            # to pass through; nobody but the owner may list the folder.
            self.path.chmod(0o711 if os.geteuid() == 0 else 0o700)
            for folder, mode in (
                (self.uploads, 0o700),
                (self.logs, 0o711),
                (self.run, 0o711),
            ):
                folder.mkdir(exist_ok=True)
                folder.chmod(mode)
            _try_to_write(self.run)
        except OSError as error:
            raise CannotStart(
                f"The home folder {self.path} cannot be written"
                f" ({error.strerror}). Make it writable for this user, or set"
                " RECRUIT_HOME to a folder that is."
            ) from error

    def secret_key(self) -> str:
        """Return the secret key, made at the first call and readable by its owner."""
        path = self.path / "secret-key"
        try:
            return path.read_text().strip()
        except FileNotFoundError:
            write_private(path, secrets.token_urlsafe(SECRET_KEY_BYTES))
            return path.read_text().strip()


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads; keep it where it exists already."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text + "\n")
    try:
        # A link appears whole and once: of two processes that start together,
        # both go on with the file of the first.
        path.hardlink_to(partial)
    except FileExistsError:
        pass
    finally:
        partial.unlink()


def _try_to_write(folder: Path) -> None:
    probe = folder / f".write-{os.getpid()}"
    probe.touch()
    probe.unlink(missing_ok=True)  # another thread may have taken it away
