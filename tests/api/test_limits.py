"""How much may be asked at once, and for how long."""

import json
import time
from typing import Any

import pytest
from django.db import connection

from recruit.api.parsers import MOST_LEVELS, MOST_VALUES
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job
from tests.api.caller import Caller, assert_problem
from tests.factories import make_candidate, make_job, make_user

SHORT = 0.4
JOB = {"requisition_code": "LIMIT-1", "title": "Gardener"}


def code_of(answer: Any) -> str:
    return str(json.loads(answer.content)["errors"][0]["code"])


def nested(levels: int) -> Any:
    body: Any = "x"
    for number in range(levels):
        body = [body] if number % 2 else {"a": body}
    return body


@pytest.mark.django_db
class TestDepth:
    def test_within_the_limit_is_about_the_fields(self, recruiter):
        answer = recruiter.post("/jobs", {**JOB, "title": nested(MOST_LEVELS - 1)})

        assert_problem(answer, 400)
        assert answer.json()["errors"][0]["field"] == "title"

    @pytest.mark.parametrize("levels", [MOST_LEVELS, 500, 5_000])
    def test_beyond_it_is_a_400(self, recruiter, levels):
        raw = b'{"title": ' + b"[" * levels + b"]" * levels + b"}"

        answer = recruiter.post("/jobs", raw)

        assert_problem(answer, 400)
        assert code_of(answer) == "nested_too_deeply"

    def test_counts_no_brackets_in_texts(self, recruiter):
        answer = recruiter.post("/jobs", {**JOB, "description": "[" * 500})

        assert answer.status_code == 201


@pytest.mark.django_db
class TestNumberOfValues:
    def test_beyond_the_limit_is_a_400(self, recruiter):
        raw = b'{"title": [' + b"0," * MOST_VALUES + b"0]}"

        answer = recruiter.post("/jobs", raw)

        assert_problem(answer, 400)
        assert code_of(answer) == "too_many_values"

    def test_counts_no_commas_in_texts(self, recruiter):
        raw = {**JOB, "description": "," * MOST_VALUES}

        assert recruiter.post("/jobs", raw).status_code == 201


@pytest.mark.django_db
class TestHalvesOfCharacters:
    @pytest.mark.parametrize(
        "name", [rb"\ud800", rb"\udc00", rb"\\ud800\udc00", rb"\ud800\\udc00"]
    )
    def test_are_a_400_in_values_and_in_names(self, recruiter, name):
        for raw in (b'{"title": "%b"}' % name, b'{"title": [{"%b": 1}]}' % name):
            answer = recruiter.post("/jobs", raw)

            assert_problem(answer, 400)
            assert code_of(answer) == "parse_error"

    def test_are_none_behind_a_backslash_or_together(self, recruiter):
        raw = json.dumps({**JOB, "title": "\\ud800 \U0001f33c"}).encode()

        answer = recruiter.post("/jobs", raw)

        assert answer.status_code == 201
        assert answer.json()["title"] == "\\ud800 \U0001f33c"


def sleep(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])


@pytest.mark.django_db(transaction=True)
class TestTime:
    @pytest.fixture(autouse=True)
    def _hurried(self, settings: Any) -> None:
        settings.API_TIMEOUT_SECONDS = SHORT

    def test_of_one_statement_is_limited(self, monkeypatch, settings):
        caller = Caller(make_user())

        def write_and_sleep(**_said: object) -> None:
            make_candidate()
            sleep(20)

        with monkeypatch.context() as patched:
            patched.setattr("recruit.api.views.jobs.create_job", write_and_sleep)
            begun = time.monotonic()
            for headers in ({}, {"idempotency_key": "k"}):
                answer = caller.post("/jobs", JOB, **headers)
                assert_problem(answer, 503)
                assert code_of(answer) == "timed_out"

        assert time.monotonic() - begun < 10
        assert not Candidate.objects.exists()
        settings.API_TIMEOUT_SECONDS = 30
        assert caller.post("/jobs", JOB, idempotency_key="k").status_code == 201

    def test_of_many_statements_is_limited(self, monkeypatch):
        caller = Caller(make_user())

        def sleep_often(*_args: object, **_said: object) -> None:
            for _ in range(200):
                sleep(SHORT / 4)

        monkeypatch.setattr("recruit.api.views.jobs.sourced", sleep_often)

        answer = caller.get("/jobs")

        assert_problem(answer, 503)
        assert code_of(answer) == "timed_out"

    def test_is_limited_for_the_request_alone(self):
        Caller(make_user()).get("/jobs")

        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("0",)
        sleep(SHORT * 2)

    def test_can_be_unlimited(self, settings, monkeypatch):
        settings.API_TIMEOUT_SECONDS = 0

        def slow(*_args: object, **_said: object) -> Any:
            sleep(SHORT * 2)
            return Job.objects.none()

        monkeypatch.setattr("recruit.api.views.jobs.sourced", slow)

        assert Caller(make_user()).get("/jobs").status_code == 200


@pytest.mark.django_db
class TestMethod:
    @pytest.mark.parametrize("path", ["/jobs", "/jobs?per_page=1", "/jobs/ID"])
    def test_head_is_get_without_the_body(self, recruiter, path):
        path = path.replace("ID", str(make_job().pk))

        head, whole = recruiter.head(path), recruiter.get(path)

        assert head.status_code == 200
        assert head.content == b""
        assert head.get("ETag") == whole.get("ETag")
        assert head["Content-Type"] == whole["Content-Type"]

    def test_head_of_nothing_is_a_404(self, recruiter):
        assert recruiter.head(f"/jobs/{recruiter.user.pk}").status_code == 404

    def test_options_tells_what_may_be_asked(self, recruiter):
        answer = recruiter.options("/jobs")

        assert answer.status_code == 204
        assert answer["Allow"] == "GET, POST, HEAD, OPTIONS"
        assert answer.content == b""
        assert "Content-Length" not in answer.headers

    def test_options_is_for_callers_alone(self, client, db):
        assert_problem(client.options("/api/v1/jobs"), 401)

    @pytest.mark.parametrize("method", ["TRACE", "DELETE", "PROPFIND", "CONNECT"])
    def test_that_is_none_of_the_address_is_a_405(self, recruiter, method):
        answer = recruiter.call(method, "/jobs")

        assert_problem(answer, 405)
        assert answer["Allow"] == "GET, POST, HEAD, OPTIONS"

    @pytest.mark.parametrize("path", ["/schema", "/docs"])
    def test_of_the_documentation_is_answered(self, recruiter, path):
        answer = recruiter.options(path)

        assert_problem(answer, 405)
        assert "GET" in answer["Allow"]
