"""Visits of rankings, by which new people are told."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from recruit.accounts.models import User
from recruit.jobs.models import Job
from recruit.talent.models import RankingVisit


@transaction.atomic
def visit_ranking(*, job: Job, user: User, visited_at: datetime) -> None:
    """Note that somebody opens the ranking of a job.

    A look is no change of the job, so no event tells of it.
    """
    visit, is_first = RankingVisit.objects.select_for_update().get_or_create(
        job=job, user=user, defaults={"visited_at": visited_at}
    )
    if not is_first and visited_at > visit.visited_at:
        visit.visited_at = visited_at
        visit.save(update_fields=["visited_at"])


def last_ranking_visits(jobs: Iterable[Job], user: User) -> dict[UUID, datetime]:
    """Return since when a user has not opened each ranking; never: since it exists."""
    known = list(jobs)
    visits = RankingVisit.objects.filter(user=user, job__in=known)
    visited = dict(visits.values_list("job_id", "visited_at"))
    return {job.pk: visited.get(job.pk, job.created_at) for job in known}
