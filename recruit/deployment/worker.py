"""The task worker, in rounds: a round ends with the database, the worker does not.

procrastinate's own command ends, with exit code 0, when the connection breaks on
which it listens. Each round here has a fresh event loop and fresh connections.
"""

import asyncio
import logging
import os
import threading
from asyncio import FIRST_COMPLETED
from collections.abc import Callable
from types import FrameType
from typing import Any

import psycopg
from django.db import OperationalError
from procrastinate import App, JobContext, exceptions
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from recruit.common.doing import SYSTEM, Doer, Doing, doing
from recruit.common.task_queue import QUEUES

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 1.0
# What is retried or delayed is seen by asking, not by listening.
POLLING_SECONDS = 1.0
HEARTBEAT_SECONDS = 5.0
GRACE_SECONDS = 2.0
WATCH_SECONDS = 1.0
ANSWER_SECONDS = 5.0
LOST_CONNECTIONS = (
    exceptions.ConnectorException,
    OperationalError,
    psycopg.OperationalError,
    TimeoutError,
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
                with app.replace_connector(_connector()) as worker_app:
                    asyncio.run(self._work(worker_app))
            except LOST_CONNECTIONS as error:
                logger.warning("The worker lost the database: %s", error)
            except asyncio.CancelledError:
                return
            self._stopping.wait(PAUSE_SECONDS)

    async def _work(self, worker_app: App) -> None:
        """Run tasks until asked to stop, or until the database is gone."""
        self._loop = asyncio.get_running_loop()
        async with worker_app.open_async():
            self._round = asyncio.create_task(_run_tasks(worker_app))
            if self._stopping.is_set():
                self._round.cancel()
            watch = asyncio.create_task(_watch_database())
            await asyncio.wait({self._round, watch}, return_when=FIRST_COMPLETED)
            if self._round.done():
                watch.cancel()
                await self._round
            else:
                # Not awaited: it would wait for its task, which may encode for long.
                # Whatever it still does is done again by idempotent tasks.
                self._round.cancel()
                await watch


async def _watch_database() -> None:
    """Return, by an error, soon after the connection to the database is lost."""
    async with await psycopg.AsyncConnection.connect(
        **connector_params(), autocommit=True
    ) as connection:
        while True:
            await asyncio.wait_for(connection.execute("SELECT 1"), ANSWER_SECONDS)
            await asyncio.sleep(WATCH_SECONDS)


def _connector() -> BaseConnector:
    # As Django's connector makes it, but giving up soon: a new round gets a new pool.
    return PsycopgConnector(kwargs=connector_params(), timeout=ANSWER_SECONDS)


async def _run_tasks(worker_app: App) -> None:
    """Run the tasks of each queue, one at a time; what is long holds up nothing else.

    End with the first queue that ends.
    """
    workers = [asyncio.create_task(_run_queue(worker_app, queue)) for queue in QUEUES]
    try:
        ended, _ = await asyncio.wait(workers, return_when=FIRST_COMPLETED)
        for worker in ended:
            await worker
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


def _in_the_name_of_the_task(
    call_next: Callable[[], Any], context: JobContext, _worker: Any
) -> Any:
    """Let the audit log tell what a task writes as that task's."""
    name = context.job.task_name
    with doing(Doing("task", lambda: Doer(SYSTEM, name))):
        return call_next()


async def _run_queue(worker_app: App, queue: str) -> None:
    await worker_app.run_worker_async(
        queues=[queue],
        name=queue,
        install_signal_handlers=False,
        task_middleware=[_in_the_name_of_the_task],
        fetch_job_polling_interval=POLLING_SECONDS,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        shutdown_graceful_timeout=GRACE_SECONDS,
        delete_jobs="successful",
    )
