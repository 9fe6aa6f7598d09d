"""/jobs/{id}/stages, and stages named to the API."""

import pytest

from recruit.accounts.choices import Role, Scope
from recruit.applications.choices import Stage
from recruit.applications.templates import choose_template, create_stage, save_template
from recruit.jobs.models import Job
from tests.api.caller import RANDOM, Caller, assert_problem
from tests.factories import ACTOR, NOW, make_application, make_job, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def recruiter() -> Caller:
    return Caller(make_user())


def with_phone_call(job: Job) -> str:
    """Give a job stages of its own; return the code of the first."""
    stages = [
        create_stage(label=label, kind=kind, actor=ACTOR, created_at=NOW)
        for label, kind in (("Phone call", Stage.SCREENING), ("Terms", Stage.OFFER))
    ]
    template = save_template(
        template_id=None,
        name="Sales",
        is_default=False,
        stage_ids=[one.pk for one in stages],
        actor=ACTOR,
        saved_at=NOW,
    )
    choose_template(job_id=job.pk, template_id=template.pk, actor=ACTOR, chosen_at=NOW)
    return stages[0].code


class TestStages:
    def test_are_listed_first_to_last(self, recruiter):
        answer = recruiter.get(f"/jobs/{make_job().pk}/stages")

        assert answer.status_code == 200
        assert answer.json()["next"] is None
        items = answer.json()["items"]
        assert [one["code"] for one in items] == [
            "applied",
            "screening",
            "interview",
            "offer",
        ]
        assert items[0] == {
            "code": "applied",
            "label": "Applied",
            "kind": "applied",
            "leads_to_hire": False,
        }
        assert items[-1]["leads_to_hire"]

    def test_are_those_of_this_job_and_what_a_move_takes(self, recruiter):
        job = make_job()
        code = with_phone_call(job)
        application = make_application(job)

        call, terms = recruiter.get(f"/jobs/{job.pk}/stages").json()["items"]

        assert call == {
            "code": code,
            "label": "Phone call",
            "kind": "screening",
            "leads_to_hire": False,
        }
        assert terms["leads_to_hire"]
        path = f"/applications/{application.pk}"
        moved = recruiter.post(f"{path}/move", {"to_stage": terms["code"]})
        assert moved.json()["stage"] == terms["code"]
        assert recruiter.post(f"{path}/hire").json()["outcome"] == "hired"

    def test_are_the_same_while_nobody_changes_them(self, recruiter):
        path = f"/jobs/{make_job().pk}/stages"

        tag = recruiter.get(path)["ETag"]

        assert recruiter.get(path, **{"If-None-Match": tag}).status_code == 304

    def test_of_a_job_that_is_not_seen_do_not_exist(self, recruiter):
        hidden = make_job(confidential=True)
        manager = Caller(make_user(Role.HIRING_MANAGER))
        mine = make_job(hiring_manager=manager.user)

        assert_problem(recruiter.get(f"/jobs/{hidden.pk}/stages"), 404)
        assert_problem(recruiter.get(f"/jobs/{RANDOM}/stages"), 404)
        assert_problem(manager.get(f"/jobs/{make_job().pk}/stages"), 404)
        assert manager.get(f"/jobs/{mine.pk}/stages").status_code == 200

    def test_need_the_scope_of_jobs(self):
        caller = Caller(make_user(), [Scope.APPLICATIONS_READ])

        assert_problem(caller.get(f"/jobs/{make_job().pk}/stages"), 403)

    def test_take_no_parameters_and_are_not_written(self, recruiter):
        path = f"/jobs/{make_job().pk}/stages"

        assert_problem(recruiter.get(f"{path}?per_page=5"), 400)
        assert_problem(recruiter.post(path, {}), 405)


class TestFilterOfApplications:
    def test_takes_a_stage_of_any_pipeline(self, recruiter):
        job = make_job()
        code = with_phone_call(job)
        application = make_application(job)
        make_application()

        found = recruiter.get(f"/applications?stage={code}").json()["items"]

        assert [one["id"] for one in found] == [str(application.pk)]
        assert recruiter.get("/applications?stage=offer").json()["items"] == []

    def test_refuses_a_stage_of_none(self, recruiter):
        make_application()

        answer = recruiter.get("/applications?stage=nope")

        (error,) = assert_problem(answer, 400)["errors"]
        assert (error["field"], error["code"]) == ("stage", "invalid_choice")
