"""What is asked about: the jobs that a viewer may see, some time, and their facts.

The number of queries does not depend on the number of rows.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf

from recruit.accounts.models import User
from recruit.applications.choices import Outcome
from recruit.applications.models import Application
from recruit.applications.querysets import ApplicationQuerySet
from recruit.applications.stages import stages_of_jobs
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.jobs.models import Job
from recruit.jobs.querysets import JobQuerySet
from recruit.reports.openings import openings
from recruit.reports.values import Period

STATUS_CHANGES = (Happened.JOB_STATUS_CHANGED, Happened.JOB_CHANGED)


@dataclass(frozen=True, slots=True)
class Scope:
    """Who looks at what: the jobs of one department, one job, some time."""

    viewer: User | None
    now: datetime
    period: Period
    department: str = ""
    requisition_code: str = ""
    source: str = ""  # of the application or, where it names none, of the person

    def jobs(self) -> JobQuerySet:
        jobs = Job.objects.visible_to(self.viewer)
        if self.department:
            jobs = jobs.filter(department=self.department)
        if self.requisition_code:
            jobs = jobs.filter(requisition_code=self.requisition_code)
        return jobs

    def applications(self) -> ApplicationQuerySet:
        return Application.objects.filter(job__in=self.jobs())

    @property
    def is_narrow(self) -> bool:
        return bool(self.department or self.requisition_code)

    def parameters(self) -> dict[str, Any]:
        """Return what every statement asks for."""
        return {
            "jobs": list(self.jobs().order_by("pk").values_list("pk", flat=True)),
            "since": self.period.since,
            "until": self.period.until,
            "source": self.source,
        }


def stage_orders(job_ids: Collection[UUID]) -> dict[str, list[Any]]:
    """Return the stages of jobs as columns; jobs of the same stages share them."""
    stages = stages_of_jobs(job_ids)
    numbers: dict[tuple[str, ...], int] = {}
    of_jobs = []
    for job_id in job_ids:
        codes = tuple(one.code for one in stages[job_id])
        of_jobs.append(numbers.setdefault(codes, len(numbers)))
    rows = [
        (number, code, place, len(codes) - 1)
        for codes, number in numbers.items()
        for place, code in enumerate(codes)
    ]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[]] * 4
    names = ("order_numbers", "order_stages", "order_places", "order_lasts")
    return {"orders": of_jobs, **dict(zip(names, columns, strict=True))}


def opening_moments(scope: Scope) -> dict[str, list[Any]]:
    """Return as columns when jobs that hired were opened, as the event log tells."""
    hired = scope.applications().filter(outcome=Outcome.HIRED)
    made_at = dict(
        scope.jobs()
        .filter(pk__in=hired.values("job_id"))
        .values_list("pk", "created_at")
    )
    events = Event.objects.filter(
        kind__in=STATUS_CHANGES,
        job_ids__overlap=list(made_at),
        details__fields__contains=["status"],
    ).order_by("happened_at", "id")
    changes: dict[UUID, list[tuple[datetime, str]]] = {}
    for job_ids, changed_at, status in events.values_list(
        "job_ids", "happened_at", "details__status"
    ):
        for job_id in job_ids:
            changes.setdefault(job_id, []).append((changed_at, status))
    rows = [
        (job_id, opened_at)
        for job_id, created_at in made_at.items()
        for opened_at in openings(created_at, changes.get(job_id, ()))
    ]
    return {
        "opening_jobs": [job_id for job_id, _opened_at in rows],
        "opening_moments": [opened_at for _job_id, opened_at in rows],
    }


def sources_of(viewer: User | None) -> list[str]:
    """Return where the applications came from that a viewer may see, sorted."""
    visible = Application.objects.visible_to(viewer).order_by()
    origin = Coalesce(NullIf("source", Value("")), "candidate__source")
    found = visible.annotate(origin=origin).values_list("origin", flat=True)
    return sorted(filter(None, found.distinct()), key=str.casefold)
