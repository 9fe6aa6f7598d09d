"""Saved searches in talent pools: whoever matches one is in the pool.

Nobody is to learn from a pool of a search that they may not see. So a search that is
not shared stands in private pools of its owner alone. Whoever writes here locks the
pool first, then its searches.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recruit.accounts.actors import Actor
from recruit.common.refusals import Refused
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.talent.models import PoolSearch, SavedSearch, TalentPool

# Each is searched for whenever the pool is opened.
MOST_SEARCHES = 10


class SearchNotShared(Refused):
    """Others see the pool, but not the search."""


class TooManySearches(Refused):
    """The pool holds as many searches as it may."""


@transaction.atomic
def put_search_into_pool(
    *, pool_id: UUID, search_id: UUID, actor: Actor, added_at: datetime
) -> bool:
    """Let a talent pool hold a saved search; return whether it did not before.

    Raise SearchNotShared or TooManySearches.
    """
    pool = TalentPool.objects.select_for_update(no_key=True).get(pk=pool_id)
    search = SavedSearch.objects.select_for_update(no_key=True).get(pk=search_id)
    if not may_stand_in(search, pool):
        raise SearchNotShared(
            _(
                "Others see “%(pool)s”, but not your search “%(search)s”."
                " Share the search first."
            )
            % {"pool": pool, "search": search}
        )
    held = PoolSearch.objects.filter(pool=pool)
    if held.filter(search=search).exists():
        return False
    if held.count() >= MOST_SEARCHES:
        raise TooManySearches(
            ngettext(
                "A talent pool holds at most %d saved search.",
                "A talent pool holds at most %d saved searches.",
                MOST_SEARCHES,
            )
            % MOST_SEARCHES
        )
    PoolSearch.objects.create(
        pool=pool, search=search, added_at=added_at, added_by=actor.name[:200]
    )
    _record([pool], search, actor, added_at)
    return True


@transaction.atomic
def take_search_from_pool(
    *, pool_id: UUID, search_id: UUID, actor: Actor, taken_at: datetime
) -> bool:
    """Take a saved search out of a talent pool; return whether it was in it."""
    pool = TalentPool.objects.select_for_update(no_key=True).get(pk=pool_id)
    held = PoolSearch.objects.filter(pool=pool, search_id=search_id)
    row = held.select_related("search").first()
    if row is None:
        return False
    row.delete()
    _record([pool], row.search, actor, taken_at)
    return True


def may_stand_in(search: SavedSearch, pool: TalentPool) -> bool:
    """Say whether whoever sees a pool may see a search."""
    return search.is_shared or (not pool.is_shared and search.owner_id == pool.owner_id)


def refuse_private_searches(pool: TalentPool) -> None:
    """Raise ValidationError where a locked pool that is to be shared holds some."""
    held = SavedSearch.objects.filter(pools__pool=pool, is_shared=False)
    private = held.select_for_update(of=("self",), no_key=True).order_by("pk")
    names = [search.name for search in private]
    if names:
        refusal = _(
            "These searches in the pool are yours alone: %(names)s. Share them, or take"
            " them out of the pool, before you share it."
        )
        told = ", ".join(f"“{name}”" for name in names)
        raise ValidationError({"is_shared": refusal % {"names": told}})


def take_out_of_pools_of_others(
    search: SavedSearch, *, actor: Actor, taken_at: datetime
) -> None:
    """Take a locked search, not shared any more, out of all pools that others see."""
    seen_by_others = Q(pool__is_shared=True) | ~Q(pool__owner=search.owner_id)
    held = search.pools.filter(seen_by_others).select_related("pool")
    pools = [row.pool for row in held]
    held.delete()
    _record(pools, search, actor, taken_at)


def count_in_pools_of_others(search: SavedSearch) -> int:
    """Return in how many pools that others see a search stands."""
    others = Q(pool__is_shared=True) | ~Q(pool__owner=search.owner_id)
    return search.pools.filter(others).count()


def _record(
    pools: Collection[TalentPool],
    search: SavedSearch,
    actor: Actor,
    happened_at: datetime,
) -> None:
    for pool in pools:
        record(
            Happened.TALENT_POOL_CHANGED,
            actor=actor,
            happened_at=happened_at,
            details={
                "pool": pool.pk,
                "name": pool.name,
                "shared": pool.is_shared,
                "search": search.pk,
            },
        )
