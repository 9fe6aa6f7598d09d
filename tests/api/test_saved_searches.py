"""/saved_searches"""

from typing import Any

import pytest

from recruit.accounts.choices import Role, Scope
from recruit.accounts.models import User
from recruit.candidates.inputs import ProfileInput
from recruit.candidates.operations import update_candidate
from recruit.talent.models import SavedSearch, SearchVisit
from recruit.talent.searches import save_search
from tests.api.caller import RANDOM, Caller, assert_problem, fields_in
from tests.api.test_schema import answer_of, assert_matches
from tests.factories import ACTOR, LATER, NOW, make_candidate, make_user
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db


def kept(
    owner: User, query: str = "country=DE", name: str = "Germans", **said: Any
) -> SavedSearch:
    said.setdefault("is_shared", False)
    return save_search(
        owner=owner, name=name, query=query, actor=ACTOR, saved_at=NOW, **said
    )


def ids_in(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [one["id"] for one in answer.json()["items"]]


class TestSearches:
    def test_are_kept(self, recruiter, schema):
        make_candidate("TIG welding")
        body = {"name": "Welders", "query": "q=boats&skill=tig+welding&limit="}

        answer = recruiter.post(
            "/saved_searches", {**body, "query": "q=boats&skill=tig+welding"}
        )

        assert answer.status_code == 201
        told = answer.json()
        assert told["query"] == "q=boats&skill=TIG+welding"
        assert (told["owner"], told["is_shared"]) == (str(recruiter.user.pk), False)
        path = answer["Location"].partition("/api/v1")[2]
        assert recruiter.get(path).json() == told
        assert_matches(schema, answer_of(schema, "/saved_searches", "post", 201), told)
        assert fields_in(recruiter.post("/saved_searches", body)) == ["query"]

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"query": "q=x"}, "name"),
            ({"name": "x"}, "query"),
            ({"name": "x", "query": "every_word=on&limit=5"}, "query"),
            ({"name": "x", "query": "skill=Basket+weaving"}, "query"),
            ({"name": "x", "query": "available=7"}, "query"),
            ({"name": "x", "query": "q=%00"}, "query"),
            ({"name": "x", "query": ""}, "query"),
            ({"name": "x", "query": "every_word="}, "query"),
            ({"name": "x", "query": "&".join(["country=DE"] * 500)}, "query"),
            ({"name": "x", "query": "q=x", "version": 1}, "version"),
            ({"name": "germans", "query": "q=x"}, "name"),
        ],
    )
    def test_refuse_what_cannot_be_kept(self, recruiter, body, field):
        kept(recruiter.user)

        assert fields_in(recruiter.post("/saved_searches", body)) == [field]

    def test_are_ones_own_and_the_shared_ones(self, recruiter, manager):
        other = make_user()
        mine = kept(recruiter.user)
        shared = kept(other, is_shared=True)
        private = kept(other, name="Private")

        assert set(ids_in(recruiter.get("/saved_searches"))) == {
            str(mine.pk),
            str(shared.pk),
        }
        for path in ("", "/candidates", "/new"):
            assert_problem(recruiter.get(f"/saved_searches/{private.pk}{path}"), 404)
            assert_problem(manager.get(f"/saved_searches/{shared.pk}{path}"), 404)
        assert_problem(manager.get("/saved_searches"), 403)

    def test_are_changed_and_deleted(self, recruiter):
        path = f"/saved_searches/{kept(recruiter.user).pk}"

        told = recruiter.patch(path, {"is_shared": True}, if_match='"1"').json()

        assert (told["is_shared"], told["name"]) == (True, "Germans")
        assert_problem(recruiter.patch(path, {"name": "x"}, if_match='"1"'), 412)
        assert fields_in(recruiter.patch(path, {"query": "q=x"})) == ["query"]
        assert recruiter.delete(path).status_code == 204
        assert_problem(recruiter.get(path), 404)

    def test_of_others_are_changed_by_administrators_alone(self, recruiter):
        path = f"/saved_searches/{kept(make_user(), is_shared=True).pk}"

        for answer in (recruiter.patch(path, {"name": "x"}), recruiter.delete(path)):
            assert assert_problem(answer, 403)["errors"][0]["code"] == "not_owner"
        administrator = Caller(make_user(Role.ADMINISTRATOR))
        assert administrator.delete(path).status_code == 204

    @pytest.mark.parametrize("searches", [1, 12])
    def test_ask_as_often_for_many_as_for_one(
        self, recruiter, searches, django_assert_num_queries
    ):
        for number in range(searches):
            kept(make_user(), name=f"Search {number}", is_shared=True)
        recruiter.get("/saved_searches")

        with django_assert_num_queries(5):
            assert len(ids_in(recruiter.get("/saved_searches"))) == searches

    def test_are_kept_for_no_contacts_without_the_right_to_them(self):
        caller = Caller(make_user(), [Scope.SEARCHES_READ, Scope.SEARCHES_WRITE])
        known = kept(caller.user, "q=kim%40example.org")
        body = {"name": "x", "query": "q=kim%40example.org"}

        assert_problem(caller.post("/saved_searches", body), 403)
        assert_problem(caller.get(f"/saved_searches/{known.pk}/candidates"), 403)


