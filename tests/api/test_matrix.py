"""Every address with every kind of caller, taken from the URL resolver."""

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern

from recruit.accounts.choices import Role, Scope
from recruit.api.urls import urlpatterns
from recruit.applications.models import Application
from recruit.candidates.operations import erase_candidate
from tests.api.caller import RANDOM, Caller, assert_problem
from tests.factories import ACTOR, NOW, make_application, make_job, make_user

pytestmark = pytest.mark.django_db

OPEN_TO_ALL = {"schema", "docs", "unknown", "download"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def patterns() -> list[URLPattern]:
    return [one for one in urlpatterns if one.name not in OPEN_TO_ALL]


def path_of(pattern: URLPattern, pk: UUID = RANDOM) -> str:
    path = f"/api/{pattern.pattern}".replace("<uuid:pk>", str(pk))
    return re.sub(r"<uuid:\w+>", str(RANDOM), path)


def id_for(pattern: URLPattern, application: Application) -> UUID:
    """Return the id of the row that an application brings for an address."""
    resource = str(pattern.pattern).split("/")[1]
    ids = {
        "jobs": application.job_id,
        "candidates": application.candidate_id,
        "applications": application.pk,
    }
    return ids.get(resource, RANDOM)


ALL = [pytest.param(one, id=str(one.pattern)) for one in patterns()]
WITH_ID = [one for one in ALL if "<uuid:pk>" in str(one.id)]


def calls(caller: Caller, path: str) -> list[int]:
    client = Client(headers={"authorization": f"Bearer {caller.secret}"})
    return [
        client.generic(method, path, b"{}", "application/json").status_code
        for method in METHODS
    ]


class TestEveryAddress:
    @pytest.mark.parametrize("pattern", ALL)
    def test_is_closed_to_nobody(self, client, pattern):
        for method in METHODS:
            answer = client.generic(method, path_of(pattern))

            assert_problem(answer, 401)

    @pytest.mark.parametrize("pattern", ALL)
    def test_is_closed_to_a_token_without_scopes(self, pattern):
        caller = Caller(make_user(), [])

        statuses = calls(caller, path_of(pattern))

        assert set(statuses) <= {403, 405}

    @pytest.mark.parametrize("pattern", WITH_ID)
    @pytest.mark.parametrize("role", Role.values)
    def test_answers_a_foreign_id_as_a_random_one(self, pattern, role):
        hidden = make_application(make_job(confidential=True))
        erase_candidate(candidate_id=hidden.candidate_id, actor=ACTOR, erased_at=NOW)
        foreign = id_for(pattern, hidden)
        caller = Caller(make_user(Role(role)))

        statuses = calls(caller, path_of(pattern, foreign))

        assert statuses == calls(caller, path_of(pattern, RANDOM))
        assert set(statuses) <= {404, 405}

    @pytest.mark.parametrize("pattern", WITH_ID)
    def test_lets_a_hiring_manager_change_nothing(self, pattern):
        caller = Caller(make_user(Role.HIRING_MANAGER))
        mine = make_application(make_job(hiring_manager=caller.user))

        statuses = calls(caller, path_of(pattern, id_for(pattern, mine)))

        assert set(statuses[1:]) <= {403, 404, 405}

    @pytest.mark.parametrize("pattern", ALL)
    def test_does_not_read_with_the_right_to_write(self, pattern):
        writing = [scope for scope in Scope.values if scope.endswith(":write")]
        caller = Caller(make_user(), writing)

        status, *_others = calls(caller, path_of(pattern))

        assert status in {403, 405}
