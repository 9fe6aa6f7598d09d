"""When somebody has waited for too long."""

from datetime import timedelta

LONG_WITHOUT_MOVEMENT = timedelta(days=7)
