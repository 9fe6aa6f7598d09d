"""Files sent by the import page, kept from the preview to the result.

Each upload is a folder of its own below the home's uploads: the file, what was said
about it and, after the import, what came of it. Only who sent it gets at it.
"""

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Self
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from recruit.accounts.models import User
from recruit.common.ids import uuid7
from recruit.imports.types import ImportKind

KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run over the whole file."""

    dry_run: bool
    created: int
    changed: int
    unchanged: int
    rejected: int
    reasons: tuple[str, ...]
    ignored_headers: tuple[str, ...]

    @property
    def total(self) -> int:
        return self.created + self.changed + self.unchanged + self.rejected


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits for its import, or has seen it."""

    upload_id: UUID
    user_id: UUID
    kind: ImportKind
    source: str
    file_name: str

    @classmethod
    def keep(
        cls, sent: "UploadedFile[bytes]", *, user: User, kind: ImportKind, source: str
    ) -> Self:
        """Write a sent file into a folder of its own."""
        upload = cls(uuid7(), user.pk, kind, source, (sent.name or "")[:200])
        upload.folder.mkdir(parents=True, mode=0o700)
        with upload.file.open("wb") as kept:
            for chunk in sent.chunks():
                kept.write(chunk)
        said = {key: str(value) for key, value in asdict(upload).items()}
        _write_json(upload.folder / "about.json", said)
        return upload

    @classmethod
    def find(cls, upload_id: UUID, *, user: User) -> Self | None:
        """Return an upload of this user, None where there is none."""
        said = _read_json(_folder() / str(upload_id) / "about.json")
        if said is None or said["user_id"] != str(user.pk):
            return None
        return cls(
            upload_id=upload_id,
            user_id=user.pk,
            kind=ImportKind(said["kind"]),
            source=said["source"],
            file_name=said["file_name"],
        )

    @property
    def folder(self) -> Path:
        return _folder() / str(self.upload_id)

    @property
    def file(self) -> Path:
        return self.folder / "sent.csv"

    @property
    def rejected(self) -> Path:
        return self.folder / "rejected.csv"

    @property
    def outcome(self) -> Outcome | None:
        """Return what came of the last run, None before the first."""
        said = _read_json(self.folder / "outcome.json")
        if said is None:
            return None
        for name in ("reasons", "ignored_headers"):
            said[name] = tuple(said[name])
        return Outcome(**said)

    @contextmanager
    def claimed(self) -> Iterator[bool]:
        """Hold the file for a run; false where somebody else holds it, or it is gone.

        The hold is the kernel's: it ends with the process, however that ends, so that
        an import cut off can be asked for again.
        """
        held = self._held()
        try:
            # Whoever held it before may have finished meanwhile.
            yield held is not None and self.file.exists()
        finally:
            if held is not None:
                held.close()

    def _held(self) -> BinaryIO | None:
        try:
            held = self.file.open("rb")
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.close()
            return None
        return held

    def finish(self, outcome: Outcome) -> None:
        """Keep what came of a run; an imported file itself is no longer needed."""
        _write_json(self.folder / "outcome.json", asdict(outcome))
        if not outcome.dry_run:
            self.file.unlink(missing_ok=True)

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def remove_old(now: datetime) -> None:
    """Remove uploads that nobody will come back to."""
    for folder in _folder().glob("*-*"):
        if folder.stat().st_mtime < (now - KEPT).timestamp():
            shutil.rmtree(folder, ignore_errors=True)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "imports"


def _write_json(path: Path, said: dict[str, Any]) -> None:
    path.write_text(json.dumps(said), encoding="utf-8")


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return said
