"""What every page of one job shows."""

from typing import Any

from recruit.accounts.models import User
from recruit.applications.blind import blindness_of
from recruit.applications.models import Application
from recruit.jobs.models import Job


def job_context(job: Job, viewer: User) -> dict[str, Any]:
    """Return the head of a job's pages: the job, its tabs, what may be done."""
    blindness = blindness_of(job)
    active = Application.objects.visible_to(viewer).active().filter(job=job)
    return {
        "job": job,
        "in_pipeline": active.count(),
        "status_changes": job.allowed_statuses,
        "may_recruit": viewer.is_recruiting,
        "blindness": blindness,
    }