class TestFound:
    def test_are_those_whom_the_search_finds(self, recruiter, schema):
        search = kept(recruiter.user)
        found = [make_candidate(country="DE") for _number in range(5)]
        make_candidate(country="FR")
        index_everything()
        path = f"/saved_searches/{search.pk}/candidates"

        whole = recruiter.get(path)
        first = recruiter.get(f"{path}?per_page=3").json()
        rest = recruiter.get(first["next"].partition("/api/v1")[2])

        assert set(ids_in(whole)) == {str(one.pk) for one in found}
        assert first["items"] + rest.json()["items"] == whole.json()["items"]
        assert whole.json()["is_partial"] is False
        stated = answer_of(schema, "/saved_searches/{id}/candidates", "get", 200)
        assert_matches(schema, stated, whole.json())

    def test_are_told_to_be_some_where_nobody_reads_the_meaning(self, recruiter):
        search = kept(recruiter.user, "q=boat+builders")
        make_candidate("TIG welding", headline="Boat builders")
        index_everything()

        body = recruiter.get(f"/saved_searches/{search.pk}/candidates").json()

        assert len(body["items"]) == 1
        assert body["is_partial"] is True

    def test_are_new_since_a_moment(self, recruiter):
        search = kept(recruiter.user)
        old, new = make_candidate(country="DE"), make_candidate(country="DE")
        update_candidate(
            candidate_id=new.pk,
            profile=ProfileInput(fields={"headline": "Welder"}),
            actor=ACTOR,
            changed_at=LATER,
        )
        index_everything()
        path = f"/saved_searches/{search.pk}/new"

        assert ids_in(recruiter.get(path)) == [str(new.pk)]
        assert ids_in(recruiter.get(f"{path}?since=2026-05-05T10:00:00Z")) == []
        since = ids_in(recruiter.get(f"{path}?since=2020-01-01T00:00:00Z"))
        assert set(since) == {str(old.pk), str(new.pk)}
        assert SearchVisit.objects.get().visited_at == NOW
        assert fields_in(recruiter.get(f"{path}?since=x")) == ["since"]

    def test_are_nobody_for_words_that_cannot_be_searched_for(self, recruiter):
        search = kept(recruiter.user, "skill=Basket+weaving")

        answer = recruiter.get(f"/saved_searches/{search.pk}/candidates")

        assert assert_problem(answer, 409)["errors"][0]["code"] == "search_unreadable"

    def test_are_nobody_of_a_search_that_there_is_not(self, recruiter):
        assert_problem(recruiter.get(f"/saved_searches/{RANDOM}/candidates"), 404)

    @pytest.mark.parametrize("people", [1, 12])
    def test_ask_as_often_for_many_as_for_one(
        self, recruiter, people, django_assert_num_queries
    ):
        search = kept(recruiter.user)
        for _number in range(people):
            make_candidate(country="DE")
        index_everything()
        path = f"/saved_searches/{search.pk}/new?since=2020-01-01T00:00:00Z"
        recruiter.get(path)

        with django_assert_num_queries(7):
            assert len(ids_in(recruiter.get(path))) == people
