"""/jobs"""

import pytest

from recruit.accounts.choices import Scope
from recruit.events.models import Event
from recruit.jobs.models import Job
from tests.api.caller import RANDOM, Caller, assert_problem, fields_in, version_in
from tests.factories import make_job, make_user

FULL = {
    "requisition_code": "API-1",
    "title": "Gardener",
    "salary_min": 30000,
    "salary_max": 40000.5,
    "salary_currency": "EUR",
    "status": "open",
    "requirements": [
        {"skill": "Postgres", "importance": "required", "minimum_years": 2.5},
        {"skill": "Pruning", "importance": "preferred"},
    ],
}


class TestList:
    def test_shows_newest_first(self, recruiter):
        first, second = make_job(), make_job()

        answer = recruiter.get("/jobs")

        assert [job["id"] for job in answer.json()["items"]] == [
            str(second.pk),
            str(first.pk),
        ]

    def test_keeps_a_status(self, recruiter):
        make_job()
        draft = make_job(status="draft")

        answer = recruiter.get("/jobs?status=draft")

        assert [job["id"] for job in answer.json()["items"]] == [str(draft.pk)]

    def test_finds_words(self, recruiter):
        make_job()
        baker = make_job(title="Baker", place="Ghent")

        answer = recruiter.get("/jobs?q=baker+ghent")

        assert [job["id"] for job in answer.json()["items"]] == [str(baker.pk)]

    def test_finds_by_source_and_external_id(self, recruiter):
        make_job(source="crm", external_id="8")
        ours = make_job(source="ats", external_id="8")

        answer = recruiter.get("/jobs?source=ats&external_id=8")

        assert [job["id"] for job in answer.json()["items"]] == [str(ours.pk)]

    def test_finds_by_family(self, recruiter):
        make_job(family="legal")
        make_job()

        answer = recruiter.get("/jobs?family=legal")

        assert [job["family"] for job in answer.json()["items"]] == ["legal"]

    def test_shows_a_hiring_manager_their_own(self, manager):
        make_job()
        mine = make_job(hiring_manager=manager.user)

        answer = manager.get("/jobs")

        assert [job["id"] for job in answer.json()["items"]] == [str(mine.pk)]

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("status=gone", "status"),
            ("family=piracy", "family"),
            ("limit=10", "limit"),
            ("updated_since=yesterday", "updated_since"),
            ("updated_since=0000-01-01T00:00:00Z", "updated_since"),
            ("q=a%00b", "q"),
            ("q=" + "x" * 10_000, "q"),
            ("status=open&status=draft", "status"),
        ],
    )
    def test_refuses_a_parameter_by_name(self, recruiter, query, field):
        answer = recruiter.get(f"/jobs?{query}")

        assert fields_in(answer) == [field]

    @pytest.mark.parametrize("rows", [1, 20])
    def test_asks_as_often_for_many_as_for_one(
        self, recruiter, rows, django_assert_num_queries
    ):
        for _number in range(rows):
            make_job("Pruning", recruiters=[recruiter.user])
        recruiter.get("/jobs")

        # Three of them for the transaction and its limit.
        with django_assert_num_queries(9):
            recruiter.get("/jobs")


