"""Every write to saved searches, and the visits by which new people are told."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.talent.models import SavedSearch, SearchVisit
from recruit.talent.operations import overwrite, refuse_stale, write
from recruit.talent.pool_searches import take_out_of_pools_of_others


@transaction.atomic
def save_search(
    *,
    owner: User,
    name: str,
    query: str,
    is_shared: bool,
    actor: Actor,
    saved_at: datetime,
) -> SavedSearch:
    """Keep the query of a search under a name. Raise ValidationError for bad fields.

    Who saves a search has just seen its list: that is their first visit.
    """
    search = SavedSearch(
        owner=owner,
        name=name.strip(),
        query=query,
        is_shared=is_shared,
        created_at=saved_at,
        changed_at=saved_at,
    )
    write(search, is_new=True)
    SearchVisit.objects.create(search=search, user=owner, visited_at=saved_at)
    _record(Happened.SEARCH_SAVED, search, actor, saved_at)
    return search


@transaction.atomic
def change_search(
    *,
    search_id: UUID,
    name: str,
    is_shared: bool,
    actor: Actor,
    changed_at: datetime,
    expected_version: int | None = None,
) -> SavedSearch:
    """Rename a saved search, share it or stop sharing it.

    One that is not shared any more is taken out of the talent pools that others see.
    Raise StaleVersion, or ValidationError for bad fields.
    """
    search = SavedSearch.objects.select_for_update().get(pk=search_id)
    refuse_stale(search, expected_version)
    was_shared = search.is_shared
    stated = {"name": name.strip(), "is_shared": is_shared}
    if overwrite(search, stated, changed_at):
        _record(Happened.SEARCH_CHANGED, search, actor, changed_at)
    if was_shared and not is_shared:
        take_out_of_pools_of_others(search, actor=actor, taken_at=changed_at)
    return search


@transaction.atomic
def delete_search(
    *,
    search_id: UUID,
    actor: Actor,
    deleted_at: datetime,
    expected_version: int | None = None,
) -> None:
    """Delete a saved search. Raise StaleVersion."""
    search = SavedSearch.objects.select_for_update().get(pk=search_id)
    refuse_stale(search, expected_version)
    _record(Happened.SEARCH_DELETED, search, actor, deleted_at)
    search.delete()


@transaction.atomic
def visit_search(*, search: SavedSearch, user: User, visited_at: datetime) -> datetime:
    """Note that somebody opens a saved search; return since when they have not.

    At the first visit that is when the search was saved. A look is no change of the
    search, so no event tells of it.
    """
    visit, is_first = SearchVisit.objects.select_for_update().get_or_create(
        search=search, user=user, defaults={"visited_at": visited_at}
    )
    if is_first:
        return search.created_at
    before, visit.visited_at = visit.visited_at, max(visited_at, visit.visited_at)
    visit.save(update_fields=["visited_at"])
    return before


def _record(
    kind: Happened, search: SavedSearch, actor: Actor, happened_at: datetime
) -> None:
    details = {"search": search.pk, "name": search.name, "shared": search.is_shared}
    record(kind, actor=actor, happened_at=happened_at, details=details)
