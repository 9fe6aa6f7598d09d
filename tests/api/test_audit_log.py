"""/audit_log"""

import csv
import io
import json
from typing import Any

import pytest

from recruit.accounts.choices import Role, Scope
from recruit.applications.models import Application
from recruit.applications.operations import advance
from recruit.audit.models import Entry
from recruit.jobs.models import Job
from recruit.notes.operations import write_note
from recruit.notes.tagging import create_tag
from tests.api.caller import RANDOM, Caller, assert_problem, fields_in
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


@pytest.fixture
def auditor(db) -> Caller:
    return Caller(make_user(Role.ADMINISTRATOR), [Scope.AUDIT_READ, Scope.JOBS_WRITE])


def items(caller: Caller, query: str = "", **headers: str) -> list[Any]:
    answer = caller.get(f"/audit_log{query}", **headers)
    assert answer.status_code == 200, answer.content
    found: list[Any] = answer.json()["items"]
    return found


class TestList:
    def test_tells_of_a_write_with_who_and_what(self, auditor):
        job = make_job(title="Gardener")
        auditor.patch(f"/jobs/{job.pk}", {"title": "Baker"}, **{"X-Request-Id": "r-1"})

        (entry,) = items(auditor, "?request_id=r-1")

        assert entry["object_type"] == "jobs.job"
        assert entry["object_id"] == str(job.pk)
        assert entry["action"] == "changed"
        assert entry["before"]["title"] == "Gardener"
        assert entry["after"]["title"] == "Baker"
        assert entry["actor_id"] == str(auditor.token.pk)
        assert entry["part"] is None
        assert entry["via"] == "api"

    def test_is_for_administrators_alone(self):
        for role in (Role.RECRUITER, Role.HIRING_MANAGER):
            for path in ("/audit_log", "/audit_log/export"):
                assert_problem(Caller(make_user(role)).get(path), 404)

    def test_needs_the_scope(self):
        scopes = [one for one in Scope.values if one != Scope.AUDIT_READ]
        caller = Caller(make_user(Role.ADMINISTRATOR), scopes)

        body = assert_problem(caller.get("/audit_log"), 403)

        assert body["errors"][0]["code"] == "missing_scope"

    def test_needs_both_to_be_administrators(self, auditor):
        recruiter = make_user()
        other = make_user(Role.ADMINISTRATOR)
        of_recruiter = Caller(recruiter)

        named = {"On-Behalf-Of": str(recruiter.pk)}
        assert_problem(auditor.get("/audit_log", **named), 404)
        named = {"On-Behalf-Of": str(other.pk)}
        assert_problem(of_recruiter.get("/audit_log", **named), 404)
        assert auditor.get("/audit_log", **named).status_code == 200

    def test_is_filtered(self, auditor):
        job, other = make_job("Bread"), make_job()
        Job.objects.filter(pk=job.pk).update(department="Parks")

        mine = items(auditor, f"?object_type=jobs.job&object_id={job.pk}")
        changed = items(auditor, "?object_type=jobs.job&action=changed")

        assert {one["object_id"] for one in mine} == {str(job.pk)}
        assert "jobs.jobskill" in {one["part"] for one in mine}
        assert [one["object_id"] for one in changed] == [str(job.pk)]
        assert items(auditor, f"?actor_id={RANDOM}") == []
        assert items(auditor, "?until=2001-01-01T00:00:00Z") == []
        assert items(auditor, "?since=2001-01-01T00:00:00Z")
        assert other.pk != job.pk

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("?object_type=none", "object_type"),
            ("?object_id=1", "object_type"),
            ("?actor_id=x", "actor_id"),
            ("?since=yesterday", "since"),
            ("?action=read", "action"),
            ("?nonsense=1", "nonsense"),
            ("?object_type=jobs.job&object_id=%00", "object_id"),
            ("?request_id=%00", "request_id"),
        ],
    )
    def test_names_what_is_wrong(self, auditor, query, field):
        assert fields_in(auditor.get(f"/audit_log{query}")) == [field]

    def test_comes_in_pages_that_miss_nothing(self, auditor):
        for _number in range(5):
            make_job()
        seen: list[str] = []
        query = "/audit_log?object_type=jobs.job&per_page=2"
        while query:
            page = auditor.get(query).json()
            seen += [one["id"] for one in page["items"]]
            make_job()  # newer than all that is to come
            query = (page["next"] or "").partition("/api/v1")[2]

        first = Entry.objects.filter(object_type="jobs.job").order_by("id")[:5]
        assert len(seen) == len(set(seen)) == 5
        assert set(seen) == {str(one.pk) for one in first}

    def test_writes_nothing_about_itself(self, auditor):
        count = Entry.objects.count()

        items(auditor)

        assert Entry.objects.count() == count


