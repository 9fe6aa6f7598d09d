"""Where marked people of any list can be put: talent pools and jobs."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from recruit.accounts.models import User
from recruit.jobs.choices import JobStatus
from recruit.jobs.models import Job
from recruit.talent.models import TalentPool

# A select of more is no help; the newest jobs are the likeliest.
MOST_JOBS = 200
NEW_POOL = "new"


@dataclass(frozen=True, slots=True)
class Gathering:
    """What a bar under a list offers, and the address of that list."""

    pools: Sequence[TalentPool]
    jobs: Sequence[Job]
    address: str
    first: Job | None = None  # the job that is chosen unless another is


@dataclass(frozen=True, slots=True)
class Target:
    """The talent pool or the job that marked people go to."""

    pool_id: UUID | None = None
    job_id: UUID | None = None


def gathering(
    viewer: User, address: str, *, first: Job | None = None
) -> Gathering | None:
    """Return what a list offers to a viewer, None for who does not recruit.

    On the page of a job, that job stands first.
    """
    if not viewer.is_recruiting:
        return None
    jobs = Job.objects.visible_to(viewer).exclude(status=JobStatus.CLOSED)
    return Gathering(
        pools=list(TalentPool.objects.visible_to(viewer).by_name()),
        jobs=list(jobs.newest_first()[:MOST_JOBS]),
        address=address,
        first=first if first is not None and not first.is_closed else None,
    )


def way_back(request: HttpRequest, address: str) -> str:
    """Return an address of this site to lead back to, else that of the candidates."""
    own = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts=own, require_https=request.is_secure()
    )
    if is_ours and address.startswith("/"):
        return address
    return reverse("dashboard:candidates")
