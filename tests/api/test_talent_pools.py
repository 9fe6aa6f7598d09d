"""/talent_pools"""

from typing import Any

import pytest

from recruit.accounts.choices import Role, Scope
from recruit.accounts.models import User
from recruit.candidates.operations import erase_candidate
from recruit.talent.models import PoolMembership, SavedSearch, TalentPool
from recruit.talent.operations import add_to_pool, create_pool
from recruit.talent.searches import save_search
from tests.api.caller import RANDOM, Caller, assert_problem, fields_in, version_in
from tests.api.test_schema import answer_of, assert_matches
from tests.factories import ACTOR, LATER, NOW, make_candidate, make_user
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db


def pool_of(
    owner: User, name: str = "Welders", *, is_shared: bool = False
) -> TalentPool:
    return create_pool(
        owner=owner, name=name, is_shared=is_shared, actor=ACTOR, created_at=NOW
    )


def search_of(
    owner: User, query: str, name: str = "Germans", *, is_shared: bool = False
) -> SavedSearch:
    return save_search(
        owner=owner,
        name=name,
        query=query,
        is_shared=is_shared,
        actor=ACTOR,
        saved_at=NOW,
    )


def put_in(pool: TalentPool, *people: Any, at: Any = NOW) -> None:
    ids = [one.pk for one in people]
    add_to_pool(pool_id=pool.pk, candidate_ids=ids, actor=ACTOR, added_at=at)


def names_in(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [one["name"] for one in answer.json()["items"]]


def people_in(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [one["candidate"]["id"] for one in answer.json()["items"]]


class TestPools:
    def test_are_made(self, recruiter, schema):
        body = {"name": " Welders ", "note": "For spring", "is_shared": True}

        answer = recruiter.post("/talent_pools", body)

        assert answer.status_code == 201
        told = answer.json()
        assert (told["name"], told["owner"]) == ("Welders", str(recruiter.user.pk))
        assert (told["member_count"], told["search_count"]) == (0, 0)
        path = answer["Location"].partition("/api/v1")[2]
        read = recruiter.get(path)
        assert (read.json(), version_in(read)) == (told, 1)
        assert_matches(schema, answer_of(schema, "/talent_pools", "post", 201), told)

    def test_are_ones_own_and_the_shared_ones(self, recruiter, manager):
        other = make_user()
        pool_of(recruiter.user, "Mine")
        pool_of(other, "Shared", is_shared=True)
        private = pool_of(other, "Private")

        assert set(names_in(recruiter.get("/talent_pools"))) == {"Mine", "Shared"}
        mine = f"/talent_pools?owner={recruiter.user.pk}"
        assert names_in(recruiter.get(mine)) == ["Mine"]
        assert names_in(recruiter.get("/talent_pools?is_shared=true")) == ["Shared"]
        assert names_in(recruiter.get("/talent_pools?order_by=name"))[0] == "Mine"
        since = "/talent_pools?updated_since=2026-05-05T00:00:00Z"
        assert names_in(recruiter.get(since)) == []
        for path in ("", "/candidates", "/searches"):
            assert_problem(recruiter.get(f"/talent_pools/{private.pk}{path}"), 404)
        assert_problem(manager.get("/talent_pools"), 403)

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "name"),
            ({"name": " "}, "name"),
            ({"name": "x" * 121}, "name"),
            ({"name": "x", "note": "x" * 1001}, "note"),
            ({"name": "x", "is_shared": "yes"}, "is_shared"),
            ({"name": "x", "owner": str(RANDOM)}, "owner"),
            ({"name": "WELDERS"}, "name"),
        ],
    )
    def test_refuse_what_they_cannot_be(self, recruiter, body, field):
        pool_of(recruiter.user)

        assert fields_in(recruiter.post("/talent_pools", body)) == [field]

    def test_are_changed_in_what_is_stated(self, recruiter):
        path = f"/talent_pools/{pool_of(recruiter.user).pk}"

        answer = recruiter.patch(path, {"note": "For spring"}, if_match='"1"')

        told = answer.json()
        assert (told["name"], told["note"], told["version"]) == ("Welders", "For spring", 2)  # fmt: skip # noqa: E501
        assert_problem(recruiter.patch(path, {"name": "x"}, if_match='"1"'), 412)
        assert_problem(recruiter.delete(path, if_match='"1"'), 412)
        assert recruiter.patch(path, {}).json()["version"] == 2
        assert recruiter.patch(path, {"note": None}).json()["note"] is None
        assert recruiter.delete(path, if_match='"3"').status_code == 204
        assert_problem(recruiter.get(path), 404)

    def test_stay_shared_unless_said(self, recruiter):
        path = f"/talent_pools/{pool_of(recruiter.user, is_shared=True).pk}"

        assert recruiter.patch(path, {"note": "x"}).json()["is_shared"] is True
        assert recruiter.patch(path, {"is_shared": False}).json()["note"] == "x"

    def test_are_not_shared_with_searches_that_are_not(self, recruiter):
        pool = pool_of(recruiter.user)
        search = search_of(recruiter.user, "country=DE")
        path = f"/talent_pools/{pool.pk}"
        recruiter.put(f"{path}/searches/{search.pk}", None)

        assert fields_in(recruiter.patch(path, {"is_shared": True})) == ["is_shared"]

    def test_of_others_are_changed_by_administrators_alone(self, recruiter):
        path = f"/talent_pools/{pool_of(make_user(), is_shared=True).pk}"

        for answer in (recruiter.patch(path, {"name": "x"}), recruiter.delete(path)):
            assert assert_problem(answer, 403)["errors"][0]["code"] == "not_owner"
        administrator = Caller(make_user(Role.ADMINISTRATOR))
        assert administrator.patch(path, {"name": "x"}).json()["name"] == "x"

    def test_of_somebody_else_are_no_token_s_to_see(self, recruiter):
        other = make_user()
        private, shared = pool_of(other, "x"), pool_of(other, "y", is_shared=True)
        named = {"on_behalf_of": str(other.pk)}

        made = recruiter.post("/talent_pools", {"name": "Made"}, **named)

        assert made.json()["owner"] == str(other.pk)
        assert names_in(recruiter.get("/talent_pools", **named)) == ["y"]
        path = f"/talent_pools/{shared.pk}"
        assert recruiter.patch(path, {"note": "z"}, **named).status_code == 200
        assert_problem(recruiter.get(f"/talent_pools/{private.pk}", **named), 404)

    @pytest.mark.parametrize("pools", [1, 12])
    def test_ask_as_often_for_many_as_for_one(
        self, recruiter, pools, django_assert_num_queries
    ):
        for number in range(pools):
            pool = pool_of(make_user(), f"Pool {number}", is_shared=True)
            put_in(pool, make_candidate())
        recruiter.get("/talent_pools")

        with django_assert_num_queries(7):
            assert len(names_in(recruiter.get("/talent_pools"))) == pools


