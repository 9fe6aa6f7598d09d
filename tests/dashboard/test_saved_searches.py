"""Saved searches: kept, opened, and who is new in them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from recruit.accounts.models import User
from recruit.candidates.inputs import ProfileInput
from recruit.candidates.operations import update_candidate
from recruit.talent.models import SavedSearch
from recruit.talent.searches import save_search
from tests.dashboard.conftest import client_of
from tests.factories import ACTOR, NOW, make_candidate, make_user
from tests.matching.indexed import index_everything
from tests.matching.workers import read_queries, see_worker

SEARCHES = "/searches/"

pytestmark = pytest.mark.django_db


def make_search(owner: User, query: str = "q=roses", **fields: bool) -> SavedSearch:
    return save_search(
        owner=owner,
        name="Roses",
        query=query,
        is_shared=fields.get("is_shared", False),
        actor=ACTOR,
        saved_at=NOW,
    )


def new_in(client: Client, search: SavedSearch) -> str:
    """Return the short word on who is new."""
    shown = client.get(f"{SEARCHES}{search.pk}/new/").content.decode()
    return shown.split('id="news"')[1].split("</p>")[0]


class TestSave:
    def test_keeps_what_makes_the_search_and_shows_it_open(
        self, recruiting: Client, recruiter: User
    ):
        sent = {"name": "Roses", "query": "q=roses&every_word=on&limit=50&page=3"}

        answer = recruiting.post(SEARCHES, sent, follow=True)

        search = SavedSearch.objects.get()
        assert search.query == "q=roses&every_word=on"
        assert search.owner == recruiter
        assert "<strong>Roses</strong>" in answer.content.decode()

    @pytest.mark.parametrize("query", ["", "page=2", "q=" + "x" * 1001])
    def test_keeps_nothing_that_is_no_search(self, recruiting: Client, query: str):
        answer = recruiting.post(SEARCHES, {"name": "Roses", "query": query})

        assert answer.status_code == 422
        assert not SavedSearch.objects.exists()

    def test_says_that_the_name_is_taken(self, recruiting: Client, recruiter: User):
        make_search(recruiter)

        answer = recruiting.post(SEARCHES, {"name": "roses", "query": "q=soil"})

        assert answer.status_code == 422
        assert "You have something else of this name" in answer.content.decode()

    def test_is_offered_where_something_is_searched_for(self, recruiting: Client):
        everybody = recruiting.get("/candidates/").content.decode()
        some = recruiting.get("/candidates/?q=roses").content.decode()

        assert "Save this search" not in everybody
        assert 'name="query" value="q=roses"' in some


class TestOpenSearch:
    def test_leads_to_the_list_with_who_is_new_marked(
        self, recruiting: Client, recruiter: User
    ):
        make_candidate("Roses", "Soil", given_name="Old", created_at=NOW)
        search = make_search(recruiter, "q=roses&every_word=on")
        make_candidate(
            "Roses", given_name="Fresh", created_at=NOW + timedelta(seconds=1)
        )
        index_everything()

        first = recruiting.get(f"{SEARCHES}{search.pk}/", follow=True)
        again = recruiting.get(f"{SEARCHES}{search.pk}/", follow=True)

        shown = first.content.decode()
        assert shown.count(">New</span>") == 1
        assert shown.index("Fresh") < shown.index(">New</span>") < shown.index("Old")
        assert ">New</span>" not in again.content.decode()

    def test_does_not_take_a_prefetch_for_a_visit(
        self, recruiting: Client, recruiter: User
    ):
        search = make_search(recruiter)
        address = f"{SEARCHES}{search.pk}/"

        answer = recruiting.get(address, headers={"sec-purpose": "prefetch"})

        assert answer.status_code == 204
        assert search.visits.get().visited_at == NOW

    def test_names_no_private_search_of_others(
        self, recruiting: Client, recruiter: User
    ):
        search = make_search(recruiter)
        other = client_of(make_user())

        shown = other.get(f"/candidates/?q=soil&saved={search.pk}").content.decode()

        assert other.get(f"{SEARCHES}{search.pk}/").status_code == 404
        assert "<strong>Roses</strong>" not in shown


class TestNewMatches:
    def test_counts_who_was_added_or_changed_since_and_matches(
        self, recruiting: Client, recruiter: User
    ):
        later = NOW + timedelta(seconds=1)
        old = make_candidate("Roses", "Soil", created_at=NOW)
        make_candidate("Roses", "Soil", created_at=NOW)
        search = make_search(recruiter, "q=roses&every_word=on")
        make_candidate("Roses", created_at=later)
        make_candidate("Bread", "Pastry", created_at=later)
        update_candidate(
            candidate_id=old.pk,
            profile=ProfileInput(fields={"headline": "Prunes"}),
            actor=ACTOR,
            changed_at=later,
        )
        index_everything()

        assert "2 new" in new_in(recruiting, search)
        recruiting.get(f"{SEARCHES}{search.pk}/")
        assert "nobody new" in new_in(recruiting, search)

    def test_waits_for_the_meaning_of_the_text(
        self, recruiting: Client, recruiter: User
    ):
        see_worker()
        search = make_search(recruiter, "q=nursing in hospitals")
        make_candidate("Nursing", "Care", created_at=timezone.now())
        index_everything()

        first = new_in(recruiting, search)
        read_queries()

        assert "being read" in first
        assert "1 new" in new_in(recruiting, search)


class TestEditSearch:
    def test_renames_and_shares(self, recruiting: Client, recruiter: User):
        search = make_search(recruiter)
        stated = {"name": "Soil", "is_shared": "on", "expected_version": "1"}

        recruiting.post(f"{SEARCHES}{search.pk}/edit/", stated)
        late = recruiting.post(f"{SEARCHES}{search.pk}/edit/", stated | {"name": "x"})

        search.refresh_from_db()
        assert (search.name, search.is_shared, late.status_code) == ("Soil", True, 409)

    def test_is_for_the_owner(self, recruiter: User):
        search = make_search(recruiter, is_shared=True)
        other = client_of(make_user())
        address = f"{SEARCHES}{search.pk}/"

        assert other.get(address).status_code == 302
        assert other.get(f"{address}edit/").status_code == 404
        assert other.post(f"{address}delete/").status_code == 404

    def test_deletes(self, recruiting: Client, recruiter: User):
        search = make_search(recruiter)

        recruiting.post(f"{SEARCHES}{search.pk}/delete/", {"expected_version": "1"})

        assert not SavedSearch.objects.exists()
