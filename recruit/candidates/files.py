"""The files of documents: by the document's id in a folder of their own."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from recruit.candidates.models import Document

# A file is older than that before anybody takes it for left behind: its row is written
# a moment after it, in a transaction that may still be open.
LEFT_BEHIND_AFTER = timedelta(hours=1)
UNFINISHED = ".part"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that lies where it belongs."""

    name: str  # as its sender calls it; never a path of ours
    size: int
    digest: str  # SHA-256, in hexadecimal


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "documents"


def path_of(document_id: UUID) -> Path:
    """Return where the file of a document lies."""
    return folder() / str(document_id)[-2:] / str(document_id)


def store(document_id: UUID, chunks: Iterable[bytes], *, name: str) -> StoredFile:
    """Write a file, whole and so that a power failure does not lose it."""
    path = path_of(document_id)
    path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
    unfinished = path.with_name(path.name + UNFINISHED)
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
    _sync(path.parent)
    return StoredFile(name, size, digest.hexdigest())


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(document_ids: Iterable[UUID]) -> None:
    """Remove the files of documents that are no more."""
    for document_id in document_ids:
        path = path_of(document_id)
        path.unlink(missing_ok=True)
        path.with_name(path.name + UNFINISHED).unlink(missing_ok=True)


def remove_on_commit(document_ids: Iterable[UUID]) -> None:
    """Remove files as soon as it is certain that their documents are gone."""
    if gone := list(document_ids):
        transaction.on_commit(partial(remove, gone))


def remove_left_behind(*, now: datetime) -> int:
    """Remove files without a row, which a killed process has left; return how many."""
    before = (now - LEFT_BEHIND_AFTER).timestamp()
    count = 0
    for shelf in folder().glob("*"):
        old = [file for file in shelf.iterdir() if file.stat().st_mtime < before]
        known = _known(old)
        for file in old:
            if file.name not in known:
                file.unlink(missing_ok=True)
                count += 1
    return count


def _known(files: Iterable[Path]) -> set[str]:
    ids = [file.name for file in files if _is_id(file.name)]
    with_files = Document.objects.filter(pk__in=ids, size__isnull=False)
    return {str(key) for key in with_files.values_list("pk", flat=True)}


def _is_id(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
