"""/imports?of=applications: who stands where, many at once."""

from typing import Any

import pytest

from recruit.accounts.choices import Scope
from recruit.applications.blinding import hide_names
from recruit.applications.models import Application
from recruit.events.models import Event
from tests.api.caller import RANDOM, Caller, assert_problem
from tests.api.importing import CSV, done, figures, lines, results, sent
from tests.factories import (
    ACTOR,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
    reason_for,
)
from tests.imports.sent import work_on

pytestmark = pytest.mark.django_db

APPLICATIONS = "/imports?of=applications&source=hr"


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def row(**said: Any) -> dict[str, Any]:
    """Return a line about somebody and a job that both came from another system."""
    return {"job_external_id": "J-1", "candidate_external_id": "C-1", **said}


@pytest.fixture
def known() -> tuple[Any, Any]:
    job = make_job(source="hr", external_id="J-1", requisition_code="GARDEN-1")
    return job, make_candidate(source="hr", external_id="C-1")


def errors(caller: Caller, *rows: Any) -> list[tuple[str, str]]:
    """Send rows that are rejected; return field and code of each error."""
    one = done(caller, *rows, address=APPLICATIONS)
    assert figures(one) == (0, 0, 0, len(rows))
    found = [error for told in results(caller, one) for error in told["errors"]]
    return [(error["field"], error["code"]) for error in found]


class TestLines:
    def test_make_and_move_and_end(self, recruiter, known):
        reason = reason_for("rejected")
        steps = [
            row(external_id="A-1", applied_at="2026-03-04T09:30:00Z"),
            row(external_id="A-1", stage="interview"),
            row(outcome="rejected", disposition_reason=str(reason.pk)),
        ]

        ends = [done(recruiter, one, address=APPLICATIONS) for one in steps]

        made = Application.objects.get()
        assert [figures(one) for one in ends] == [
            (1, 0, 0, 0),
            (0, 1, 0, 0),
            (0, 1, 0, 0),
        ]
        assert {results(recruiter, one)[0]["id"] for one in ends} == {str(made.pk)}
        found = recruiter.get(
            "/applications/by_external_id?source=hr&external_id=A-1"
        ).json()
        assert (found["stage"], found["outcome"]) == ("interview", "rejected")
        assert found["applied_at"] == "2026-03-04T09:30:00Z"
        assert found["disposition_reason"] == str(reason.pk)
        assert [one["to_outcome"] for one in found["transitions"]] == [
            "active",
            "rejected",
        ]

    @pytest.mark.parametrize(
        "names",
        [
            {"job_source": "hr", "candidate_source": "hr"},
            {"job": "JOB", "candidate": "PERSON"},
            {"job_external_id": None, "requisition_code": "GARDEN-1"},
        ],
    )
    def test_name_job_and_candidate_in_several_ways(self, recruiter, known, names):
        stand_for = {"JOB": str(known[0].pk), "PERSON": str(known[1].pk)}
        said = {key: stand_for.get(one, one) for key, one in names.items()}

        one = done(recruiter, row(**said), address=APPLICATIONS)

        assert figures(one) == (1, 0, 0, 0)

    def test_of_another_source_name_it(self, recruiter):
        make_job(source="ats", external_id="J-1")
        make_candidate(source="crm", external_id="C-1")
        said = row(job_source="ats", candidate_source="crm", source="x", external_id=1)

        assert errors(recruiter, said) == [("external_id", "invalid")]
        one = done(recruiter, said | {"external_id": "1"}, address=APPLICATIONS)

        assert figures(one) == (1, 0, 0, 0)
        assert Application.objects.get().source == "x"

    def test_sent_again_change_nothing(self, recruiter, known):
        rows = [row(external_id="A-1", stage="offer", outcome="hired")]
        done(recruiter, *rows, address=APPLICATIONS)
        events = Event.objects.exclude(kind="imported").count()

        again = done(recruiter, *rows, address=APPLICATIONS)

        assert figures(again) == (0, 0, 1, 0)
        assert Event.objects.exclude(kind="imported").count() == events

    @pytest.mark.parametrize(
        ("said", "field", "code"),
        [
            ({"job": "x"}, "job", "invalid"),
            ({"job": str(RANDOM)}, "job", "does_not_exist"),
            ({"candidate": str(RANDOM)}, "candidate", "does_not_exist"),
            ({"job_external_id": "x"}, "job_external_id", "does_not_exist"),
            ({"candidate_source": "x"}, "candidate_external_id", "does_not_exist"),
            ({"candidate_external_id": ""}, "candidate", "required"),
            ({"stage": "nowhere"}, "stage", "invalid_choice"),
            ({"stage": 1}, "stage", "invalid"),
            ({"outcome": "fired"}, "outcome", "invalid_choice"),
            ({"outcome": "hired"}, "outcome", "not_at_offer"),
            ({"outcome": "rejected"}, "disposition_reason", "required"),
            ({"disposition_reason": "x"}, "disposition_reason", "refused"),
            ({"applied_at": "2026-03-04"}, "applied_at", "invalid"),
            ({"applied_at": "2199-03-04T00:00:00Z"}, "applied_at", "invalid"),
            ({"score": 3}, "score", "unknown_field"),
        ],
    )
    def test_that_are_wrong_name_the_field(self, recruiter, known, said, field, code):
        assert errors(recruiter, row(**said)) == [(field, code)]
        assert not Application.objects.exists()


