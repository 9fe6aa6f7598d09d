"""When a delivery is tried again. Plain arithmetic."""

from datetime import datetime, timedelta

TRIES = 7
# After the first try, the second, ...: 15 h 35 min in all, and somewhat more by jitter.
PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=8),
)
# So that what failed together does not come back together.
JITTER = 0.1
LONGEST_RETRY_AFTER = PAUSES[-1]


def next_try_at(
    tries: int,
    *,
    ended_at: datetime,
    jitter: float,
    retry_after: timedelta | None = None,
) -> datetime | None:
    """Return when to try again after so many failed tries, None for never.

    `jitter` is a number from 0 to 1. A receiver may ask for a longer pause, within
    bounds, and never for a shorter one.
    """
    if tries >= TRIES:
        return None
    pause = PAUSES[tries - 1] * (1 + JITTER * jitter)
    if retry_after is not None:
        pause = max(pause, min(retry_after, LONGEST_RETRY_AFTER))
    return ended_at + pause
