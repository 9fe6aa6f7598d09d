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

import django
from django.core.management import execute_from_command_line

from recruit.deployment import children

# Hundreds of kills in a row would make the supervisor wait half a minute each time.
children.LONGEST_PAUSE_SECONDS = 1.0


def hurry() -> None:
    """Try again soon what failed, and what killed processes had taken."""
    django.setup()
    schedule: Any = import_module("recruit.webhooks.schedule")
    schedule.PAUSES = (timedelta(seconds=0.2),) * len(schedule.PAUSES)
    delivering: Any = import_module("recruit.webhooks.delivering")
    delivering.LEASE = timedelta(seconds=15)
    worker: Any = import_module("recruit.deployment.worker")
    worker.HEARTBEAT_SECONDS = 2.0
    tasks: Any = import_module("recruit.deployment.tasks")
    tasks.SILENT_SECONDS = 6


if __name__ == "__main__":
    hurry()
    execute_from_command_line(sys.argv)
