"""How many requests a caller may make."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client

from recruit.api.models import RequestCount
from recruit.api.rates import MOST_FAILURES, Rate, count_failure, count_request
from recruit.api.tasks import forget
from tests.api.caller import Caller, assert_problem
from tests.factories import NOW, make_user
from tests.races import at_once

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

POLICY = '"default";q=3;w=60'


@pytest.fixture
def _three_a_minute(settings: "Settings") -> None:
    settings.API_RATE = 3


@pytest.mark.django_db
@pytest.mark.usefixtures("_three_a_minute")
class TestQuota:
    def test_is_told_with_every_answer(self, recruiter):
        left = []
        for path in ("/jobs", "/nothing-here", "/jobs/x", "/skills"):
            answer = recruiter.get(path)
            if answer.has_header("RateLimit"):
                assert answer["RateLimit-Policy"] == POLICY
                left.append(answer["RateLimit"])

        assert left == ['"default";r=2;t=60', '"default";r=1;t=60']

    def test_beyond_it_is_a_429(self, recruiter):
        answers = [recruiter.get("/jobs") for _ in range(5)]

        assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 2
        body = assert_problem(answers[3], 429)
        assert body["errors"][0]["code"] == "too_many_requests"
        found = re.fullmatch(r'"default";r=0;t=(\d+)', answers[3]["RateLimit"])
        assert found is not None
        assert answers[3]["Retry-After"] == found[1]
        assert answers[3]["RateLimit-Policy"] == POLICY

    def test_counts_what_is_refused(self, recruiter):
        for _ in range(3):
            assert_problem(recruiter.post("/jobs", {}), 400)

        assert_problem(recruiter.get("/jobs"), 429)

    def test_counts_what_lacks_the_scope(self):
        caller = Caller(make_user(), [])
        for _ in range(3):
            assert_problem(caller.get("/jobs"), 403)

        assert_problem(caller.get("/jobs"), 429)

    def test_is_told_with_a_mistake_of_ours(self, recruiter, monkeypatch):
        monkeypatch.setattr("recruit.api.views.jobs.sourced", None)

        answer = recruiter.get("/jobs")

        assert_problem(answer, 500)
        assert answer["RateLimit"] == '"default";r=2;t=60'

    def test_belongs_to_one_token(self, recruiter):
        other = Caller(recruiter.user)
        for _ in range(4):
            recruiter.get("/jobs")

        assert other.get("/jobs").status_code == 200

    def test_of_a_session_belongs_to_the_account(self):
        user = make_user()
        statuses = []
        for _ in range(2):
            client = Client()
            client.force_login(user)
            statuses += [client.get("/api/v1/jobs").status_code for _ in range(2)]

        assert statuses == [200, 200, 200, 429]

    def test_does_no_write_when_it_is_used_up(self, recruiter):
        for _ in range(3):
            recruiter.get("/jobs")
        body = {"requisition_code": "R-1", "title": "Gardener"}

        answer = recruiter.post("/jobs", body, idempotency_key="k")

        assert_problem(answer, 429)
        RequestCount.objects.all().delete()
        assert recruiter.post("/jobs", body, idempotency_key="k").status_code == 201

    def test_can_be_off(self, recruiter, settings):
        settings.API_RATE = 0

        answers = [recruiter.get("/jobs") for _ in range(5)]

        assert {answer.status_code for answer in answers} == {200}
        assert "RateLimit" not in answers[0].headers
        assert not RequestCount.objects.exists()

    def test_is_not_told_where_nothing_is_counted(self, client, recruiter):
        assert "RateLimit" not in client.get("/api/v1/jobs").headers
        assert "RateLimit" not in recruiter.get("/nothing-here").headers
        assert "RateLimit" not in recruiter.get("/schema").headers


@pytest.mark.django_db
@pytest.mark.usefixtures("_three_a_minute")
class TestCountRequest:
    def test_begins_anew_after_a_minute(self):
        for _ in range(9):
            count_request("token:x", now=NOW)
        almost = count_request("token:x", now=NOW + timedelta(seconds=59))
        after = count_request("token:x", now=NOW + timedelta(seconds=60))

        assert almost == Rate(quota=3, requests=4, resets_in_seconds=1)
        assert almost.is_exceeded
        assert after == Rate(quota=3, requests=1, resets_in_seconds=60)

    def test_takes_one_statement(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            count_request("token:x", now=NOW)

    def test_is_kept_for_a_minute_only(self):
        count_request("token:x", now=NOW)

        forget(timestamp=0)

        assert not RequestCount.objects.exists()

    def test_flushes_nothing_to_the_disk(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relpersistence FROM pg_class WHERE relname = 'api_requestcount'"
            )
            assert cursor.fetchone() == ("u",)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_misses_no_request(self, settings):
        settings.API_RATE = 5
        caller = Caller(make_user())

        answers: list[Any] = at_once(*[lambda: caller.get("/skills")] * 8)

        statuses = sorted(answer.status_code for answer in answers)
        assert statuses == [200] * 5 + [429] * 3


@pytest.mark.django_db
@pytest.mark.usefixtures("_three_a_minute")
class TestTokensThatAreNone:
    def test_are_limited_by_address(self, client):
        def guess(address: str) -> Any:
            return client.get(
                "/api/v1/jobs",
                headers={"authorization": "Bearer guess"},
                REMOTE_ADDR=address,
            )

        first, *_others = [guess("192.0.2.1") for _ in range(MOST_FAILURES)]
        assert_problem(first, 401)
        assert first["RateLimit-Policy"] == '"failures";q=30;w=60'
        assert first["RateLimit"] == '"failures";r=29;t=60'

        answer = guess("192.0.2.1")
        assert_problem(answer, 429)
        assert answer["RateLimit"].startswith('"failures";r=0;')
        assert int(answer["Retry-After"]) <= 60
        assert_problem(guess("192.0.2.2"), 401)

    def test_do_not_lock_out_who_shares_the_address(self, client, recruiter):
        for _ in range(MOST_FAILURES + 1):
            client.get("/api/v1/jobs", headers={"authorization": "Bearer guess"})

        assert recruiter.get("/jobs").status_code == 200

    def test_from_one_network_of_ipv6_count_together(self):
        rates = [
            count_failure(address, now=NOW)
            for address in ("2001:db8::1", "2001:db8::2", "2001:db8:1::1", None)
        ]

        assert [rate and rate.requests for rate in rates] == [1, 2, 1, 1]

    def test_of_nobody_are_not_counted(self, client):
        for _ in range(MOST_FAILURES + 1):
            assert_problem(client.get("/api/v1/jobs"), 401)
