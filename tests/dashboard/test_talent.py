"""Talent pools, and what is done with the marked people of a list."""

import pytest
from django.test import Client

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.talent.models import PoolMembership, TalentPool
from recruit.talent.operations import create_pool
from tests.dashboard.conftest import client_of, count_queries
from tests.factories import ACTOR, NOW, make_candidate, make_job, make_user
from tests.matching.indexed import index_everything

TALENT = "/talent/"
ADD = "/talent/add/"

pytestmark = pytest.mark.django_db


def make_pool(owner: User, name: str = "Gardeners", **fields: bool) -> TalentPool:
    return create_pool(
        owner=owner,
        name=name,
        is_shared=fields.get("is_shared", False),
        actor=ACTOR,
        created_at=NOW,
    )


class TestTalent:
    def test_makes_a_pool_and_leads_to_it(self, recruiting: Client):
        answer = recruiting.post(TALENT, {"name": "Gardeners", "is_shared": "on"})

        pool = TalentPool.objects.get()
        assert answer.headers["Location"] == f"/talent/{pool.pk}/"
        assert pool.is_shared
        assert "Gardeners" in recruiting.get(TALENT).content.decode()

    def test_says_beside_the_field_what_is_wrong(
        self, recruiting: Client, recruiter: User
    ):
        make_pool(recruiter)

        answer = recruiting.post(TALENT, {"name": "gardeners"})

        assert answer.status_code == 422
        assert "You have something else of this name" in answer.content.decode()
        assert TalentPool.objects.count() == 1

    def test_shows_no_private_pool_of_others(self, recruiting: Client):
        make_pool(make_user(), "Secret")
        make_pool(make_user(), "Everybodys", is_shared=True)

        shown = recruiting.get(TALENT).content.decode()

        assert "Secret" not in shown
        assert "Everybodys" in shown

    def test_asks_equally_often_for_many_pools(
        self, recruiting: Client, recruiter: User
    ):
        make_pool(recruiter, "First")
        recruiting.get(TALENT)
        few = count_queries(recruiting, TALENT)
        for number in range(12):
            make_pool(recruiter, f"More {number}")

        assert count_queries(recruiting, TALENT) == few


class TestGather:
    def test_puts_marked_people_into_a_pool(self, recruiting: Client, recruiter: User):
        pool, first, second = make_pool(recruiter), make_candidate(), make_candidate()
        marked = {"candidates": [first.pk, second.pk], "target": f"pool:{pool.pk}"}

        answer = recruiting.post(ADD, marked | {"back": "/candidates/?q=roses"})

        assert answer.headers["Location"] == "/candidates/?q=roses"
        assert PoolMembership.objects.filter(pool=pool).count() == 2
        shown = recruiting.get(f"/talent/{pool.pk}/").content.decode()
        assert first.name in shown

    def test_begins_a_pool_where_one_is_named(self, recruiting: Client):
        person = make_candidate()
        named = {"candidates": [person.pk], "target": "new", "pool_name": "Later"}

        recruiting.post(ADD, named)

        assert PoolMembership.objects.get().pool.name == "Later"

    def test_puts_marked_people_into_a_pipeline(self, recruiting: Client):
        job, person = make_job(), make_candidate()

        recruiting.post(ADD, {"candidates": [person.pk], "target": f"job:{job.pk}"})

        assert Application.objects.filter(job=job, candidate=person).exists()

    @pytest.mark.parametrize("target", ["", "new", "pool:7", "list:x", "job:"])
    def test_refuses_what_is_no_place(self, recruiting: Client, target: str):
        marked = {"candidates": [make_candidate("Soil").pk], "target": target}

        assert recruiting.post(ADD, marked).status_code == 400
        assert not PoolMembership.objects.exists()

    def test_leads_to_no_other_site(self, recruiting: Client, recruiter: User):
        pool = make_pool(recruiter)
        marked = {"candidates": [make_candidate().pk], "target": f"pool:{pool.pk}"}

        for elsewhere in ("https://example.org/", "//example.org/", "\\\\x"):
            answer = recruiting.post(ADD, marked | {"back": elsewhere})
            assert answer.headers["Location"] == "/candidates/"

    def test_knows_no_private_pool_and_no_confidential_job(self, recruiting: Client):
        person, job = make_candidate(), make_job(confidential=True)
        pool = make_pool(make_user())

        for target in (f"pool:{pool.pk}", f"job:{job.pk}"):
            marked = {"candidates": [person.pk], "target": target}
            assert recruiting.post(ADD, marked).status_code == 404

    def test_leads_to_people_like_the_marked(self, recruiting: Client):
        first = make_candidate("Roses", "Soil", given_name="Ada")
        second = make_candidate("Bread", "Pastry", given_name="Ben")
        make_candidate("Roses", "Soil", "Bread", "Pastry", given_name="Both")
        index_everything()
        marked = {"candidates": [first.pk, second.pk], "like": "yes", "target": "new"}

        answer = recruiting.post(ADD, marked, follow=True)

        shown = answer.content.decode().split('id="results"')[1]
        assert answer.redirect_chain == [
            (f"/candidates/{first.pk}/similar/?also={second.pk}", 302)
        ]
        assert "Both" in shown
        assert all(skill in shown for skill in ("Roses", "Pastry"))

    def test_passes_over_who_is_nobody_among_the_liked(self, recruiting: Client):
        person = make_candidate("Roses", "Soil")
        index_everything()
        address = f"/candidates/{person.pk}/similar/?also=x&also={make_user().pk}"

        assert recruiting.get(address).status_code == 200

    def test_tells_who_was_there_before(self, recruiting: Client, recruiter: User):
        pool, person = make_pool(recruiter), make_candidate()
        marked = {"candidates": [person.pk], "target": f"pool:{pool.pk}"}
        recruiting.post(ADD, marked)

        answer = recruiting.post(ADD, marked, follow=True)

        assert "1 person was in “Gardeners” before." in answer.content.decode()


