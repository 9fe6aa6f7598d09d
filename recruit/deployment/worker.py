"""The task worker, in rounds: a round ends with the database, the worker does not.

procrastinate's own command ends, with exit code 0, when the connection breaks on
which it listens. Each round here has a fresh event loop and fresh connections.
"""

import asyncio
import logging
import os
import threading
from types import FrameType
from typing import cast

import psycopg
from django.db import OperationalError
from procrastinate import App, exceptions
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 1.0
# What is retried or delayed is seen by asking, not by listening.
POLLING_SECONDS = 1.0
HEARTBEAT_SECONDS = 5.0
GRACE_SECONDS = 3.0
LOST_CONNECTIONS = (
    exceptions.ConnectorException,
    OperationalError,
    psycopg.OperationalError,
)


class Worker:
    """Runs tasks until it is asked to stop."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._round: asyncio.Task[None] | None = None

    def ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        """End after the running task, or without it if it takes long.

        A task cut short stays marked as running and is given to the next worker.
        """
        self._stopping.set()
        last_call = threading.Timer(GRACE_SECONDS, os._exit, [0])
        last_call.daemon = True
        last_call.start()
        if self._loop is not None and self._round is not None:
            self._loop.call_soon_threadsafe(self._round.cancel)

    def run(self) -> None:
        """Work in rounds, each with connections of its own."""
        while not self._stopping.is_set():
            try:
                connector = _worker_connector()
                asyncio.run(self._work(connector))
            except LOST_CONNECTIONS as error:
                logger.warning("The worker lost the database: %s", error)
            except asyncio.CancelledError:
                return
            self._stopping.wait(PAUSE_SECONDS)

    async def _work(self, connector: BaseConnector) -> None:
        self._loop = asyncio.get_running_loop()
        with app.replace_connector(connector) as worker_app:
            async with worker_app.open_async():
                self._round = asyncio.create_task(_run_tasks(worker_app))
                if self._stopping.is_set():
                    self._round.cancel()
                await self._round


def _worker_connector() -> BaseConnector:
    # Typed as any connector; the Django app's is the one that makes others.
    connector = cast("DjangoConnector", app.connector).get_worker_connector()
    return cast("BaseConnector", connector)


async def _run_tasks(worker_app: App) -> None:
    await worker_app.run_worker_async(
        install_signal_handlers=False,
        fetch_job_polling_interval=POLLING_SECONDS,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        shutdown_graceful_timeout=GRACE_SECONDS,
        delete_jobs="successful",
    )