class TestExport:
    def test_gives_one_object_a_line(self, auditor):
        make_job(title="Gärtner")

        answer = auditor.get("/audit_log/export?object_type=jobs.job")

        assert answer["Content-Type"] == "application/x-ndjson"
        assert "audit-log.ndjson" in answer["Content-Disposition"]
        text = b"".join(answer.streaming_content).decode()
        rows = [json.loads(line) for line in text.splitlines()]
        assert rows == items(auditor, "?object_type=jobs.job")

    def test_gives_cells_that_are_no_formulas(self, auditor):
        user = make_user(name="=cmd|calc")
        caller = Caller(user)
        caller.post("/candidates", {"given_name": "A", "family_name": "B"},
                    **{"On-Behalf-Of": str(user.pk)})  # fmt: skip

        answer = auditor.get(
            "/audit_log/export?file_format=csv&object_type=candidates.candidate",
            accept="text/csv",
        )

        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        assert rows[0]["actor_name"].startswith("'=cmd")
        assert json.loads(rows[-1]["after"])["version"] == 1

    def test_refuses_another_format(self, auditor):
        fields = fields_in(auditor.get("/audit_log/export?file_format=xml"))

        assert fields == ["file_format"]


class TestConfidentialJobs:
    @pytest.fixture
    def hidden(self, db) -> Application:
        application = make_application(make_job(title="Secret", confidential=True))
        advance(
            application_id=application.pk,
            to_stage="interview",
            actor=ACTOR,
            moved_at=LATER,
        )
        write_note(
            text="Met.",
            candidate_id=application.candidate_id,
            job_id=application.job_id,
            actor=ACTOR,
            written_at=LATER,
        )
        return application

    def test_are_left_out_with_all_that_hangs_on_them(self, auditor, hidden):
        opened = make_application()

        shown = str(items(auditor, "?per_page=500"))

        for pk in (hidden.job_id, hidden.pk, "Secret"):
            assert str(pk) not in shown
        assert str(opened.job_id) in shown
        assert str(opened.pk) in shown
        kinds = {one["object_type"] for one in items(auditor, "?per_page=500")}
        assert "notes.note" not in kinds

    def test_leave_all_that_is_of_no_job(self, auditor):
        before = {one["id"] for one in items(auditor, "?per_page=500")}
        make_candidate("Pruning")
        user = make_user()
        Caller(user)
        create_tag(name="Keen", actor=ACTOR, created_at=NOW)
        everything = {one["id"] for one in items(auditor, "?per_page=500")}
        assert len(everything) > len(before) > 0

        make_job(title="Secret", confidential=True)

        assert {one["id"] for one in items(auditor, "?per_page=500")} == everything

    def test_are_left_out_when_they_are_deleted(self, auditor):
        job = make_job(title="Secret", confidential=True)
        Job.objects.filter(pk=job.pk).delete()

        assert items(auditor, "?object_type=jobs.job") == []

    def test_are_shown_to_who_is_named_on_them_with_the_scope(self, hidden):
        user = make_user(Role.ADMINISTRATOR)
        hidden.job.recruiters.add(user)
        scopes = [Scope.AUDIT_READ, Scope.CONFIDENTIAL]

        query = f"?object_type=jobs.job&object_id={hidden.job_id}"

        assert items(Caller(user, scopes), query)
        assert items(Caller(user, scopes[:1]), query) == []
