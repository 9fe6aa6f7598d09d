"""The OpenAPI schema says what the API does."""

import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from recruit.api.urls import urlpatterns
from tests.api.caller import Caller, assert_problem
from tests.api.stated import resolved
from tests.api.test_candidates import FULL as CANDIDATE
from tests.api.test_jobs import FULL as JOB
from tests.factories import make_application, make_candidate, make_job

# A name kept for examples, this machine, and where ESCO's codes begin.
OF_EXAMPLES = {"example.org", "127.0.0.1:8000", "data.europa.eu"}


def assert_matches(schema: dict[str, Any], reference: str, body: object) -> None:
    wanted = {**schema, "$ref": reference}
    errors = [error.message for error in Draft202012Validator(wanted).iter_errors(body)]
    assert errors == []


def answer_of(schema: dict[str, Any], path: str, method: str, status: int) -> str:
    """Return the reference of what an operation answers with a status."""
    answers = schema["paths"][f"/api/v1{path}"][method]["responses"]
    (content,) = resolved(answers[str(status)])["content"].values()
    reference: str = content["schema"]["$ref"]
    return reference


class TestSchema:
    def test_names_every_address(self, schema):
        stated = {path.removeprefix("/api/") for path in schema["paths"]}

        addresses = {
            re.sub(r"<uuid:(\w+)>", r"{\1}", str(one.pattern)).replace("{pk}", "{id}")
            for one in urlpatterns
        }

        assert addresses - stated == {
            *("v1/schema", "v1/docs", ""),
            "v1/downloads/<str:word>",  # given out by other answers
        }

    def test_names_no_other_host(self, client, db):
        answer = client.get("/api/v1/schema")

        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("application/vnd.oai.openapi+json")
        hosts = set(re.findall(r"https?://([^/\"]+)", answer.text))
        assert hosts <= OF_EXAMPLES


class TestCoverage:
    """docs/api.md says what is written elsewhere."""

    def writes(self, schema: dict[str, Any], *paths: str) -> set[str]:
        stated = [schema["paths"][f"/api/v1/{path}"] for path in paths]
        return {method for one in stated for method in one} - {"get"}

    def test_of_jobs_people_and_applications_knows_no_end(self, schema):
        rows = ("jobs/{id}", "candidates/{id}", "applications/{id}")

        assert "delete" not in self.writes(schema, *rows)

    def test_of_what_administrators_set_up_is_reading(self, schema):
        paths = (
            *("skills", "skills/{id}", "jobs/{id}/stages", "users", "users/{id}"),
            *("disposition_reasons", "disposition_reasons/{id}", "events"),
        )

        assert self.writes(schema, *paths) == set()
        assert not [path for path in schema["paths"] if "token" in path]


class TestAnswers:
    @pytest.mark.parametrize(
        ("path", "body"), [("/jobs", JOB), ("/candidates", CANDIDATE)]
    )
    def test_to_a_new_row_are_as_stated(self, recruiter, schema, path, body):
        answer = recruiter.post(path, body)

        assert_matches(schema, answer_of(schema, path, "post", 201), answer.json())
        assert_matches(schema, answer_of(schema, path, "post", 400),
                       assert_problem(recruiter.post(path, {}), 400))  # fmt: skip

    @pytest.mark.parametrize(
        "path",
        ["/jobs", "/candidates", "/applications", "/skills", "/disposition_reasons"],
    )
    def test_to_a_list_are_as_stated(self, recruiter: Caller, schema, path):
        recruiter.post("/jobs", JOB)
        recruiter.post("/candidates", CANDIDATE)
        application = make_application(make_job(), make_candidate())
        moves = f"/applications/{application.pk}/move"
        recruiter.post(moves, {"to_stage": "interview"})

        answer = recruiter.get(f"{path}?per_page=1")

        assert_matches(schema, answer_of(schema, path, "get", 200), answer.json())

    def test_with_a_problem_are_as_stated(self, recruiter, schema):
        problem = assert_problem(recruiter.get("/nothing"), 404)

        assert_matches(schema, "#/components/schemas/Problem", problem)
