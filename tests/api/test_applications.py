"""/applications, their moves, /disposition_reasons and /skills"""

import pytest

from recruit.accounts.choices import Scope
from recruit.applications.models import Application
from tests.api.caller import RANDOM, Caller, assert_problem, fields_in
from tests.factories import (
    make_application,
    make_candidate,
    make_job,
    make_user,
    reason_for,
)


def stated(job_id: object, candidate_id: object, **more: str) -> dict[str, str]:
    return {"job": str(job_id), "candidate": str(candidate_id), **more}


class TestCreate:
    def test_puts_a_candidate_into_a_pipeline(self, recruiter):
        job, person = make_job(), make_candidate()

        answer = recruiter.post("/applications", stated(job.pk, person.pk))

        assert answer.status_code == 201
        body = answer.json()
        assert (body["stage"], body["outcome"]) == ("applied", "active")
        assert (body["job"], body["candidate"]) == (str(job.pk), str(person.pk))
        assert (body["source"], body["disposition_reason"]) == (None, None)
        assert body["transitions"] == []

    def test_twice_makes_one(self, recruiter):
        body = stated(make_job().pk, make_candidate().pk)
        recruiter.post("/applications", body)

        answer = recruiter.post("/applications", body)

        problem = assert_problem(answer, 409)
        assert problem["errors"][0]["code"] == "application_exists"
        assert Application.objects.count() == 1

    def test_refuses_the_second_of_an_external_id(self, recruiter):
        job = make_job()
        named = {"source": "ats", "external_id": "7"}
        recruiter.post("/applications", stated(job.pk, make_candidate().pk, **named))

        answer = recruiter.post(
            "/applications", stated(job.pk, make_candidate().pk, **named)
        )

        assert_problem(answer, 409)

    def test_refuses_a_closed_job(self, recruiter):
        job = make_job(status="closed")

        answer = recruiter.post("/applications", stated(job.pk, make_candidate().pk))

        assert "closed" in assert_problem(answer, 409)["detail"]

    def test_treats_foreign_ids_as_random_ones(self, recruiter):
        person = make_candidate()
        hidden = make_job(confidential=True)

        bodies = [
            assert_problem(
                recruiter.post("/applications", stated(job_id, person.pk)), 400
            )
            for job_id in (hidden.pk, RANDOM)
        ]

        assert bodies[0]["errors"] == bodies[1]["errors"]
        assert bodies[0]["errors"][0]["field"] == "job"

    @pytest.mark.parametrize("candidate", [str(RANDOM), "x", 5, None, [], {}])
    def test_names_a_bad_candidate(self, recruiter, candidate):
        body = {"job": str(make_job().pk), "candidate": candidate}

        answer = recruiter.post("/applications", body)

        assert fields_in(answer) == ["candidate"]

    def test_is_not_for_hiring_managers(self, manager):
        job = make_job(hiring_manager=manager.user)

        answer = manager.post("/applications", stated(job.pk, make_candidate().pk))

        assert_problem(answer, 403)


class TestMoves:
    def test_go_from_application_to_hire(self, recruiter):
        path = f"/applications/{make_application().pk}"

        recruiter.post(f"{path}/move", {"to_stage": "offer"})
        answer = recruiter.post(f"{path}/hire")

        body = answer.json()
        assert (body["stage"], body["outcome"]) == ("offer", "hired")
        assert [row["to_outcome"] for row in body["transitions"]] == ["active", "hired"]
        assert body["transitions"][0]["from_stage"] == "applied"
        assert body["transitions"][0]["actor_kind"] == "token"

    @pytest.mark.parametrize("outcome", ["rejected", "withdrawn"])
    def test_end_with_a_reason_and_can_be_undone(self, recruiter, outcome):
        path = f"/applications/{make_application().pk}"
        ending = {"disposition_reason": str(reason_for(outcome).pk)}
        action = {"rejected": "reject", "withdrawn": "withdraw"}[outcome]

        ended = recruiter.post(f"{path}/{action}", ending).json()
        undone = recruiter.post(f"{path}/undo", {}).json()

        assert ended["outcome"] == outcome
        assert ended["disposition_reason"] == ending["disposition_reason"]
        assert undone["outcome"] == "active"
        assert undone["transitions"][1]["undoes"] == ended["transitions"][0]["id"]

    def test_are_refused_after_the_end(self, recruiter):
        path = f"/applications/{make_application().pk}"
        reason = {"disposition_reason": str(reason_for("rejected").pk)}
        recruiter.post(f"{path}/reject", reason)

        answer = recruiter.post(f"{path}/move", {"to_stage": "offer"})

        problem = assert_problem(answer, 409)
        assert problem["errors"][0]["code"] == "application_not_active"

    @pytest.mark.parametrize(
        ("action", "body", "status"),
        [
            ("hire", {}, 409),
            ("undo", {}, 409),
            ("hire", {"now": True}, 400),
            ("move", {}, 400),
            ("move", {"to_stage": "hired"}, 400),
            ("move", {"to_stage": None}, 400),
            ("reject", {}, 400),
            ("reject", {"disposition_reason": str(RANDOM)}, 400),
            ("withdraw", {"disposition_reason": 5}, 400),
            ("move", [], 400),
        ],
    )
    def test_are_refused_with_a_reason(self, recruiter, action, body, status):
        path = f"/applications/{make_application().pk}"

        answer = recruiter.post(f"{path}/{action}", body)

        assert_problem(answer, status)

    def test_refuse_a_reason_of_the_other_outcome(self, recruiter):
        path = f"/applications/{make_application().pk}"
        reason = {"disposition_reason": str(reason_for("withdrawn").pk)}

        answer = recruiter.post(f"{path}/reject", reason)

        problem = assert_problem(answer, 409)
        assert problem["errors"][0]["code"] == "reason_does_not_fit"

    def test_let_one_of_two_win(self, recruiter):
        path = f"/applications/{make_application().pk}"
        seen = recruiter.get(path)["ETag"]
        recruiter.post(f"{path}/move", {"to_stage": "screening"}, if_match=seen)

        answer = recruiter.post(f"{path}/move", {"to_stage": "offer"}, if_match=seen)

        assert_problem(answer, 412)
        assert recruiter.get(path).json()["stage"] == "screening"

    def test_are_not_for_hiring_managers(self, manager):
        mine = make_application(make_job(hiring_manager=manager.user))
        foreign = make_application()

        for application, status in ((mine, 403), (foreign, 404)):
            path = f"/applications/{application.pk}"
            for action in ("move", "reject", "withdraw", "hire", "undo"):
                assert_problem(manager.post(f"{path}/{action}", {}), status)


