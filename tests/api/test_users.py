"""/users"""

from typing import Any

import pytest

from recruit.accounts.choices import Role, Scope
from recruit.accounts.models import User
from tests.api.caller import RANDOM, Caller, assert_problem, fields_in
from tests.api.test_schema import answer_of, assert_matches
from tests.factories import make_job, make_user

pytestmark = pytest.mark.django_db


def ids_in(answer: Any) -> set[str]:
    assert answer.status_code == 200, answer.content
    return {one["id"] for one in answer.json()["items"]}


class TestUsers:
    def test_are_all_read_by_recruiters(self, recruiter, schema):
        former = make_user(name="Zoe Former")
        User.objects.filter(pk=former.pk).update(is_active=False)
        boss = make_user(Role.ADMINISTRATOR, name="Ada Boss", email="ada@example.org")

        answer = recruiter.get("/users")

        first, *_rest, last = answer.json()["items"]
        assert first["name"] == "Ada Boss"
        assert (first["email"], first["role"]) == ("ada@example.org", "administrator")
        assert (last["id"], last["is_active"]) == (str(former.pk), False)
        assert recruiter.get(f"/users/{boss.pk}").json() == first
        assert "password" not in answer.content.decode()
        assert_matches(schema, answer_of(schema, "/users", "get", 200), answer.json())

    def test_are_narrowed(self, recruiter):
        boss = make_user(Role.ADMINISTRATOR, email="ada@example.org")
        former = make_user()
        User.objects.filter(pk=former.pk).update(is_active=False)

        role = ids_in(recruiter.get("/users?role=administrator"))
        email = ids_in(recruiter.get("/users?email=ADA@example.org"))
        former_ones = ids_in(recruiter.get("/users?is_active=false"))

        assert role == email == {str(boss.pk)}
        assert former_ones == {str(former.pk)}
        assert ids_in(recruiter.get("/users?email=nobody@example.org")) == set()
        assert fields_in(recruiter.get("/users?role=owner")) == ["role"]

    def test_tell_hiring_managers_of_who_recruits_for_them(self, manager):
        colleague, stranger = make_user(), make_user(Role.HIRING_MANAGER)
        make_job(hiring_manager=manager.user, recruiters=[colleague])
        make_job(hiring_manager=stranger, recruiters=[make_user()])

        answer = manager.get("/users")

        me, other = str(manager.user.pk), str(colleague.pk)
        assert ids_in(answer) == {me, other}
        emails = {one["id"]: one["email"] for one in answer.json()["items"]}
        assert emails == {me: manager.user.email, other: None}
        assert_problem(manager.get(f"/users/{stranger.pk}"), 404)
        assert ids_in(manager.get(f"/users?email={colleague.email}")) == set()
        assert ids_in(manager.get(f"/users?email={manager.user.email}")) == {me}

    def test_tell_of_nobody_on_confidential_jobs_without_the_scope(self, manager):
        colleague = make_user()
        make_job(hiring_manager=manager.user, recruiters=[colleague], confidential=True)
        without = Caller(manager.user, [Scope.USERS_READ])

        assert ids_in(without.get("/users")) == {str(manager.user.pk)}
        assert len(ids_in(manager.get("/users"))) == 2

    def test_are_read_alone(self, recruiter):
        path = f"/users/{recruiter.user.pk}"

        assert_problem(recruiter.patch(path, {"role": "administrator"}), 405)
        assert_problem(recruiter.post("/users", {"email": "x@example.org"}), 405)
        assert_problem(recruiter.get(f"/users/{RANDOM}"), 404)

    def test_need_the_scope(self):
        assert_problem(Caller(make_user(), [Scope.JOBS_READ]).get("/users"), 403)

    @pytest.mark.parametrize("users", [1, 12])
    def test_ask_as_often_for_many_as_for_one(
        self, manager, users, django_assert_num_queries
    ):
        for _number in range(users):
            make_job(hiring_manager=manager.user, recruiters=[make_user()])
        manager.get("/users")

        with django_assert_num_queries(5):
            assert len(ids_in(manager.get("/users"))) == users + 1
