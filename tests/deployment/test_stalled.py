"""What a killed worker left behind is done again."""

import asyncio

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.job_context import JobContext
from procrastinate.psycopg_connector import PsycopgConnector

from recruit.common.task_queue import task
from recruit.deployment.tasks import retry_stalled_jobs

STALLED = """
WITH worker AS (
  INSERT INTO procrastinate_workers (last_heartbeat)
  VALUES (now() - interval '1 minute') RETURNING id
)
INSERT INTO procrastinate_jobs
  (task_name, queue_name, args, status, queueing_lock, worker_id)
SELECT 'tests.none', 'default', '{}', 'doing', %s, worker.id FROM worker
"""
QUEUED = """
INSERT INTO procrastinate_jobs (task_name, queue_name, args, queueing_lock)
VALUES ('tests.none', 'default', '{}', %s)
"""
STATES = """
SELECT status::text, queueing_lock FROM procrastinate_jobs
 WHERE task_name = 'tests.none' ORDER BY id
"""


@pytest.fixture(autouse=True)
def _no_tasks_before_or_after(transactional_db):
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'tests.none'")
        cursor.execute("DELETE FROM procrastinate_workers")
    connections.close_all()


def look():
    async def run():
        connector = PsycopgConnector(kwargs=connector_params())
        with app.replace_connector(connector) as worker_app:
            async with worker_app.open_async():
                context = JobContext(
                    start_timestamp=0,
                    app=worker_app,
                    job=task("tests.none", arguments={}),
                    abort_reason=lambda: None,
                )
                await retry_stalled_jobs.func(context, 0)

    asyncio.run(run())
    with connection.cursor() as cursor:
        cursor.execute(STATES)
        return cursor.fetchall()


def write(*statements):
    with connection.cursor() as cursor:
        for statement, lock in statements:
            cursor.execute(statement, [lock])


class TestStalledTasks:
    def test_are_queued_again(self):
        write((STALLED, "one"), (STALLED, None))

        assert look() == [("todo", "one"), ("todo", None)]

    def test_are_left_out_where_one_like_them_is_queued(self):
        write((STALLED, "one"), (QUEUED, "one"), (STALLED, "two"))

        assert look() == [("todo", "one"), ("todo", "two")]