class TestList:
    def test_keeps_a_job_a_candidate_and_a_stage(self, recruiter):
        make_application()
        ours = make_application()
        recruiter.post(f"/applications/{ours.pk}/move", {"to_stage": "offer"})

        for query in (f"job={ours.job_id}", f"candidate={ours.candidate_id}",
                      "stage=offer"):  # fmt: skip
            answer = recruiter.get(f"/applications?{query}")

            assert [row["id"] for row in answer.json()["items"]] == [str(ours.pk)]

    def test_is_empty_for_a_hidden_job_as_for_a_random_one(self, recruiter):
        hidden = make_application(make_job(confidential=True))

        for job_id in (hidden.job_id, RANDOM):
            answer = recruiter.get(f"/applications?job={job_id}")

            assert answer.json()["items"] == []

    def test_shows_a_hiring_manager_their_own(self, manager):
        make_application()
        mine = make_application(make_job(hiring_manager=manager.user))

        answer = manager.get("/applications")

        assert [row["id"] for row in answer.json()["items"]] == [str(mine.pk)]

    def test_hides_confidential_ones_without_the_scope(self):
        user = make_user()
        make_application(make_job(confidential=True, recruiters=[user]))
        caller = Caller(user, [Scope.APPLICATIONS_READ])

        assert caller.get("/applications").json()["items"] == []

    @pytest.mark.parametrize("rows", [1, 20])
    def test_asks_as_often_for_many_as_for_one(
        self, recruiter, rows, django_assert_num_queries
    ):
        for _number in range(rows):
            path = f"/applications/{make_application().pk}"
            recruiter.post(f"{path}/move", {"to_stage": "offer"})

        # Three of them for the transaction and its limit.
        with django_assert_num_queries(9):
            recruiter.get("/applications")

    pytestmark = pytest.mark.django_db


class TestDispositionReasons:
    def test_are_listed_by_outcome(self, recruiter):
        answer = recruiter.get("/disposition_reasons?outcome=withdrawn")

        outcomes = {row["outcome"] for row in answer.json()["items"]}
        assert outcomes == {"withdrawn"}

    def test_are_read_one_by_one(self, recruiter):
        reason = reason_for("rejected")

        answer = recruiter.get(f"/disposition_reasons/{reason.pk}")

        assert answer.json()["code"] == reason.code


class TestSkills:
    def test_are_found_by_the_beginning_of_any_word(self, recruiter):
        make_candidate("Quokka breeding", "Quokka feeding", "Welding")

        answer = recruiter.get("/skills?q=quok&confirmed=false")

        assert [row["name"] for row in answer.json()["items"]] == [
            "Quokka breeding",
            "Quokka feeding",
        ]
        assert answer.json()["items"][0]["labels"] == ["Quokka breeding"]

    def test_are_read_one_by_one(self, recruiter):
        skill = make_candidate("Welding").skills.get().skill

        answer = recruiter.get(f"/skills/{skill.pk}")

        assert answer.json()["name"] == "Welding"

    def test_are_not_written(self, recruiter):
        answer = recruiter.post("/skills", {"name": "Welding"})

        assert_problem(answer, 405)

    @pytest.mark.parametrize("rows", [1, 20])
    def test_asks_as_often_for_many_as_for_one(
        self, recruiter, rows, django_assert_num_queries
    ):
        make_candidate(*(f"Skill {chr(65 + number)}" for number in range(rows)))
        recruiter.get("/skills")

        # Three of them for the transaction and its limit.
        with django_assert_num_queries(9):
            recruiter.get("/skills")


class TestReasons:
    def test_are_narrowed(self, recruiter):
        every = recruiter.get("/disposition_reasons").json()["items"]
        one = every[0]

        def ids(query: str) -> list[str]:
            answer = recruiter.get(f"/disposition_reasons?{query}")
            return [reason["id"] for reason in answer.json()["items"]]

        assert one["id"] in ids(f"code={one['code']}&outcome={one['outcome']}")
        assert ids("is_active=false") == [
            reason["id"] for reason in every if not reason["is_active"]
        ]
        assert ids("code=nothing") == []
