"""The people of a talent pool: put there by hand, and found by its saved searches."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, IntegerField, OuterRef, Q, Subquery, Value

from matching.free_text.kept import Matching
from recruit.accounts.models import User
from recruit.applications.queries import candidates_visible_to
from recruit.candidates.querysets import CandidateQuerySet
from recruit.finding.saved import count_matching, matching_of
from recruit.talent.models import PoolMembership, SavedSearch, TalentPool
from recruit.talent.pool_searches import may_stand_in


@dataclass(frozen=True, slots=True)
class SearchInPool:
    """A saved search of a pool, and how many people it finds."""

    search: SavedSearch
    people: int
    is_partial: bool  # the meaning is not known, so there may be more
    is_refused: bool


@dataclass(frozen=True, slots=True)
class PoolPeople:
    """Who is in a pool for a viewer, those put there by hand first."""

    people: CandidateQuerySet
    searches: tuple[SearchInPool, ...] = ()
    matching: Mapping[UUID, Matching] = field(default_factory=dict)

    def found_by(self, candidate_ids: Collection[UUID]) -> dict[UUID, list[str]]:
        """Return the names of the searches that find each of these people."""
        names = {one.search.pk: one.search.name for one in self.searches}
        found = self.finding(candidate_ids)
        return {one: [names[pk] for pk in ids] for one, ids in found.items()}

    def finding(self, candidate_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
        """Return the searches that find each of these people, by name."""
        ids = list(self.matching)
        parts = [
            self.matching[pk]
            .people.filter(pk__in=candidate_ids)
            .order_by()
            .values_list(Value(number, IntegerField()), "pk")
            for number, pk in enumerate(ids)
        ]
        found: dict[UUID, list[UUID]] = {}
        if not parts:
            return found
        rows: Iterable[Any] = parts[0].union(*parts[1:], all=True)
        for number, candidate_id in sorted(rows):
            found.setdefault(candidate_id, []).append(ids[number])
        return found


def people_of(pool: TalentPool, viewer: User, *, asked_at: datetime) -> PoolPeople:
    """Return who is in a pool; a search that the viewer may not see finds nobody."""
    held = SavedSearch.objects.visible_to(viewer).filter(pools__pool=pool)
    searches = [one for one in held.by_name() if may_stand_in(one, pool)]
    matching = matching_of(searches, viewer, asked_at=asked_at)
    counts = count_matching(matching)
    rows = PoolMembership.objects.filter(pool=pool)
    is_in = Q(pk__in=rows.values("candidate_id"))
    for found in matching.values():
        is_in |= Q(pk__in=found.people.order_by().values("pk"))
    mine = rows.filter(candidate=OuterRef("pk")).values("added_at")[:1]
    people = candidates_visible_to(viewer).filter(is_in)
    # Who came last by hand stands first, then the newest of those who are found.
    last = F("added_by_hand_at").desc(nulls_last=True)
    ordered = people.alias(added_by_hand_at=Subquery(mine)).order_by(
        last, "-created_at", "pk"
    )
    return PoolPeople(
        people=ordered,
        searches=tuple(
            _told(one, matching.get(one.pk), counts.get(one.pk, 0)) for one in searches
        ),
        matching=matching,
    )


def _told(search: SavedSearch, found: Matching | None, people: int) -> SearchInPool:
    if found is None or found.is_refused:
        return SearchInPool(search, 0, is_partial=False, is_refused=True)
    return SearchInPool(search, people, found.is_partial, is_refused=False)


def searches_offered(pool: TalentPool, viewer: User) -> list[SavedSearch]:
    """Return the searches that a viewer may put into a pool."""
    visible = SavedSearch.objects.visible_to(viewer).exclude(pools__pool=pool)
    return [one for one in visible.by_name() if may_stand_in(one, pool)]
