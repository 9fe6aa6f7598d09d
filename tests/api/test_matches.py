"""/jobs/{id}/matches and /candidates/{id}/jobs"""

import pytest

from matching.matches import matches_for_job
from recruit.accounts.choices import Scope
from recruit.applications.blinding import hide_names
from recruit.jobs.models import Job
from recruit.jobs.operations import RequirementInput
from tests.api.caller import Caller, assert_problem, fields_in
from tests.api.test_schema import answer_of, assert_matches
from tests.factories import (
    ACTOR,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db

WELDER = ("TIG welding", "Pressure vessels")


def names(answer) -> list[str]:
    return [match["candidate"]["id"] for match in answer.json()["items"]]


class TestMatches:
    def test_are_those_of_the_page_in_the_same_order(self, recruiter, schema):
        for skills in (WELDER, ("Bread", "Pastry"), ("TIG welding", "Bread")):
            make_candidate(*skills)
        job = make_job(*WELDER, title="Welder")
        index_everything()

        answer = recruiter.get(f"/jobs/{job.pk}/matches?per_page=2")

        loaded = Job.objects.with_requirements().get(pk=job.pk)
        shown = matches_for_job(job=loaded, limit=2, viewer=recruiter.user)
        assert names(answer) == [str(match.candidate.pk) for match in shown.matches]
        body = answer.json()
        assert [match["rank"] for match in body["items"]] == [1, 2]
        assert body["items"][0]["cosine_similarity"] == shown.matches[0].similarity
        assert body["pool_count"] == 3
        stated = answer_of(schema, "/jobs/{id}/matches", "get", 200)
        assert_matches(schema, stated, body)

    def test_carry_typed_evidence(self, recruiter):
        person = make_candidate("TIG welding", "Bread", "Pastry")
        job = make_job(
            RequirementInput("TIG welding", minimum_proficiency="expert"),
            "Plumbing",
            title="Welder",
        )
        index_everything()

        (match,) = recruiter.get(f"/jobs/{job.pk}/matches").json()["items"]

        welding, plumbing = match["requirements"]
        assert (welding["state"], plumbing["state"]) == ("partial", "missing")
        assert welding["minimum_proficiency"] == "expert"
        assert welding["evidence"]["kind"] == "skill"
        row = person.skills.get(skill__name="TIG welding")
        assert welding["evidence"]["source_id"] == str(row.pk)
        assert plumbing["minimum_proficiency"] is None
        assert plumbing["evidence"]["cosine_similarity"] is None
        assert match["band"] == "some_required_met"

    def test_tell_who_was_left_out(self, recruiter):
        gated = make_candidate(*WELDER, "Smoking")
        thin = make_candidate()
        excluded = RequirementInput("Smoking", importance="excluded")
        job = make_job(*WELDER, excluded, title="Welder")
        index_everything()

        body = recruiter.get(f"/jobs/{job.pk}/matches").json()

        assert body["items"] == []
        (one,), (other,) = body["excluded"], body["not_enough_data"]
        assert one["candidate"]["id"] == str(gated.pk)
        assert other["candidate"]["id"] == str(thin.pk)
        assert one["reason"]
        assert other["reason"]
        assert (body["excluded_count"], body["not_enough_data_count"]) == (1, 1)

    def test_of_a_job_that_hides_names_say_nothing_of_who_it_is(self, recruiter):
        person = make_candidate(
            *WELDER, source="Recommended by Bob", external_id="BOB-1"
        )
        job = make_job(*WELDER, title="Welder")
        hide_names(job_id=job.pk, reveal_stage="interview", actor=ACTOR, changed_at=NOW)
        index_everything()

        (match,) = recruiter.get(f"/jobs/{job.pk}/matches").json()["items"]

        shown = match["candidate"]
        assert shown["id"] != str(person.pk)
        assert (shown["source"], shown["external_id"]) == (None, None)

    def test_of_a_job_that_was_not_encoded_come_later(self, recruiter):
        job = make_job(*WELDER)

        answer = recruiter.get(f"/jobs/{job.pk}/matches")

        body = assert_problem(answer, 409)
        assert body["errors"][0]["code"] == "job_not_embedded"
        assert answer["Retry-After"] == "5"

    def test_of_a_job_that_says_nothing_are_refused(self, recruiter):
        job = make_job()
        index_everything()

        body = assert_problem(recruiter.get(f"/jobs/{job.pk}/matches"), 409)

        assert body["errors"][0]["code"] == "job_has_too_little_text"

    @pytest.mark.parametrize("most", ["0", "-1", "1000000000", "501", "x", "", "1.5"])
    def test_refuse_a_size_of_page(self, recruiter, most):
        job, person = make_job(*WELDER), make_candidate(*WELDER)

        for path in (f"/jobs/{job.pk}/matches", f"/candidates/{person.pk}/jobs"):
            assert fields_in(recruiter.get(f"{path}?per_page={most}")) == ["per_page"]

    def test_show_a_hiring_manager_whom_they_may_see(self, manager):
        make_candidate(*WELDER)
        job = make_job(*WELDER, hiring_manager=manager.user)
        other = make_job(*WELDER, hiring_manager=manager.user)
        mine = make_application(other, make_candidate(*WELDER)).candidate
        index_everything()

        assert names(manager.get(f"/jobs/{job.pk}/matches")) == [str(mine.pk)]

    def test_hide_the_people_of_confidential_jobs_without_the_scope(self, manager):
        user = manager.user
        job = make_job(*WELDER, hiring_manager=user)
        secret = make_job(*WELDER, hiring_manager=user, confidential=True)
        plain = make_job(*WELDER, hiring_manager=user)
        make_application(secret, make_candidate(*WELDER))
        seen = make_application(plain, make_candidate(*WELDER)).candidate
        index_everything()
        without = Caller(user, [Scope.MATCHES_READ])

        answer = without.get(f"/jobs/{job.pk}/matches")

        assert names(answer) == [str(seen.pk)]
        # Both are as near, and the other one's id is smaller.
        assert answer.json()["items"][0]["rank"] == 2
        assert answer.json()["pool_count"] == 1
        assert len(names(manager.get(f"/jobs/{job.pk}/matches"))) == 2
        assert_problem(without.get(f"/jobs/{secret.pk}/matches"), 404)

    @pytest.mark.parametrize("rows", [1, 20])
    def test_ask_as_often_for_many_as_for_one(
        self, recruiter, rows, django_assert_num_queries
    ):
        for _number in range(rows):
            make_candidate(*WELDER)
        job = make_job(*WELDER)
        index_everything()
        path = f"/jobs/{job.pk}/matches"
        recruiter.get(path)

        # Three of them for the transaction and its limit.
        with django_assert_num_queries(28):
            recruiter.get(path)


class TestJobsOfACandidate:
    def test_are_ranked_with_evidence(self, recruiter, schema):
        person = make_candidate(*WELDER)
        baker = make_job("Bread", title="Baker")
        welder = make_job(*WELDER, title="Welder")
        make_job(*WELDER, status="on_hold")
        index_everything()

        answer = recruiter.get(f"/candidates/{person.pk}/jobs")

        body = answer.json()
        jobs = [match["job"]["id"] for match in body["items"]]
        assert jobs == [str(welder.pk), str(baker.pk)]
        assert body["items"][0]["band"] == "all_required_met"
        stated = answer_of(schema, "/candidates/{id}/jobs", "get", 200)
        assert_matches(schema, stated, body)

    def test_leave_confidential_ones_out_without_the_scope(self):
        user = make_user()
        person = make_candidate(*WELDER)
        make_job(*WELDER, title="Welder", confidential=True, recruiters=[user])
        plain = make_job("Bread", "TIG welding", title="Baker")
        index_everything()
        path = f"/candidates/{person.pk}/jobs?per_page=1"

        without = Caller(user, [Scope.MATCHES_READ]).get(path).json()["items"]
        with_scope = Caller(user).get(path).json()["items"]

        assert [match["job"]["id"] for match in without] == [str(plain.pk)]
        assert without[0]["rank"] == 1
        assert with_scope[0]["job"]["id"] != str(plain.pk)

    @pytest.mark.parametrize("rows", [1, 20])
    def test_ask_as_often_for_many_as_for_one(
        self, recruiter, rows, django_assert_num_queries
    ):
        person = make_candidate(*WELDER)
        for number in range(rows):
            make_job(*WELDER, title=f"Welder {number}")
        index_everything()
        path = f"/candidates/{person.pk}/jobs"
        recruiter.get(path)

        with django_assert_num_queries(19):
            recruiter.get(path)

    def test_come_in_pages(self, recruiter):
        person = make_candidate(*WELDER)
        for number in range(7):
            make_job(*WELDER, title=f"Welder {number % 3}")
        index_everything()
        path = f"/candidates/{person.pk}/jobs"
        whole = recruiter.get(path).json()["items"]

        seen, address = [], f"{path}?per_page=3"
        while address:
            body = recruiter.get(address.partition("/api/v1")[2] or address).json()
            seen += body["items"]
            address = body["next"]

        assert seen == whole
        assert [one["rank"] for one in seen] == list(range(1, 8))

    def test_begin_nowhere_else_than_a_page_does(self, recruiter):
        person = make_candidate(*WELDER)
        make_job(*WELDER)
        index_everything()

        answer = recruiter.get(f"/candidates/{person.pk}/jobs?cursor=nonsense")

        assert fields_in(answer) == ["cursor"]

    def test_come_later_for_a_person_who_was_not_encoded(self, recruiter):
        person = make_candidate(*WELDER)

        body = assert_problem(recruiter.get(f"/candidates/{person.pk}/jobs"), 409)

        assert body["errors"][0]["code"] == "candidate_not_embedded"

    def test_are_refused_for_a_profile_that_says_nothing(self, recruiter):
        person = make_candidate()

        body = assert_problem(recruiter.get(f"/candidates/{person.pk}/jobs"), 409)

        assert body["errors"][0]["code"] == "candidate_has_too_little_text"
