"""Tasks about tasks: what a killed worker left behind is done again."""

import logging

from procrastinate import JobContext, exceptions
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

logger = logging.getLogger(__name__)

# Three heartbeats missed: the worker is gone.
SILENT_SECONDS = 15
# A task that took three workers with it is set aside for a person to look at.
TRIES = 3
BEFORE_BULK_WORK = 100


@app.periodic(cron="* * * * * */10")  # the sixth field: every ten seconds
@app.task(
    queueing_lock="retry_stalled_jobs", priority=BEFORE_BULK_WORK, pass_context=True
)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Give the tasks of workers that are gone to a living one."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        if job.attempts + 1 < TRIES:
            await _retry(manager, job)
        else:
            logger.error("Task %s took %s workers with it", job.call_string, TRIES)
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)


async def _retry(manager: JobManager, job: Job) -> None:
    """Queue a task again, or leave it to one like it that was queued meanwhile."""
    try:
        await manager.retry_job(job)
    except exceptions.UniqueViolation:
        await manager.finish_job(job, status=Status.FAILED, delete_job=True)
