"""Digests of files, by which weights are known."""

import hashlib
from functools import cache
from pathlib import Path


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, read again only once the file has changed."""
    stat = path.stat()
    return _file_digest(path, stat.st_size, stat.st_mtime_ns)


@cache
def _file_digest(path: Path, _size: int, _changed: int) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