class TestMembers:
    def test_are_added_and_taken_with_a_result_for_each(self, recruiter):
        pool = pool_of(make_user(), is_shared=True)
        new, known, erased = make_candidate(), make_candidate(), make_candidate()
        erase_candidate(candidate_id=erased.pk, actor=ACTOR, erased_at=NOW)
        put_in(pool, known)
        path = f"/talent_pools/{pool.pk}/candidates"
        ids = [str(one) for one in (new.pk, known.pk, erased.pk, RANDOM, new.pk)]

        added = recruiter.post(path, {"candidates": ids}).json()["results"]
        taken = recruiter.post(f"{path}/take", {"candidates": ids[1:]})

        assert [one["candidate"] for one in added] == ids
        assert [one["result"] for one in added] == [
            "added", "unchanged", "does_not_exist", "does_not_exist", "added"
        ]  # fmt: skip
        assert [one["result"] for one in taken.json()["results"]] == [
            "taken", "does_not_exist", "does_not_exist", "taken"
        ]  # fmt: skip
        assert not PoolMembership.objects.exists()

    @pytest.mark.parametrize(
        "ids", [[], ["x"], [5], "x", None, [str(RANDOM)] * 1001, [None]]
    )
    def test_refuse_what_names_nobody(self, recruiter, ids):
        path = f"/talent_pools/{pool_of(recruiter.user).pk}/candidates"

        for address in (path, f"{path}/take"):
            (field,) = fields_in(recruiter.post(address, {"candidates": ids}))
            assert field in {"candidates", "candidates[0]"}

    def test_are_listed_by_hand_first(self, recruiter, schema):
        pool = pool_of(recruiter.user)
        search = search_of(recruiter.user, "country=DE")
        first, last = make_candidate(country="DE"), make_candidate()
        found, _other = make_candidate(country="DE"), make_candidate(country="FR")
        put_in(pool, first)
        put_in(pool, last, at=LATER)
        index_everything()
        path = f"/talent_pools/{pool.pk}"
        assert recruiter.put(f"{path}/searches/{search.pk}", None).status_code == 204

        answer = recruiter.get(f"{path}/candidates")

        assert people_in(answer) == [str(one.pk) for one in (last, first, found)]
        by_hand, both, by_search = answer.json()["items"]
        assert (by_hand["added_by"], by_hand["found_by"]) == ("tests", [])
        assert both["found_by"] == by_search["found_by"] == [str(search.pk)]
        assert by_search["added_at"] is by_search["added_by"] is None
        assert answer.json()["is_partial"] is False
        stated = answer_of(schema, "/talent_pools/{id}/candidates", "get", 200)
        assert_matches(schema, stated, answer.json())
        (told,) = recruiter.get(f"{path}/searches").json()["items"]
        assert (told["id"], told["candidate_count"]) == (str(search.pk), 2)

    def test_come_in_pages(self, recruiter):
        pool = pool_of(recruiter.user)
        search = search_of(recruiter.user, "country=DE")
        for number in range(9):
            person = make_candidate(country="DE" if number % 2 else "FR")
            if number % 3:
                put_in(pool, person, at=(NOW, LATER)[number % 2])
        index_everything()
        path = f"/talent_pools/{pool.pk}"
        recruiter.put(f"{path}/searches/{search.pk}", None)
        whole = recruiter.get(f"{path}/candidates").json()["items"]

        seen, address = [], f"{path}/candidates?per_page=2"
        while address:
            body = recruiter.get(
                address.removeprefix("http://testserver/api/v1")
            ).json()
            seen += body["items"]
            address = body["next"]

        assert seen == whole
        assert len(seen) == 7

    @pytest.mark.parametrize("people", [1, 12])
    def test_ask_as_often_for_many_as_for_one(
        self, recruiter, people, django_assert_num_queries
    ):
        pool = pool_of(recruiter.user)
        search = search_of(recruiter.user, "country=DE")
        for _number in range(people):
            put_in(pool, make_candidate())
            make_candidate(country="DE")
        index_everything()
        path = f"/talent_pools/{pool.pk}"
        recruiter.put(f"{path}/searches/{search.pk}", None)

        with django_assert_num_queries(10):
            assert len(people_in(recruiter.get(f"{path}/candidates"))) == 2 * people


