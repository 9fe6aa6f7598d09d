"""Every error below /api/ is a problem."""

import json

import pytest
from django.core.exceptions import ValidationError

from recruit.api.parsers import MOST_BYTES
from recruit.api.problems import snake_case
from tests.api.caller import assert_problem, fields_in
from tests.factories import make_job


class TestBody:
    @pytest.mark.parametrize(
        "raw",
        [
            b"{",
            b"",
            b"null",
            b"[]",
            b"5",
            b'"text"',
            b"\xff\xfe{}",
            b"[" * 100_000,
            b'{"title": NaN}',
            b'{"openings": Infinity}',
            b'{"openings": ' + b"9" * 5000 + b"}",
            b'{"openings": 1e999999999}',
            b'{"salary_min": 1e400}',
            b'{"salary_min": 1e-400}',
            b'{"title": "\\ud800"}',
            b'{"\\ud800": 1}',
            b'{"\\u0000": 1}',
            b'{"title": "\\u0000"}',
        ],
    )
    def test_that_cannot_be_read_is_a_400(self, recruiter, raw):
        answer = recruiter.post("/jobs", raw)

        assert_problem(answer, 400)

    def test_takes_characters_of_two_halves(self, recruiter):
        raw = b'{"requisition_code": "E-1", "title": "\\ud83c\\udf31"}'

        answer = recruiter.post("/jobs", raw)

        assert answer.json()["title"] == "🌱"

    def test_that_is_too_large_is_a_413(self, recruiter):
        raw = json.dumps({"description": "x" * MOST_BYTES}).encode()

        answer = recruiter.post("/jobs", raw)

        assert_problem(answer, 413)

    def test_in_chunks_is_a_411(self, recruiter):
        headers = {"transfer-encoding": "chunked", "content-length": ""}

        answer = recruiter.post("/jobs", {"title": "x"}, **headers)

        assert_problem(answer, 411)

    @pytest.mark.parametrize(
        "content_type",
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"],
    )
    def test_of_another_type_is_a_415(self, recruiter, client, content_type):
        answer = client.generic(
            "POST",
            "/api/v1/jobs",
            b"title=x",
            content_type=content_type,
            headers={"authorization": f"Bearer {recruiter.secret}"},
        )

        (error,) = assert_problem(answer, 415)["errors"]
        sentence = f"“{content_type}” is not taken here. Send application/json."
        assert error["message"] == sentence
        assert error["code"] == "unsupported_media_type"

    def test_with_many_bad_fields_names_all(self, recruiter):
        answer = recruiter.post("/jobs", {"title": 1, "openings": "x"})

        assert set(fields_in(answer)) == {"title", "openings", "requisition_code"}

    def test_that_is_long_and_wrong_is_not_quoted_whole(self, recruiter):
        answer = recruiter.post("/jobs", {"status": "x" * 100_000, "y" * 100_000: 1})

        assert_problem(answer, 400)
        assert len(answer.content) < 5000


class TestAddress:
    @pytest.mark.parametrize(
        "path", ["/nothing", "/jobs//", "/jobs/x", "", "/jobs/%00", "/jobs/REQ-1"]
    )
    def test_that_is_unknown_is_a_404(self, recruiter, path):
        assert_problem(recruiter.get(path), 404)
        assert_problem(recruiter.post(path, {}), 404)

    def test_outside_this_version_is_a_404(self, client, db):
        assert_problem(client.get("/api/v2/jobs"), 404)
        assert_problem(client.get("/api/"), 404)


class TestRequest:
    @pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE"])
    def test_with_another_method_and_parameters_is_a_405(self, recruiter, method):
        answer = recruiter.call(method, "/jobs?per_page=nonsense&x=1")

        assert_problem(answer, 405)
        assert "GET" in answer["Allow"]

    def test_with_another_method_is_a_405(self, recruiter):
        job = make_job()

        answer = recruiter.delete(f"/jobs/{job.pk}")

        assert_problem(answer, 405)
        assert "PATCH" in answer["Allow"]

    def test_for_another_format_is_a_406(self, recruiter):
        assert_problem(recruiter.get("/jobs", accept="text/csv"), 406)

    def test_with_thousands_of_parameters_is_a_400(self, recruiter):
        query = "&".join(f"p{number}=1" for number in range(2000))

        assert_problem(recruiter.get(f"/jobs?{query}"), 400)

    def test_with_parameters_for_a_single_row_is_a_400(self, recruiter):
        answer = recruiter.get(f"/jobs/{make_job().pk}?expand=all")

        assert fields_in(answer) == ["expand"]

    def test_that_fails_by_our_mistake_is_a_500(self, recruiter, monkeypatch):
        def fail(*_args: object, **_kwargs: object) -> None:
            raise RuntimeError

        monkeypatch.setattr("recruit.api.views.jobs.sourced", fail)

        answer = recruiter.get("/jobs")

        body = assert_problem(answer, 500)
        assert body["errors"][0]["code"] == "internal_server_error"

    def test_to_a_strange_host_is_a_400(self, recruiter):
        assert_problem(recruiter.get("/jobs", host="a b"), 400)


class TestSnakeCase:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [("JobClosed", "job_closed"), ("Not Found", "not_found")],
    )
    def test_joins_the_words(self, name, expected):
        assert snake_case(name) == expected


class TestModelErrors:
    def test_of_an_operation_keep_their_fields(self, recruiter):
        body = {"requisition_code": "M-1", "title": "x", "salary_min": 5}

        assert fields_in(recruiter.post("/jobs", body)) == ["salary_currency"]

    def test_without_a_field_name_none(self, recruiter, monkeypatch):
        def refuse(**_said: object) -> None:
            raise ValidationError("Not on a Sunday.")

        monkeypatch.setattr("recruit.api.views.jobs.create_job", refuse)
        body = {"requisition_code": "M-1", "title": "x"}

        assert fields_in(recruiter.post("/jobs", body)) == [None]
