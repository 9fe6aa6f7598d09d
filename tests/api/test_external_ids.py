"""Rows by the id that another system gave them."""

from functools import partial
from urllib.parse import urlencode

import pytest

from recruit.accounts.choices import Scope
from recruit.applications.models import Application
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job
from tests.api.caller import Caller, assert_problem, fields_in
from tests.factories import make_application, make_candidate, make_job, make_user
from tests.races import at_once

ODD = ["4711", "a/b", "../jobs", "a%2Fb", "ä ö&=?#+", "a//", "*", "x" * 255]


def address(resource, external_id="4711", source="our ats"):
    named = urlencode({"source": source, "external_id": external_id})
    return f"/{resource}/by_external_id?{named}"


def whole(body):
    """Return a body as it was read, as PUT takes it."""
    left_out = {"id", "version", "created_at", "updated_at", "source", "external_id"}
    stated = {name: value for name, value in body.items() if name not in left_out}
    for part in ("skills", "experience", "education", "languages", "documents"):
        for row in stated.get(part, ()):
            for name in ("id", "skill_id", "added_at"):
                row.pop(name, None)
    for row in stated.get("requirements", ()):
        row.pop("skill_id")
    return stated


@pytest.fixture
def person(recruiter):
    """Give the body of somebody new."""
    body = recruiter.get(f"/candidates/{make_candidate('pruning').pk}").json()
    return {**whole(body), "given_name": "Noor", "family_name": "Vos"}


@pytest.fixture
def opening(recruiter):
    """Give the body of a new job."""
    body = recruiter.get(f"/jobs/{make_job('pruning').pk}").json()
    return {**whole(body), "requisition_code": "GARDEN-1"}


@pytest.mark.django_db
class TestPatch:
    def test_changes_what_is_stated(self, recruiter, person):
        made = recruiter.put(address("candidates"), person)

        answer = recruiter.patch(address("candidates"), {"headline": "Gardener"})

        assert answer.status_code == 200
        assert answer.json()["headline"] == "Gardener"
        assert answer.json()["skills"] == made.json()["skills"] != []
        assert answer.json() == recruiter.get(address("candidates")).json()

    def test_may_give_it_another_id(self, recruiter, opening):
        recruiter.put(address("jobs"), opening)

        answer = recruiter.patch(address("jobs"), {"external_id": "4712"})

        assert answer.json()["external_id"] == "4712"
        assert_problem(recruiter.get(address("jobs")), 404)
        assert recruiter.get(address("jobs", "4712")).status_code == 200

    def test_of_a_row_that_is_not_there_makes_none(self, recruiter):
        answer = recruiter.patch(address("candidates"), {"family_name": "Vos"})

        assert_problem(answer, 404)
        assert not Candidate.objects.exists()

    def test_is_refused_with_a_stale_version(self, recruiter, opening):
        made = recruiter.put(address("jobs"), opening)
        recruiter.patch(address("jobs"), {"title": "Rose gardener"})

        headers = {"if_match": made["ETag"]}
        answer = recruiter.patch(address("jobs"), {"title": "Baker"}, **headers)

        assert_problem(answer, 412)
        assert recruiter.get(address("jobs")).json()["title"] == "Rose gardener"

    def test_names_the_field_that_is_wrong(self, recruiter, opening):
        recruiter.put(address("jobs"), opening)

        answer = recruiter.patch(address("jobs"), {"openings": -1, "nothing": 1})

        assert fields_in(answer) == ["nothing"]
        assert_problem(recruiter.patch(address("applications"), {}), 405)

    def test_of_a_confidential_job_of_others_is_of_none(self, recruiter):
        make_job(confidential=True, source="our ats", external_id="4711")

        assert_problem(recruiter.patch(address("jobs"), {"title": "Mine"}), 404)


