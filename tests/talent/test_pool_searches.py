import pytest
from django.core.exceptions import ValidationError

from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.talent import pool_searches
from recruit.talent.models import PoolSearch, SavedSearch, TalentPool
from recruit.talent.operations import change_pool, create_pool
from recruit.talent.pool_searches import (
    SearchNotShared,
    TooManySearches,
    put_search_into_pool,
    take_search_from_pool,
)
from recruit.talent.searches import change_search, save_search
from tests.factories import ACTOR, LATER, NOW, make_user

pytestmark = pytest.mark.django_db


def make_pool(owner, *, is_shared=False) -> TalentPool:
    return create_pool(
        owner=owner,
        name="Gardeners",
        is_shared=is_shared,
        actor=ACTOR,
        created_at=NOW,
    )


def make_search(owner, *, is_shared=False, name="Roses") -> SavedSearch:
    return save_search(
        owner=owner,
        name=name,
        query="q=roses",
        is_shared=is_shared,
        actor=ACTOR,
        saved_at=NOW,
    )


def put(pool, search) -> bool:
    return put_search_into_pool(
        pool_id=pool.pk, search_id=search.pk, actor=ACTOR, added_at=LATER
    )


def shared(pool) -> TalentPool:
    return change_pool(
        pool_id=pool.pk,
        name=pool.name,
        note="",
        is_shared=True,
        actor=ACTOR,
        changed_at=LATER,
    )


class TestPutSearchIntoPool:
    def test_holds_a_search_once(self):
        owner = make_user()
        pool, search = make_pool(owner), make_search(owner)

        assert [put(pool, search), put(pool, search)] == [True, False]
        row = PoolSearch.objects.get()
        assert (row.added_at, row.added_by) == (LATER, ACTOR.name)

    def test_refuses_what_those_who_see_the_pool_may_not_see(self):
        owner, other = make_user(), make_user()

        with pytest.raises(SearchNotShared):
            put(make_pool(owner, is_shared=True), make_search(owner))
        with pytest.raises(SearchNotShared):
            put(make_pool(other), make_search(owner, name="Soil"))
        assert not PoolSearch.objects.exists()

    def test_takes_shared_searches_of_others(self):
        search = make_search(make_user(), is_shared=True)

        assert put(make_pool(make_user(), is_shared=True), search)
        assert put(make_pool(make_user()), search)

    def test_refuses_more_than_a_page_can_search_for(self, monkeypatch):
        monkeypatch.setattr(pool_searches, "MOST_SEARCHES", 1)
        owner = make_user()
        pool = make_pool(owner)
        put(pool, make_search(owner))

        with pytest.raises(TooManySearches, match="at most 1 saved search"):
            put(pool, make_search(owner, name="Soil"))


class TestTakeSearchFromPool:
    def test_says_whether_it_was_there(self):
        owner = make_user()
        pool, search = make_pool(owner), make_search(owner)
        put(pool, search)
        taken = {"pool_id": pool.pk, "search_id": search.pk}

        first = take_search_from_pool(**taken, actor=ACTOR, taken_at=LATER)
        again = take_search_from_pool(**taken, actor=ACTOR, taken_at=LATER)

        assert (first, again) == (True, False)
        told = Event.objects.filter(kind=Happened.TALENT_POOL_CHANGED)
        assert [event.details["search"] for event in told] == [str(search.pk)] * 2


class TestSharing:
    def test_of_a_pool_is_refused_while_it_holds_private_searches(self):
        owner = make_user()
        pool, search = make_pool(owner), make_search(owner)
        put(pool, search)

        with pytest.raises(ValidationError, match="“Roses”"):
            shared(pool)
        take_search_from_pool(
            pool_id=pool.pk, search_id=search.pk, actor=ACTOR, taken_at=LATER
        )

        assert shared(pool).is_shared

    def test_of_a_search_ends_in_all_pools_that_others_see(self):
        owner, other = make_user(), make_user()
        search = make_search(owner, is_shared=True)
        mine, ours = make_pool(owner), make_pool(make_user(), is_shared=True)
        for pool in (mine, ours, make_pool(other)):
            put(pool, search)

        change_search(
            search_id=search.pk,
            name="Roses",
            is_shared=False,
            actor=ACTOR,
            changed_at=LATER,
        )

        assert [row.pool for row in PoolSearch.objects.all()] == [mine]
