"""Reads of talent pools and saved searches."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from recruit.accounts.models import User
from recruit.candidates.models import Candidate
from recruit.talent.models import (
    PoolMembership,
    SavedSearch,
    SearchVisit,
    TalentPool,
)


def last_visits(searches: Iterable[SavedSearch], user: User) -> dict[UUID, datetime]:
    """Return since when a user has not opened each search; never: since it is saved."""
    known = list(searches)
    visits = SearchVisit.objects.filter(user=user, search__in=known)
    visited = dict(visits.values_list("search_id", "visited_at"))
    return {one.pk: visited.get(one.pk, one.created_at) for one in known}


def pools_of(candidate: Candidate, user: User) -> list[TalentPool]:
    """Return the talent pools a user may see in which somebody is."""
    visible = TalentPool.objects.visible_to(user)
    return list(visible.filter(memberships__candidate=candidate).by_name())


def memberships_of(
    pool: TalentPool, candidate_ids: Collection[UUID]
) -> dict[UUID, PoolMembership]:
    """Return when and by whom each of these people was put into a pool."""
    held = PoolMembership.objects.filter(pool=pool, candidate_id__in=candidate_ids)
    return {one.candidate_id: one for one in held}
