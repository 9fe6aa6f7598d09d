"""What is new for a viewer on the home page: in rankings, and in saved searches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from matching.newcomers import count_new
from recruit.accounts.models import User
from recruit.applications.blind import blindness_of_jobs
from recruit.finding.saved import NewMatches, new_matches
from recruit.jobs.models import Job
from recruit.talent.models import SavedSearch
from recruit.talent.queries import last_visits
from recruit.talent.visits import last_ranking_visits

# Of one's own saved searches, those opened last are looked at.
MOST_SEARCHES = 10


@dataclass(frozen=True, slots=True)
class NewForJob:
    """How many people newly match a job, and the address of their list."""

    people: int
    since: datetime
    address: str


@dataclass(frozen=True, slots=True)
class NewInSearch:
    """How many people are new in a saved search."""

    search: SavedSearch
    found: NewMatches
    since: datetime


def new_for_jobs(jobs: Sequence[Job], viewer: User) -> dict[UUID, NewForJob]:
    """Return who is new in the rankings of jobs (loaded `with_requirements`).

    Jobs with nobody new are left out, and those that hide names: who was added lately
    would tell who it is.
    """
    hiding = blindness_of_jobs([job.pk for job in jobs])
    named = [job for job in jobs if job.pk not in hiding]
    since = last_ranking_visits(named, viewer)
    counts = count_new(named, viewer, since=since)
    return {
        job.pk: NewForJob(counts[job.pk], since[job.pk], _address(job, since[job.pk]))
        for job in named
        if counts[job.pk]
    }


def _address(job: Job, since: datetime) -> str:
    page = reverse("dashboard:job", args=[job.requisition_code])
    return f"{page}?{urlencode({'since': since.isoformat(), 'new': 'on'})}"


def new_in_searches(viewer: User) -> list[NewInSearch]:
    """Return the viewer's own saved searches in which somebody is new."""
    if not viewer.is_recruiting:
        return []
    mine = SavedSearch.objects.filter(owner=viewer)
    opened = Max("visits__visited_at", filter=Q(visits__user=viewer))
    searches = list(
        mine.alias(opened=opened).order_by("-opened", "name", "id")[:MOST_SEARCHES]
    )
    since = last_visits(searches, viewer)
    found = new_matches(searches, viewer, since=since, asked_at=timezone.now())
    return [
        NewInSearch(one, found[one.pk], since[one.pk])
        for one in searches
        if found[one.pk].count
    ]