class TestSearches:
    def test_that_others_do_not_see_stand_in_no_shared_pool(self, recruiter):
        pool = pool_of(recruiter.user, is_shared=True)
        search = search_of(recruiter.user, "country=DE")

        answer = recruiter.put(f"/talent_pools/{pool.pk}/searches/{search.pk}", None)

        assert assert_problem(answer, 409)["errors"][0]["code"] == "search_not_shared"

    def test_are_taken_out(self, recruiter):
        pool = pool_of(recruiter.user)
        search = search_of(recruiter.user, "country=DE")
        path = f"/talent_pools/{pool.pk}/searches"
        recruiter.put(f"{path}/{search.pk}", None)

        assert recruiter.delete(f"{path}/{search.pk}").status_code == 204
        assert recruiter.get(path).json() == {"items": [], "next": None}

    def test_of_others_do_not_exist(self, recruiter):
        pool = pool_of(recruiter.user)
        private = search_of(make_user(), "country=DE")

        for one in (private.pk, RANDOM):
            path = f"/talent_pools/{pool.pk}/searches/{one}"
            assert_problem(recruiter.put(path, None), 404)
            assert_problem(recruiter.delete(path), 404)

    def test_need_the_scope(self):
        caller = Caller(make_user(), [Scope.POOLS_READ])
        pool = pool_of(caller.user)

        answer = caller.post(
            f"/talent_pools/{pool.pk}/candidates", {"candidates": [str(RANDOM)]}
        )

        assert_problem(answer, 403)