class TestCreate:
    def test_makes_a_job_with_requirements(self, recruiter):
        answer = recruiter.post("/jobs", FULL)

        assert answer.status_code == 201
        body = answer.json()
        assert answer["Location"].endswith(f"/api/v1/jobs/{body['id']}")
        assert version_in(answer) == 1
        assert body["salary_max"] == 40000.5
        assert body["department"] is None
        assert body["family"] is None
        assert body["hiring_manager"] is None
        assert [row["minimum_years"] for row in body["requirements"]] == [2.5, None]
        assert Event.objects.about_job(Job.objects.get().pk).get().actor_name == (
            "Nightly sync"
        )

    def test_names_the_people(self, recruiter):
        owner = make_user()

        answer = recruiter.post(
            "/jobs",
            {
                **FULL,
                "hiring_manager": str(owner.pk),
                "recruiters": [str(recruiter.user.pk)],
            },
        )

        assert answer.json()["hiring_manager"] == str(owner.pk)
        assert answer.json()["recruiters"] == [str(recruiter.user.pk)]

    def test_twice_makes_one(self, recruiter):
        recruiter.post("/jobs", FULL)

        answer = recruiter.post("/jobs", FULL)

        body = assert_problem(answer, 409)
        assert "API-1" in body["detail"]
        assert body["errors"][0]["code"] == "requisition_code_taken"
        assert Job.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "fields"),
        [
            ({"title": ""}, ["title"]),
            ({"title": "a\x00b"}, ["title"]),
            ({"title": 5}, ["title"]),
            ({"title": None}, ["title"]),
            ({"requisition_code": "a/b"}, ["requisition_code"]),
            ({"openings": 0}, ["openings"]),
            ({"openings": 10**30}, ["openings"]),
            ({"openings": "3"}, ["openings"]),
            ({"openings": True}, ["openings"]),
            ({"salary_min": 10**15}, ["salary_min"]),
            ({"salary_min": 50000}, ["salary_max"]),
            ({"salary_currency": None}, ["salary_currency"]),
            ({"status": "gone"}, ["status"]),
            ({"status": ["open"]}, ["status"]),
            ({"confidential": "yes"}, ["confidential"]),
            ({"hiring_manager": str(RANDOM)}, ["hiring_manager"]),
            ({"hiring_manager": "me"}, ["hiring_manager"]),
            ({"recruiters": [str(RANDOM)]}, ["recruiters[0]"]),
            ({"colour": "red"}, ["colour"]),
            ({"id": str(RANDOM)}, ["id"]),
            ({"requirements": [{"skill": "Pruning", "colour": 1}]},
             ["requirements[0].colour"]),
            ({"requirements": [{"skill": "Pruning"}, {"skill": ""}]},
             ["requirements[1].skill"]),
            ({"requirements": [{"skill": "Pruning", "minimum_years": -1}]},
             ["requirements[0].minimum_years"]),
            ({"requirements": {"skill": "Pruning"}}, ["requirements"]),
            ({"requirements": None}, ["requirements"]),
            ({"requirements": [{"skill": "x" * 500}]}, ["requirements[0].skill"]),
            ({"requirements": [{"skill": f"s{n}"} for n in range(101)]},
             ["requirements"]),
        ],
    )  # fmt: skip
    def test_names_the_bad_field(self, recruiter, changes, fields):
        answer = recruiter.post("/jobs", FULL | changes)

        assert fields_in(answer) == fields
        assert not Job.objects.exists()

    def test_is_not_for_hiring_managers(self, manager):
        answer = manager.post("/jobs", FULL)

        assert_problem(answer, 403)


