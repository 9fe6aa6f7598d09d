"""`fields=` and `include=` where one row is read."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from recruit.accounts.choices import Scope
from recruit.applications.blinding import hide_names
from recruit.candidates.inputs import DocumentInput
from recruit.notes.models import Note, Tag
from recruit.skills.models import Skill
from recruit.talent.models import SavedSearch, TalentPool
from tests.api.caller import RANDOM, Caller, assert_problem, fields_in
from tests.api.test_shape import make
from tests.factories import (
    ACTOR,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
    reason_for,
)

pytestmark = pytest.mark.django_db
CV = "Write to kim@example.org"
NAMED: dict[str, Any] = {"source": "their-ats", "external_id": "7/1 ?"}
ASKED = "source=their-ats&external_id=7%2F1%20%3F"


def row_of(resource: str) -> Any:
    """Make one row of a kind."""
    make(resource, 1)
    if resource == "disposition_reasons":
        return reason_for("rejected")
    if resource == "users":
        return make_user()
    kinds = {"notes": Note, "tags": Tag, "skills": Skill, "talent_pools": TalentPool}
    return (kinds | {"saved_searches": SavedSearch})[resource].objects.first()  # type: ignore[attr-defined]


def job_and_person() -> Any:
    person = make_candidate(
        "Pruning",
        emails=["kim@example.org"],
        documents=[DocumentInput(title="CV", text=CV)],
    )
    return make_application(make_job("Planting"), person)


class TestFields:
    @pytest.mark.parametrize(
        ("resource", "asked", "kept"),
        [
            ("candidates", "headline,documents", {"id", "headline", "documents"}),
            ("candidates", "id", {"id"}),
            ("jobs", "title, requirements", {"id", "title", "requirements"}),
            ("applications", "candidate,stage", {"id", "candidate", "stage"}),
            ("skills", "name,labels", {"id", "name", "labels"}),
            ("notes", "versions,text", {"id", "text", "versions"}),
            ("tags", "name", {"id", "name"}),
            ("talent_pools", "member_count", {"id", "member_count"}),
            ("saved_searches", "query", {"id", "query"}),
            ("users", "email", {"id", "email"}),
            ("disposition_reasons", "code", {"id", "code"}),
        ],
    )
    def test_keep_those_named_and_the_id(
        self, recruiter, schema, resource, asked, kept
    ):
        application = job_and_person()
        rows = {
            "candidates": application.candidate,
            "jobs": application.job,
            "applications": application,
        }
        row = rows.get(resource) or row_of(resource)
        path = f"/{resource}/{row.pk}"
        whole = recruiter.get(path).json()

        answer = recruiter.get(f"{path}?fields={asked}").json()

        assert answer == {name: whole[name] for name in kept}
        stated = schema["paths"][f"/api/v1/{resource}/{{id}}"]["get"]["responses"]
        (content,) = stated["200"]["content"].values()
        as_stated = Draft202012Validator({**schema, **content["schema"]})
        assert as_stated.is_valid(whole)
        assert as_stated.is_valid(answer)
        del answer["id"]
        assert not as_stated.is_valid(answer)

    @pytest.mark.parametrize("resource", ["candidates", "jobs", "applications"])
    def test_that_are_unknown_are_named(self, recruiter, resource):
        application = job_and_person()
        row = {
            "candidates": application.candidate_id,
            "jobs": application.job_id,
            "applications": application.pk,
        }[resource]
        for asked in ("id,nonsense", "", "id,,", "related"):
            answer = recruiter.get(f"/{resource}/{row}?fields={asked}")
            assert fields_in(answer) == ["fields"]

    def test_of_a_row_that_is_not_there_are_a_404(self, recruiter):
        hidden = make_job(confidential=True)

        for one in (hidden.pk, RANDOM):
            answer = recruiter.get(f"/jobs/{one}?fields=id&include=application_counts")
            assert_problem(answer, 404)

    @pytest.mark.parametrize("resource", ["candidates", "jobs", "applications"])
    def test_are_not_for_writes(self, recruiter, resource):
        answer = recruiter.post(f"/{resource}?fields=id", {})

        assert fields_in(answer) == ["fields"]

    def test_leave_out_parts_that_are_not_read(self, recruiter):
        path = f"/candidates/{job_and_person().candidate_id}?fields=headline"

        with CaptureQueriesContext(connection) as queries:
            recruiter.get(path)

        read = " ".join(one["sql"] for one in queries)
        assert "candidates_document" not in read
        assert "candidates_candidateskill" not in read


class TestInclude:
    def test_of_a_candidate(self, recruiter):
        application = job_and_person()
        path = f"/candidates/{application.candidate_id}"
        whole = recruiter.get(path).json()

        found = recruiter.get(f"{path}?include=applications,document_texts").json()

        assert "related" not in whole
        assert found == whole | {
            "related": {
                "applications": [
                    recruiter.get(f"/applications/{application.pk}").json()
                ],
                "document_texts": [{"id": whole["documents"][0]["id"], "text": CV}],
            }
        }

    def test_of_a_job(self, recruiter):
        job = job_and_person().job

        found = recruiter.get(
            f"/jobs/{job.pk}?include=application_counts&fields=id"
        ).json()

        assert found == {
            "id": str(job.pk),
            "related": {"application_counts": {"applied": 1}},
        }

    def test_of_an_application(self, recruiter):
        application = job_and_person()
        (person,) = recruiter.get("/candidates").json()["items"]

        found = recruiter.get(
            f"/applications/{application.pk}?include=job,candidate"
        ).json()

        assert found["related"] == {
            "job": recruiter.get(f"/jobs/{application.job_id}").json(),
            "candidate": person,
        }

    def test_names_nobody_whom_a_job_hides(self, recruiter):
        application = job_and_person()
        hide_names(
            job_id=application.job_id, reveal_stage="offer", actor=ACTOR, changed_at=NOW
        )

        one = recruiter.get(
            f"/applications/{application.pk}?include=candidate,job"
        ).json()
        person = recruiter.get(
            f"/candidates/{application.candidate_id}?include=applications"
        ).json()

        assert one["related"]["candidate"] is None
        assert one["candidate"] != str(application.candidate_id)
        assert person["related"]["applications"] == []

    def test_shows_nothing_of_a_confidential_job(self):
        caller = Caller(make_user(), [Scope.CANDIDATES_READ, Scope.APPLICATIONS_READ])
        job = make_job(confidential=True, recruiters=[caller.user])
        person = make_application(job).candidate_id

        found = caller.get(f"/candidates/{person}?include=applications").json()

        assert found["related"] == {"applications": []}

    @pytest.mark.parametrize(
        ("resource", "include", "scope"),
        [
            ("candidates", "applications", Scope.CANDIDATES_READ),
            ("candidates", "document_texts", Scope.CANDIDATES_READ),
            ("jobs", "application_counts", Scope.JOBS_READ),
            ("applications", "job", Scope.APPLICATIONS_READ),
            ("applications", "candidate", Scope.APPLICATIONS_READ),
        ],
    )
    def test_needs_the_scope_that_reads_it(self, resource, include, scope):
        application = job_and_person()
        row = {
            "candidates": application.candidate_id,
            "jobs": application.job_id,
            "applications": application.pk,
        }[resource]
        caller = Caller(make_user(), [scope])

        assert caller.get(f"/{resource}/{row}").status_code == 200
        assert_problem(caller.get(f"/{resource}/{row}?include={include}"), 403)

    def test_keeps_contacts_from_who_may_not_see_them(self):
        scopes = [Scope.CANDIDATES_READ, Scope.APPLICATIONS_READ, Scope.DOCUMENTS_READ]
        caller, application = Caller(make_user(), scopes), job_and_person()

        for path in (
            f"/applications/{application.pk}?include=candidate",
            f"/candidates/{application.candidate_id}?include=document_texts",
        ):
            answer = caller.get(path)
            assert answer.status_code == 200
            assert b"kim@" not in answer.content

    @pytest.mark.parametrize("resource", ["skills", "users", "disposition_reasons"])
    def test_is_unknown_where_nothing_is_related(self, recruiter, resource):
        row = row_of(resource)

        answer = recruiter.get(f"/{resource}/{row.pk}?include=x")

        assert fields_in(answer) == ["include"]

    def test_that_is_unknown_is_named(self, recruiter):
        job = make_job()

        for asked in ("x", "", "application_counts,x"):
            answer = recruiter.get(f"/jobs/{job.pk}?include={asked}")
            assert fields_in(answer) == ["include"]


class TestByExternalId:
    def test_takes_both(self, recruiter):
        application = make_application(make_job(**NAMED), make_candidate(**NAMED))

        job = recruiter.get(
            f"/jobs/by_external_id?{ASKED}&fields=source&include=application_counts"
        ).json()
        person = recruiter.get(
            f"/candidates/by_external_id?{ASKED}&fields=id&include=applications"
        ).json()

        assert job == {
            "id": str(application.job_id),
            "source": NAMED["source"],
            "related": {"application_counts": {"applied": 1}},
        }
        assert set(person) == {"id", "related"}
        assert person["related"]["applications"][0]["id"] == str(application.pk)

    @pytest.mark.parametrize("resource", ["candidates", "jobs", "applications"])
    def test_does_not_when_it_writes(self, recruiter, resource):
        answer = recruiter.put(f"/{resource}/by_external_id?{ASKED}&fields=id", {})

        assert fields_in(answer) == ["fields"]


class TestEntityTag:
    def test_is_another_when_what_is_related_changed(self, recruiter):
        job = make_job()
        path = f"/jobs/{job.pk}?include=application_counts"
        seen = recruiter.get(path)["ETag"]
        again = recruiter.get(path, if_none_match=seen)
        make_application(job)

        answer = recruiter.get(path, if_none_match=seen)

        assert again.status_code == 304
        assert answer.status_code == 200
        assert answer.json()["version"] == job.version
        assert answer.json()["related"] == {"application_counts": {"applied": 1}}

    def test_of_another_shape_is_no_304(self, recruiter):
        path = f"/jobs/{make_job().pk}"
        shapes = [path, f"{path}?fields=title", f"{path}?include=application_counts"]
        tags = [recruiter.get(one)["ETag"] for one in shapes]

        assert len(set(tags)) == len(shapes)
        for one, tag in zip(shapes, tags[1:] + tags[:1], strict=True):
            assert recruiter.get(one, if_none_match=tag).status_code == 200

    @pytest.mark.parametrize("shape", ["", "?fields=id", "?include=application_counts"])
    def test_lets_a_write_through_until_the_row_changes(self, recruiter, shape):
        job = make_job()
        path = f"/jobs/{job.pk}"
        seen = recruiter.get(f"{path}{shape}")["ETag"]
        make_application(job)  # changes what is related, not the job

        first = recruiter.patch(path, {"title": "One"}, if_match=seen)
        second = recruiter.patch(path, {"title": "Two"}, if_match=seen)

        assert first.status_code == 200
        assert_problem(second, 412)
        assert_problem(recruiter.get(f"{path}{shape}", if_match=seen), 412)
