from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from recruit.common.refusals import StaleVersion
from recruit.talent.models import SavedSearch
from recruit.talent.queries import last_visits
from recruit.talent.searches import (
    change_search,
    delete_search,
    save_search,
    visit_search,
)
from tests.factories import ACTOR, LATER, NOW, make_user

pytestmark = pytest.mark.django_db


def make_search(owner=None, name="Roses", *, is_shared=False) -> SavedSearch:
    return save_search(
        owner=owner or make_user(),
        name=name,
        query="q=roses",
        is_shared=is_shared,
        actor=ACTOR,
        saved_at=NOW,
    )


def changed(search, *, name="Roses", is_shared=False) -> SavedSearch:
    return change_search(
        search_id=search.pk,
        name=name,
        is_shared=is_shared,
        actor=ACTOR,
        changed_at=LATER,
        expected_version=1,
    )


class TestSaveSearch:
    def test_wants_a_name_that_the_owner_does_not_use(self):
        owner = make_user()
        make_search(owner)

        with pytest.raises(ValidationError) as taken:
            make_search(owner, "roses")

        assert set(taken.value.message_dict) == {"name"}

    def test_is_seen_by_others_once_it_is_shared(self):
        owner, other = make_user(), make_user()
        search = make_search(owner)

        assert not SavedSearch.objects.visible_to(other).exists()
        changed(search, is_shared=True)
        assert SavedSearch.objects.visible_to(other).exists()


class TestChangeSearch:
    def test_refuses_what_somebody_else_changed_meanwhile(self):
        search = make_search()
        changed(search, name="Trees")

        with pytest.raises(StaleVersion):
            changed(search, name="Soil")


class TestDeleteSearch:
    def test_deletes_it_with_its_visits(self):
        search = make_search()

        delete_search(search_id=search.pk, actor=ACTOR, deleted_at=LATER)

        assert not SavedSearch.objects.exists()


class TestVisitSearch:
    def test_tells_since_when_the_user_was_not_there(self):
        search, later = make_search(is_shared=True), LATER + timedelta(days=1)
        other = make_user()

        own = [
            visit_search(search=search, user=search.owner, visited_at=moment)
            for moment in (LATER, later)
        ]
        others = visit_search(search=search, user=other, visited_at=later)

        assert own == [NOW, LATER]
        assert others == NOW
        assert last_visits([search], other) == {search.pk: later}

    def test_is_not_moved_back_by_a_page_that_comes_late(self):
        search = make_search()
        visit_search(search=search, user=search.owner, visited_at=LATER)

        visit_search(search=search, user=search.owner, visited_at=NOW)

        assert last_visits([search], search.owner) == {search.pk: LATER}