@pytest.mark.django_db
class TestPut:
    @pytest.mark.parametrize("external_id", ODD)
    def test_creates_and_then_replaces(self, recruiter, person, external_id):
        path = address("candidates", external_id)

        made = recruiter.put(path, person)
        again = recruiter.put(path, {**person, "headline": "Gardener"})

        assert made.status_code == 201
        body = made.json()
        assert (body["source"], body["external_id"]) == ("our ats", external_id)
        location = made["Location"].partition("/api/v1")[2]
        assert location == f"/candidates/{body['id']}"
        assert recruiter.get(location).json() == again.json()
        assert again.status_code == 200
        assert again.json()["id"] == body["id"]
        assert again.json()["headline"] == "Gardener"
        assert again["ETag"] != made["ETag"]
        assert recruiter.get(path).json() == again.json()

    def test_of_equal_input_writes_nothing(self, recruiter, opening):
        made = recruiter.put(address("jobs"), opening)

        again = recruiter.put(address("jobs"), opening)

        assert (made.status_code, again.status_code) == (201, 200)
        assert again["ETag"] == made["ETag"]
        assert again.json() == made.json()

    def test_of_an_application_puts_into_a_pipeline_once(self, recruiter):
        body = {"job": str(make_job().pk), "candidate": str(make_candidate().pk)}

        made = recruiter.put(address("applications"), body)
        again = recruiter.put(address("applications"), body)
        other = recruiter.put(
            address("applications"), {**body, "candidate": str(make_candidate().pk)}
        )

        assert (made.status_code, again.status_code) == (201, 200)
        assert made.json() == again.json()
        assert made.json()["external_id"] == "4711"
        assert assert_problem(other, 409)["errors"][0]["code"] == "not_the_same"

    def test_wants_every_field_but_those_of_the_address(self, recruiter, person):
        del person["headline"]

        answer = recruiter.put(
            address("candidates"), {**person, "external_id": "1", "source": "x"}
        )
        without = recruiter.put(address("candidates"), person)

        assert fields_in(answer) == ["external_id", "source"]
        assert fields_in(without) == ["headline"]

    @pytest.mark.parametrize(
        "query", ["", "?source=x", "?external_id=1", "?source=x&external_id="]
    )
    def test_wants_to_know_which(self, recruiter, person, query):
        answer = recruiter.put(f"/candidates/by_external_id{query}", person)

        assert set(fields_in(answer)) <= {"source", "external_id"}

    def test_only_creates_where_told(self, recruiter, person):
        only = {"if-none-match": "*"}

        made = recruiter.put(address("candidates"), person, **only)
        again = recruiter.put(address("candidates"), person, **only)

        assert made.status_code == 201
        assert_problem(again, 412)

    def test_only_replaces_where_told(self, recruiter, person):
        path = address("candidates")

        for condition in ("*", '"1"'):
            answer = recruiter.put(path, person, **{"if-match": condition})
            assert_problem(answer, 412)
        assert not Candidate.objects.filter(external_id="4711").exists()

        made = recruiter.put(path, person)
        changed = {**person, "headline": "Gardener"}
        good = recruiter.put(path, changed, **{"if-match": made["ETag"]})
        stale = recruiter.put(path, person, **{"if-match": made["ETag"]})
        assert good.status_code == 200
        assert_problem(stale, 412)

    def test_refuses_a_code_that_another_job_has(self, recruiter, opening):
        code = make_job().requisition_code

        answer = recruiter.put(address("jobs"), {**opening, "requisition_code": code})

        assert_problem(answer, 409)

    def test_neither_shows_nor_changes_a_hidden_job(self, recruiter, opening):
        job = make_job(confidential=True, source="our ats", external_id="4711")

        assert_problem(recruiter.get(address("jobs")), 404)
        assert_problem(recruiter.put(address("jobs"), opening), 409)
        assert Job.objects.get(pk=job.pk).title == job.title

    def test_needs_the_scope_and_the_role(self, person, manager):
        reader = Caller(make_user(), [Scope.CANDIDATES_READ])

        for caller in (reader, manager):
            assert_problem(caller.put(address("candidates"), person), 403)


@pytest.mark.django_db
class TestLookUp:
    def test_finds_one_row(self, recruiter):
        job = make_job(source="our ats", external_id="4711")
        make_job(source="other", external_id="4711")

        answer = recruiter.get(address("jobs"))

        assert answer.json() == recruiter.get(f"/jobs/{job.pk}").json()
        assert answer["ETag"]

    @pytest.mark.parametrize("resource", ["jobs", "candidates", "applications"])
    def test_of_nothing_is_a_404(self, recruiter, manager, resource):
        application = make_application(
            make_job(source="our ats", external_id="4711"),
            make_candidate(source="our ats", external_id="4711"),
        )
        Application.objects.filter(pk=application.pk).update(
            source="our ats", external_id="4711"
        )

        assert recruiter.get(address(resource)).status_code == 200
        assert_problem(recruiter.get(address(resource, "4712")), 404)
        assert_problem(manager.get(address(resource)), 404)


class TestRace:
    pytestmark = pytest.mark.django_db(transaction=True)

    def test_of_two_makes_one_row(self, recruiter, person, opening):
        job, candidate = make_job(), make_candidate()
        application = {"job": str(job.pk), "candidate": str(candidate.pk)}

        for resource, body, model in (
            ("candidates", person, Candidate),
            ("jobs", opening, Job),
            ("applications", application, Application),
        ):
            put = partial(recruiter.put, address(resource), body)

            answers = at_once(put, put, put)

            statuses = sorted(answer.status_code for answer in answers)  # type: ignore[attr-defined]
            assert statuses == [200, 200, 201]
            assert model.objects.filter(external_id="4711").count() == 1
