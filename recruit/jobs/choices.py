"""Enumerations of jobs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    ON_HOLD = "on_hold", _("On hold")
    CLOSED = "closed", _("Closed")


ALLOWED_STATUS_CHANGES: dict[JobStatus, tuple[JobStatus, ...]] = {
    JobStatus.DRAFT: (JobStatus.OPEN, JobStatus.CLOSED),
    JobStatus.OPEN: (JobStatus.ON_HOLD, JobStatus.CLOSED),
    JobStatus.ON_HOLD: (JobStatus.OPEN, JobStatus.CLOSED),
    JobStatus.CLOSED: (JobStatus.OPEN,),
}


class RemotePolicy(TextChoices):
    ON_SITE = "on_site", _("On site")
    HYBRID = "hybrid", _("Hybrid")
    REMOTE = "remote", _("Remote")


class EmploymentType(TextChoices):
    FULL_TIME = "full_time", _("Full time")
    PART_TIME = "part_time", _("Part time")
    TEMPORARY = "temporary", _("Temporary")
    CONTRACT = "contract", _("Contract")
    INTERNSHIP = "internship", _("Internship")