class TestTalentPool:
    def test_lets_people_go(self, recruiting: Client, recruiter: User):
        pool, person = make_pool(recruiter), make_candidate()
        marked = {"candidates": [person.pk]}
        recruiting.post(ADD, marked | {"target": f"pool:{pool.pk}"})

        recruiting.post(f"/talent/{pool.pk}/take/", marked)

        assert not PoolMembership.objects.exists()

    def test_is_changed_with_the_newest_version_alone(
        self, recruiting: Client, recruiter: User
    ):
        pool = make_pool(recruiter)
        address = f"/talent/{pool.pk}/edit/"
        stated = {"name": "Trees", "note": "", "expected_version": "1"}
        assert recruiting.post(address, stated).status_code == 302

        late = recruiting.post(address, stated | {"name": "Soil"})

        assert late.status_code == 409
        assert 'value="Soil"' in late.content.decode()
        assert 'name="expected_version" value="2"' in late.content.decode()
        assert TalentPool.objects.get().name == "Trees"

    def test_is_deleted_by_who_may_change_it(self, recruiting: Client, recruiter: User):
        shared = make_pool(recruiter, is_shared=True)
        address = f"/talent/{shared.pk}/delete/"

        foreign = client_of(make_user()).post(address, {"expected_version": "1"})
        own = recruiting.post(address, {"expected_version": "1"})

        assert (foreign.status_code, own.status_code) == (404, 302)
        assert not TalentPool.objects.exists()

    def test_asks_equally_often_for_many_people(
        self, recruiting: Client, recruiter: User
    ):
        pool = make_pool(recruiter)
        address, target = f"/talent/{pool.pk}/", f"pool:{pool.pk}"
        recruiting.post(
            ADD, {"candidates": [make_candidate("Soil").pk], "target": target}
        )
        recruiting.get(address)
        few = count_queries(recruiting, address)
        more = [make_candidate("Roses").pk for _number in range(9)]
        recruiting.post(ADD, {"candidates": more, "target": target})
        recruiting.get(address)

        assert count_queries(recruiting, address) == few


class TestCandidate:
    def test_names_the_pools_and_offers_more(self, recruiting: Client, recruiter: User):
        pool, person = make_pool(recruiter), make_candidate()
        marked = {"candidates": [person.pk], "target": f"pool:{pool.pk}"}
        recruiting.post(ADD, marked)

        shown = recruiting.get(f"/candidates/{person.pk}/").content.decode()

        assert f'href="/talent/{pool.pk}/"' in shown
        assert f'<option value="pool:{pool.pk}"' in shown

    def test_tells_a_hiring_manager_nothing_of_pools(self, managing: Client):
        assert managing.get(TALENT).status_code == 404
        assert TALENT not in managing.get("/").content.decode()
