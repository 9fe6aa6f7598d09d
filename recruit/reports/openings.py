"""When a job was opened: for the first time, and again after a closing."""

from collections.abc import Sequence
from datetime import datetime


def openings(
    created_at: datetime, changes: Sequence[tuple[datetime, str]]
) -> tuple[datetime, ...]:
    """Return when a job was opened: for the first time, and after each closing.

    Changes are the statuses that it was given, in their order. A job whose first
    change is to “open” was no open one before. Going on after “on hold” is no opening.
    """
    opened = [] if changes and changes[0][1] == "open" else [created_at]
    is_due = not opened
    for changed_at, status in changes:
        if status == "open" and is_due:
            opened.append(changed_at)
        is_due = status == "closed" or (is_due and status != "open")
    return tuple(opened)
