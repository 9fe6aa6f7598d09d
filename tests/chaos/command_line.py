"""The command line of the platform under chaos: it waits less before it tries again.

The children of `up` are started with the file that `up` was started with: this one.
"""

import os
import sys
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.chaos.settings"

from django.core.management import execute_from_command_line

from recruit.deployment import children

# Hundreds of kills in a row would make the supervisor wait half a minute each time.
children.LONGEST_PAUSE_SECONDS = 1.0


def hurry_webhooks() -> None:
    """Try deliveries again after a second, not for fifteen hours."""
    schedule: Any = import_module("recruit.webhooks.schedule")
    schedule.PAUSES = (timedelta(seconds=1),) * len(schedule.PAUSES)


if __name__ == "__main__":
    hurry_webhooks()
    execute_from_command_line(sys.argv)
