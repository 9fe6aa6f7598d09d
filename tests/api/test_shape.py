"""`fields=` and `include=`: less of each row, and more beside it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recruit.accounts.choices import Role, Scope
from recruit.applications.blinding import hide_names
from recruit.candidates.inputs import DocumentInput
from recruit.candidates.operations import erase_candidate
from recruit.notes.operations import write_note
from recruit.notes.tagging import create_tag
from recruit.talent.operations import create_pool
from recruit.talent.searches import save_search
from tests.api.caller import Caller, assert_problem, fields_in
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)

pytestmark = pytest.mark.django_db
KEPT = ["notes", "tags", "talent_pools", "saved_searches"]
LISTS = ["candidates", "jobs", "applications", "skills"]


def make(resource, number):
    for _number in range(number):
        job = make_job("Pruning", hiring_manager=make_user(Role.HIRING_MANAGER))
        person = make_candidate(
            f"Skill {_number}",
            "Pruning",
            documents=[DocumentInput(title="CV", text="Roses.")],
        )
        make_application(job, person)
        if resource in KEPT:
            make_kept(_number, person)


def make_kept(number, person):
    """Make what colleagues keep about people, for all to read."""
    write_note(text="Keen.", candidate_id=person.pk, actor=ACTOR, written_at=NOW)
    create_tag(name=f"Tag {number}", actor=ACTOR, created_at=NOW)
    kept: dict[str, Any] = {"name": "Kept", "is_shared": True, "actor": ACTOR}
    create_pool(owner=make_user(), created_at=NOW, **kept)
    save_search(owner=make_user(), query="country=BE", saved_at=NOW, **kept)


def statements(caller, path):
    with CaptureQueriesContext(connection) as queries:
        answer = caller.get(path)
    assert answer.status_code == 200, answer.content
    return len(queries)


class TestFields:
    @pytest.mark.parametrize(
        ("resource", "asked", "kept"),
        [
            ("candidates", "headline,skills", {"id", "headline", "skills"}),
            ("candidates", "id", {"id"}),
            ("jobs", "title, status", {"id", "title", "status"}),
            ("applications", "candidate", {"id", "candidate"}),
            ("skills", "name", {"id", "name"}),
            ("notes", "text,candidate", {"id", "text", "candidate"}),
            ("tags", "name", {"id", "name"}),
            ("talent_pools", "name,version", {"id", "name", "version"}),
            ("saved_searches", "query", {"id", "query"}),
            ("users", "email", {"id", "email"}),
            ("disposition_reasons", "code", {"id", "code"}),
        ],
    )
    def test_keep_those_named_and_the_id(self, recruiter, resource, asked, kept):
        make(resource, 2)
        whole = recruiter.get(f"/{resource}").json()["items"]

        rows = recruiter.get(f"/{resource}?fields={asked}").json()["items"]

        assert rows
        assert rows == [{name: row[name] for name in kept} for row in whole]

    @pytest.mark.parametrize("resource", LISTS)
    def test_that_are_unknown_are_named(self, recruiter, resource):
        for asked in ("id,nonsense", "", "id,,", "related"):
            answer = recruiter.get(f"/{resource}?fields={asked}")
            assert fields_in(answer) == ["fields"]
        answer = recruiter.get(f"/{resource}?fields=id,nonsense")
        assert "nonsense" in answer.json()["errors"][0]["message"]

    @pytest.mark.parametrize("resource", LISTS)
    def test_that_are_left_out_are_not_loaded(self, recruiter, resource):
        make(resource, 2)
        recruiter.get(f"/{resource}")

        whole = statements(recruiter, f"/{resource}")
        little = statements(recruiter, f"/{resource}?fields=id")

        assert little < whole

    def test_go_from_page_to_page(self, recruiter):
        make("jobs", 2)

        first = recruiter.get("/jobs?fields=title&per_page=1").json()
        second = recruiter.get(first["next"].partition("/api/v1")[2]).json()

        assert set(second["items"][0]) == {"id", "title"}


class TestInclude:
    @pytest.mark.parametrize("resource", ["candidates", "jobs", "applications"])
    def test_is_left_out_where_nobody_asks(self, recruiter, resource):
        make(resource, 1)

        (row,) = recruiter.get(f"/{resource}").json()["items"]

        assert "related" not in row

    def test_of_candidates(self, recruiter):
        application = make_application(
            candidate=make_candidate(documents=[DocumentInput(title="CV", text="Hi")])
        )
        alone = make_candidate()

        rows = recruiter.get(
            "/candidates?include=applications,document_texts&order_by=created_at"
        ).json()["items"]

        by_id = {row["id"]: row for row in rows}
        found = by_id[str(application.candidate_id)]
        whole = recruiter.get(f"/applications/{application.pk}").json()
        (document,) = found["documents"]
        assert found["related"] == {
            "applications": [whole],
            "document_texts": [{"id": document["id"], "text": "Hi"}],
        }
        assert by_id[str(alone.pk)]["related"] == {
            "applications": [],
            "document_texts": [],
        }

    def test_of_jobs(self, recruiter):
        job = make_application().job

        (row,) = recruiter.get("/jobs?include=application_counts&fields=id").json()[
            "items"
        ]

        assert row == {
            "id": str(job.pk),
            "related": {"application_counts": {"applied": 1}},
        }

    def test_of_applications(self, recruiter):
        make("applications", 2)

        rows = recruiter.get("/applications?include=job,candidate").json()["items"]

        people = {
            row["id"]: row for row in recruiter.get("/candidates").json()["items"]
        }
        for row in rows:
            job = recruiter.get(f"/jobs/{row['job']}").json()
            assert row["related"]["job"] == job
            assert row["related"]["candidate"] == people[row["candidate"]]

    def test_names_nobody_whom_a_job_hides(self, recruiter):
        application = make_application()
        hide_names(
            job_id=application.job_id,
            reveal_stage="offer",
            actor=ACTOR,
            changed_at=NOW,
        )

        (row,) = recruiter.get("/applications?include=candidate,job").json()["items"]
        (person,) = recruiter.get("/candidates?include=applications").json()["items"]

        assert row["related"]["candidate"] is None
        assert row["candidate"] != str(application.candidate_id)
        assert person["related"]["applications"] == []

    def test_knows_nothing_of_who_was_erased(self, recruiter):
        application = make_application()
        erase_candidate(
            candidate_id=application.candidate_id, actor=ACTOR, erased_at=LATER
        )

        (row,) = recruiter.get("/applications?include=candidate").json()["items"]

        assert row["related"] == {"candidate": None}

    def test_shows_nothing_of_a_confidential_job(self):
        caller = Caller(make_user(), [Scope.CANDIDATES_READ, Scope.APPLICATIONS_READ])
        make_application(make_job(confidential=True, recruiters=[caller.user]))

        (row,) = caller.get("/candidates?include=applications").json()["items"]

        assert row["related"] == {"applications": []}

    @pytest.mark.parametrize(
        ("path", "scope"),
        [
            ("/candidates?include=applications", Scope.CANDIDATES_READ),
            ("/candidates?include=document_texts", Scope.CANDIDATES_READ),
            ("/jobs?include=application_counts", Scope.JOBS_READ),
            ("/applications?include=job", Scope.APPLICATIONS_READ),
            ("/applications?include=candidate", Scope.APPLICATIONS_READ),
        ],
    )
    def test_needs_the_scope_that_reads_it(self, path, scope):
        answer = Caller(make_user(), [scope]).get(path)

        assert_problem(answer, 403)

    def test_keeps_contacts_from_who_may_not_see_them(self):
        scopes = [
            Scope.CANDIDATES_READ,
            Scope.APPLICATIONS_READ,
            Scope.DOCUMENTS_READ,
        ]
        caller = Caller(make_user(), scopes)
        text = "Write to kim@example.org"
        make_application(
            candidate=make_candidate(
                emails=["kim@example.org"],
                documents=[DocumentInput(title="CV", text=text)],
            )
        )

        for path in (
            "/applications?include=candidate",
            "/candidates?include=document_texts",
        ):
            assert b"kim@" not in caller.get(path).content

    def test_that_is_unknown_is_named(self, recruiter):
        for path in ("/candidates?include=x", "/jobs?include=", "/skills?include=x"):
            assert fields_in(recruiter.get(path)) == ["include"]


class TestNumberOfStatements:
    @pytest.mark.parametrize(
        "path",
        [
            "/candidates?x",
            "/candidates?include=applications,document_texts",
            "/jobs?x",
            "/jobs?include=application_counts",
            "/applications?x",
            "/applications?include=job,candidate",
            "/skills?x",
            "/disposition_reasons?x",
        ],
    )
    def test_is_the_same_for_five_rows_and_for_fifty(self, recruiter, path):
        path = path.removesuffix("?x")
        make(path, 5)
        recruiter.get(path)
        few = statements(recruiter, path)
        make(path, 45)

        assert statements(recruiter, path) == few
