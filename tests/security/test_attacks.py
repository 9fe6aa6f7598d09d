"""What somebody sends who means harm: taken for what it is, and refused."""

import pytest

from tests.api.caller import Caller, assert_problem
from tests.factories import make_candidate, make_job, make_user

pytestmark = pytest.mark.django_db

LISTS = ("/candidates", "/jobs", "/applications", "/skills", "/notes", "/tags")


@pytest.fixture
def caller() -> Caller:
    return Caller(make_user())


class TestCursor:
    @pytest.mark.parametrize("other", [one for one in LISTS if one != "/candidates"])
    def test_of_another_list_is_refused(self, caller, other):
        make_candidate()
        make_candidate()
        following = caller.get("/candidates?per_page=1").json()["next"]
        cursor = following.partition("cursor=")[2].partition("&")[0]

        answer = caller.get(f"{other}?cursor={cursor}")

        assert_problem(answer, 400)

    def test_that_was_changed_is_refused(self, caller):
        make_job()
        make_job()
        following = caller.get("/jobs?per_page=1").json()["next"]
        cursor = following.partition("cursor=")[2].partition("&")[0]

        for changed in (cursor[:-1], cursor + "A", cursor[1:], cursor.swapcase()):
            assert_problem(caller.get(f"/jobs?cursor={changed}"), 400)


class TestIdempotencyKey:
    @pytest.mark.parametrize(
        "key", ["a b", "a\tb", "ä", "x" * 256, "", "a,b\x7f", "a\x00b"]
    )
    def test_with_other_characters_is_refused(self, caller, key):
        body = {"requisition_code": "ATTACK-1", "title": "x"}

        answer = caller.post("/jobs", body, **{"idempotency-key": key})

        assert_problem(answer, 400)

    def test_of_somebody_else_replays_nothing_of_theirs(self, caller):
        body = {"family_name": "Attacked", "headline": "theirs"}
        theirs = caller.post("/candidates", body, **{"idempotency-key": "k-1"})

        mine = Caller(make_user()).post(
            "/candidates", body, **{"idempotency-key": "k-1"}
        )

        assert "Idempotency-Replayed" not in mine
        assert mine.json()["id"] != theirs.json()["id"]


class TestRequestId:
    def test_of_the_caller_brings_nothing_into_headers(self, caller):
        evil = "x\r\nSet-Cookie: session=evil"

        answer = caller.get("/jobs", **{"x-request-id": evil})

        assert "evil" not in answer["X-Request-Id"]
        assert "Set-Cookie" not in answer