class TestUpdate:
    def test_changes_what_is_stated(self, recruiter):
        job = make_job("Pruning", department="Parks")

        answer = recruiter.patch(f"/jobs/{job.pk}", {"title": "Head gardener"})

        assert answer.status_code == 200
        body = answer.json()
        assert (body["title"], body["department"]) == ("Head gardener", "Parks")
        assert [row["skill"] for row in body["requirements"]] == ["Pruning"]
        assert answer["ETag"].startswith(f'"{body["version"]}-')
        assert body["version"] == 2

    def test_replaces_requirements(self, recruiter):
        job = make_job("Pruning")

        answer = recruiter.patch(
            f"/jobs/{job.pk}", {"requirements": [{"skill": "Sowing"}]}
        )

        assert [row["skill"] for row in answer.json()["requirements"]] == ["Sowing"]

    def test_wants_whole_requirements(self, recruiter):
        job = make_job("Pruning")

        answer = recruiter.patch(f"/jobs/{job.pk}", {"requirements": [{}]})

        assert fields_in(answer) == ["requirements[0].skill"]

    def test_changes_the_status(self, recruiter):
        job = make_job()

        answer = recruiter.patch(f"/jobs/{job.pk}", {"status": "on_hold"})

        assert answer.json()["status"] == "on_hold"

    def test_refuses_a_status_that_may_not_follow(self, recruiter):
        job = make_job()

        answer = recruiter.patch(f"/jobs/{job.pk}", {"status": "draft"})

        body = assert_problem(answer, 409)
        assert body["errors"][0]["code"] == "status_change_refused"

    def test_put_wants_every_field(self, recruiter):
        job = make_job()

        answer = recruiter.put(f"/jobs/{job.pk}", FULL)

        assert "confidential" in fields_in(answer)

    def test_put_takes_what_was_read(self, recruiter):
        job = make_job("Pruning", department="Parks")
        body = recruiter.get(f"/jobs/{job.pk}").json()
        for name in ("id", "version", "created_at", "updated_at"):
            body.pop(name)
        body["requirements"][0].pop("skill_id")

        answer = recruiter.put(f"/jobs/{job.pk}", {**body, "department": None})

        assert answer.status_code == 200
        assert answer.json()["department"] is None

    def test_refuses_a_stale_version(self, recruiter):
        job = make_job()
        seen = recruiter.get(f"/jobs/{job.pk}")["ETag"]
        recruiter.patch(f"/jobs/{job.pk}", {"title": "One"})

        answer = recruiter.patch(f"/jobs/{job.pk}", {"title": "Two"}, if_match=seen)

        assert_problem(answer, 412)
        assert Job.objects.get().title == "One"

    @pytest.mark.parametrize("tag", ['"1"', '"7", "1"', "*"])
    def test_goes_on_where_the_version_is_the_one_seen(self, recruiter, tag):
        job = make_job()

        answer = recruiter.patch(f"/jobs/{job.pk}", {"title": "One"}, if_match=tag)

        assert answer.status_code == 200

    def test_tells_a_hiring_manager_they_only_read(self, manager):
        job = make_job(hiring_manager=manager.user)

        answer = manager.patch(f"/jobs/{job.pk}", {"title": "One"})

        assert_problem(answer, 403)

    def test_hides_what_a_hiring_manager_may_not_see(self, manager):
        foreign = make_job()

        answers = [
            manager.patch(f"/jobs/{job_id}", {"title": "One"})
            for job_id in (foreign.pk, RANDOM)
        ]

        bodies = [assert_problem(answer, 404) for answer in answers]
        assert bodies[0]["errors"] == bodies[1]["errors"]


class TestConfidential:
    def test_is_hidden_from_a_token_without_the_scope(self):
        user = make_user()
        job = make_job(confidential=True, recruiters=[user])

        without = Caller(user, [Scope.JOBS_READ])
        with_scope = Caller(user, [Scope.JOBS_READ, Scope.CONFIDENTIAL])

        assert_problem(without.get(f"/jobs/{job.pk}"), 404)
        assert without.get("/jobs").json()["items"] == []
        assert with_scope.get(f"/jobs/{job.pk}").status_code == 200

    def test_is_hidden_from_those_not_named(self, recruiter):
        job = make_job(confidential=True)

        assert_problem(recruiter.get(f"/jobs/{job.pk}"), 404)

    def test_is_not_put_out_of_the_callers_own_sight(self, recruiter):
        colleague = str(make_user().pk)
        stated = {**FULL, "confidential": True, "recruiters": [colleague]}
        refused = recruiter.post("/jobs", stated)
        mine = recruiter.post("/jobs", FULL).json()["id"]
        changed = recruiter.patch(f"/jobs/{mine}", stated)

        for answer in (refused, changed):
            assert fields_in(answer) == ["confidential"]
        assert Job.objects.filter(confidential=True).count() == 0
        both = [colleague, str(recruiter.user.pk)]
        named = recruiter.patch(f"/jobs/{mine}", {**stated, "recruiters": both})
        assert named.status_code == 200
        left = recruiter.patch(f"/jobs/{mine}", {"recruiters": [colleague]})
        assert fields_in(left) == ["confidential"]
        assert recruiter.get(f"/jobs/{mine}").json()["recruiters"] == sorted(both)

    def test_cannot_be_made_without_the_scope(self):
        caller = Caller(make_user(), [Scope.JOBS_WRITE])

        answer = caller.post("/jobs", {**FULL, "confidential": True})

        assert fields_in(answer) == ["confidential"]

    pytestmark = pytest.mark.django_db
