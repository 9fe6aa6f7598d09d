"""Locks between processes, dropped by the kernel however a process ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FileLock:
    """A lock on a file: many may share it, or one may have it alone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire_shared(self) -> None:
        """Wait for the lock and keep it together with others."""
        descriptor = self._open()
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        self._descriptor = descriptor

    def acquire_or_fail(self) -> bool:
        """Take the lock alone if nobody has it; return whether that worked."""
        descriptor = self._open()
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Give the lock back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Wait for the lock and hold it alone for a moment."""
        descriptor = self._open()
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    @contextmanager
    def exclusive_or_none(self) -> Iterator[bool]:
        """Hold the lock alone if nobody else has it; say whether that worked."""
        descriptor = self._open()
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
        finally:
            os.close(descriptor)

    def _open(self) -> int:
        return os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
