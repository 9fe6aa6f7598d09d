"""Saved searches in talent pools: whom their pages show, and from where."""

import pytest
from django.test import Client
from django.utils import timezone

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.candidates.models import Candidate
from recruit.talent.models import PoolSearch, SavedSearch, TalentPool
from recruit.talent.operations import add_to_pool, create_pool
from recruit.talent.pool_searches import put_search_into_pool
from recruit.talent.searches import save_search
from tests.dashboard.conftest import client_of, count_queries
from tests.factories import ACTOR, LATER, NOW, make_candidate, make_job, make_user
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db

QUERY = "q=roses&country=NL&every_word=on"


def make_pool(owner: User, *people: Candidate, is_shared: bool = False) -> TalentPool:
    pool = create_pool(
        owner=owner, name="Garden", is_shared=is_shared, actor=ACTOR, created_at=NOW
    )
    ids = [person.pk for person in people]
    add_to_pool(pool_id=pool.pk, candidate_ids=ids, actor=ACTOR, added_at=LATER)
    return pool


def make_search(owner: User, name: str = "Dutch", *, is_shared=False) -> SavedSearch:
    return save_search(
        owner=owner,
        name=name,
        query=QUERY,
        is_shared=is_shared,
        actor=ACTOR,
        saved_at=timezone.now(),
    )


def put(pool: TalentPool, search: SavedSearch) -> None:
    put_search_into_pool(
        pool_id=pool.pk, search_id=search.pk, actor=ACTOR, added_at=LATER
    )


@pytest.fixture
def people(db: None) -> tuple[Candidate, Candidate, Candidate]:
    made = (
        make_candidate("Roses", "Soil", given_name="Ada", country="NL"),
        make_candidate("Roses", "Soil", given_name="Ben", country="NL"),
        make_candidate("Bread", given_name="Cem"),
    )
    index_everything()
    return made


class TestTalentPool:
    def test_shows_people_of_both_and_where_each_came_from(
        self, recruiting: Client, recruiter: User, people
    ):
        ada, _ben, cem = people
        pool = make_pool(recruiter, ada, cem)
        search = make_search(recruiter)

        answer = recruiting.post(
            f"/talent/{pool.pk}/searches/", {"search": search.pk}, follow=True
        )

        page = answer.content.decode()
        assert [one.given_name for one in answer.context["page"]] == [
            "Ada",
            "Cem",
            "Ben",
        ]
        assert page.count("found by “Dutch”") == page.count("added by tests") == 2
        assert "3 in all" in page
        assert "finds 2 people" in page

    def test_puts_its_people_into_a_pipeline(
        self, recruiting: Client, recruiter: User, people
    ):
        pool, job = make_pool(recruiter), make_job()
        put(pool, make_search(recruiter))
        page = recruiting.get(f"/talent/{pool.pk}/")
        marked = [one.pk for one in page.context["page"]]

        recruiting.post(
            "/talent/add/", {"candidates": marked, "target": f"job:{job.pk}"}
        )

        assert Application.objects.filter(job=job).count() == 2

    def test_says_of_whom_a_search_finds_that_they_stay(
        self, recruiting: Client, recruiter: User, people
    ):
        pool = make_pool(recruiter, people[0])
        put(pool, make_search(recruiter))
        marked = {"candidates": [people[0].pk, people[1].pk]}

        answer = recruiting.post(f"/talent/{pool.pk}/take/", marked, follow=True)

        assert "1 person is out of" in answer.content.decode()
        assert "1 person was not put there by hand" in answer.content.decode()

    def test_takes_a_search_out(self, recruiting: Client, recruiter: User, people):
        pool, search = make_pool(recruiter), make_search(recruiter)
        put(pool, search)

        recruiting.post(f"/talent/{pool.pk}/searches/take/", {"search": search.pk})

        assert not PoolSearch.objects.exists()

    def test_shows_nothing_of_a_private_search_of_others(
        self, recruiting: Client, recruiter: User, people
    ):
        pool = make_pool(make_user(), is_shared=True)
        mine, theirs = make_search(recruiter), make_search(make_user(), "Theirs")
        # However it came there.
        for search in (mine, theirs):
            PoolSearch.objects.create(
                pool=pool, search=search, added_at=NOW, added_by="x"
            )

        page = recruiting.get(f"/talent/{pool.pk}/").content.decode()
        sent = {"search": theirs.pk}

        assert "Theirs" not in page
        assert "Ben" not in page
        for address in ("", "take/"):
            refused = recruiting.post(f"/talent/{pool.pk}/searches/{address}", sent)
            assert refused.status_code == 404

    def test_offers_only_what_all_who_see_it_may_see(
        self, recruiting: Client, recruiter: User
    ):
        pool, search = make_pool(recruiter, is_shared=True), make_search(recruiter)
        make_search(make_user(), "Ours", is_shared=True)

        page = recruiting.get(f"/talent/{pool.pk}/").content.decode()
        refused = recruiting.post(
            f"/talent/{pool.pk}/searches/", {"search": search.pk}, follow=True
        )

        assert "Ours" in page
        assert "Dutch" not in page
        assert "Share the search first" in refused.content.decode()

    def test_says_why_it_cannot_be_shared(self, recruiting: Client, recruiter: User):
        pool = make_pool(recruiter)
        put(pool, make_search(recruiter))
        stated = {"name": "Garden", "is_shared": "on", "expected_version": "1"}

        answer = recruiting.post(f"/talent/{pool.pk}/edit/", stated)

        assert answer.status_code == 422
        assert "yours alone: “Dutch”" in answer.content.decode()

    def test_asks_no_more_for_more_searches_and_people(
        self, recruiting: Client, recruiter: User, people
    ):
        pool = make_pool(recruiter, people[0])
        put(pool, make_search(recruiter))
        few = count_queries(recruiting, f"/talent/{pool.pk}/")
        for number in range(4):
            make_candidate("Roses", "Soil", country="NL")
            put(pool, make_search(recruiter, f"Search {number}"))
        index_everything()

        assert count_queries(recruiting, f"/talent/{pool.pk}/") == few


class TestEditSearch:
    def test_tells_of_pools_that_would_lose_it(
        self, recruiting: Client, recruiter: User
    ):
        search = make_search(recruiter, is_shared=True)
        put(make_pool(make_user(), is_shared=True), search)

        page = recruiting.get(f"/searches/{search.pk}/edit/").content.decode()

        assert "It stands in 1 talent pool that others see" in page

    def test_is_for_who_recruits(self, managing: Client, recruiter: User):
        pool = make_pool(recruiter, is_shared=True)

        answer = managing.post(f"/talent/{pool.pk}/searches/", {})

        assert answer.status_code == 404
        assert client_of(make_user()).get(f"/talent/{pool.pk}/").status_code == 200
