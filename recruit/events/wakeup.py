"""Waking the readers of the event log after a commit.

A wake-up is only a hint: the pending rows say what there is to do, and every
reader looks for them now and then by itself. It is given after the commit and not
in the transaction, where the queueing lock of the reader's task (a unique index)
would make every other writer wait for a long import to end.
"""

from collections.abc import Callable

from recruit.events.choices import Reader

_wake: dict[Reader, Callable[[], None]] = {}


def wake_with(reader: Reader, wake: Callable[[], None]) -> None:
    """Name the function that wakes a reader (called when the apps start)."""
    _wake[reader] = wake


def wake(reader: Reader) -> None:
    """Wake a reader, if it has named a way."""
    if reader in _wake:
        _wake[reader]()