class TestTables:
    def test_are_taken_too(self, recruiter, known):
        body = b"Job ID,Candidate ID,Status\nJ-1,C-1,Interview\nJ-1,C-9,\n"
        address = f"{APPLICATIONS}&map[Status]=stage"

        one = sent(recruiter, body, address, CSV)
        work_on(one["id"])

        landed, refused = results(recruiter, one)
        assert (landed["row"], landed["status"]) == (2, "created")
        assert landed["id"] == str(Application.objects.get().pk)
        assert refused["errors"][0]["field"] == "candidate_external_id"
        assert Application.objects.get().stage == "interview"

    def test_without_the_columns_they_need_are_a_400(self, recruiter):
        answer = recruiter.send(APPLICATIONS, b"job,stage\na,b\n", CSV)

        problem = assert_problem(answer, 400)
        assert problem["errors"][0]["code"] == "unusable_file"
        assert "candidate" in problem["errors"][0]["message"]


class TestDryRun:
    def test_tells_the_same_and_writes_nothing(self, recruiter, known):
        application = make_application(known[0])
        moved = {
            "job": str(known[0].pk),
            "candidate": str(application.candidate_id),
            "stage": "screening",
        }
        rows = [row(), moved, row(stage="x")]

        tried = done(recruiter, *rows, address=f"{APPLICATIONS}&dry_run=true")

        assert figures(tried) == (1, 1, 0, 1)
        assert Application.objects.count() == 1
        started = recruiter.post(f"/imports/{tried['id']}/start", {})
        assert started.status_code == 200
        work_on(tried["id"])
        assert figures(recruiter.get(f"/imports/{tried['id']}").json()) == (1, 1, 0, 1)
        application.refresh_from_db()
        assert application.stage == "screening"


class TestRights:
    def test_need_the_scope_that_writes_applications(self):
        caller = Caller(make_user(), [Scope.IMPORTS_WRITE, Scope.CANDIDATES_WRITE])

        assert_problem(caller.send(APPLICATIONS, lines(row()), "text/csv"), 403)

    def test_leave_out_confidential_jobs_without_their_scope(self):
        user = make_user()
        scopes = [one for one in Scope.values if one != Scope.CONFIDENTIAL]
        job = make_job(confidential=True, recruiters=[user])
        application = make_application(job)
        said = {
            "job": str(job.pk),
            "candidate": str(application.candidate_id),
            "stage": "interview",
        }

        assert errors(Caller(user, scopes), said) == [("job", "does_not_exist")]
        one = done(Caller(user), said, address=APPLICATIONS)

        assert figures(one) == (0, 1, 0, 0)

    def test_do_not_tell_who_somebody_hidden_is(self, recruiter):
        application = make_application()
        hide_names(
            job_id=application.job_id, reveal_stage="offer", actor=ACTOR, changed_at=NOW
        )
        said = {
            "job": str(application.job_id),
            "candidate": str(application.candidate_id),
        }
        handle = recruiter.get(f"/applications/{application.pk}").json()["candidate"]

        by_name = done(recruiter, said, address=APPLICATIONS)
        by_handle = done(
            recruiter,
            {**said, "candidate": handle, "stage": "interview"},
            address=APPLICATIONS,
        )

        assert results(recruiter, by_name)[0]["id"] is None
        stages = [{**said, "stage": stage} for stage in ("applied", "interview")]
        assert errors(recruiter, stages[0]) == errors(recruiter, stages[1])
        assert figures(by_handle) == (0, 1, 0, 0)
