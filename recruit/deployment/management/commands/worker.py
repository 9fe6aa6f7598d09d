"""Run the tasks: encoding, indexing and whatever else waits in the queue."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from recruit.deployment.worker import Worker


class Command(BaseCommand):
    help = "Run background tasks until stopped; survives a restart of the database."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        worker = Worker()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, worker.ask_to_stop)
        worker.run()
