"""/jobs/{id}/requirements and /jobs/{id}/criteria_versions"""

import pytest

from recruit.accounts.choices import Scope
from recruit.jobs.models import Job
from tests.api.caller import RANDOM, Caller, assert_problem, fields_in, version_in
from tests.factories import make_job, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(db) -> Job:
    return make_job("Pruning", "Digging")


def address(job: Job) -> str:
    return f"/jobs/{job.pk}/requirements"


class TestRequirements:
    def test_are_added_read_changed_and_taken_away(self, recruiter, job):
        body = {"skill": "Planting", "importance": "preferred", "minimum_years": 2}

        made = recruiter.post(address(job), body)
        row = made.json()

        assert (made.status_code, version_in(made)) == (201, 2)
        here = f"{address(job)}/{row['id']}"
        assert made["Location"].endswith(here)
        assert recruiter.get(here).json() == row
        names = [one["skill"] for one in recruiter.get(address(job)).json()["items"]]
        assert names == ["Pruning", "Digging", "Planting"]
        changed = recruiter.patch(here, {"importance": "required"})
        assert changed.json() == {**row, "importance": "required"}
        assert version_in(changed) == 3
        assert recruiter.delete(here).status_code == 204
        assert_problem(recruiter.get(here), 404)

    def test_keep_their_ids_when_others_change(self, recruiter, job):
        before = recruiter.get(address(job)).json()["items"]
        row = recruiter.post(address(job), {"skill": "Planting"}).json()
        recruiter.patch(f"{address(job)}/{row['id']}", {"skill": "Mowing"})
        recruiter.patch(
            f"/jobs/{job.pk}",
            {"requirements": [{"skill": "Digging"}, {"skill": "Mowing"}]},
        )

        after = recruiter.get(address(job)).json()["items"]

        assert [one["id"] for one in after] == [before[1]["id"], row["id"]]

    def test_make_a_version_of_the_criteria_each_time(self, recruiter, job):
        row = recruiter.post(address(job), {"skill": "Planting"}).json()
        recruiter.delete(f"{address(job)}/{row['id']}")

        versions = recruiter.get(f"/jobs/{job.pk}/criteria_versions").json()["items"]

        told = [[one["skill"] for one in each["requirements"]] for each in versions]
        assert told == [
            ["Pruning", "Digging"],
            ["Pruning", "Digging", "Planting"],
            ["Pruning", "Digging"],
        ]
        assert [one["number"] for one in versions] == [3, 2, 1]
        assert versions[0]["actor_name"] == recruiter.token.name
        one = f"/jobs/{job.pk}/criteria_versions/{versions[1]['id']}"
        assert recruiter.get(one).json() == versions[1]
        assert_problem(recruiter.get(f"/jobs/{job.pk}/criteria_versions/{RANDOM}"), 404)

    def test_refuse_what_is_wrong_twice_or_stale(self, recruiter, job):
        rows = recruiter.get(address(job)).json()["items"]

        assert fields_in(
            recruiter.post(address(job), {"skill": "A", "minimum_years": 99})
        )
        assert_problem(recruiter.post(address(job), {"skill": "pruning"}), 409)
        again = recruiter.patch(f"{address(job)}/{rows[1]['id']}", {"skill": "Pruning"})
        assert_problem(again, 409)
        stale = {"If-Match": '"7"'}
        assert_problem(recruiter.post(address(job), {"skill": "Mowing"}, **stale), 412)
        whole = recruiter.put(f"{address(job)}/{rows[0]['id']}", {"skill": "Mowing"})
        assert_problem(whole, 400)
        assert Job.objects.get().version == 1

    def test_of_a_hidden_job_or_another_one_do_not_exist(self, recruiter, job):
        hidden = make_job("Pruning", confidential=True)
        row = hidden.requirements.get()

        assert_problem(recruiter.get(address(hidden)), 404)
        assert_problem(recruiter.post(address(hidden), {"skill": "Mowing"}), 404)
        assert_problem(recruiter.get(f"/jobs/{hidden.pk}/criteria_versions"), 404)
        assert_problem(recruiter.delete(f"{address(job)}/{row.pk}"), 404)

    def test_need_the_scopes_of_jobs(self, job):
        caller = Caller(make_user(), [Scope.JOBS_READ])

        assert caller.get(address(job)).status_code == 200
        assert_problem(caller.post(address(job), {"skill": "Mowing"}), 403)

    def test_are_only_read_by_hiring_managers(self, manager):
        job = make_job("Pruning", hiring_manager=manager.user)

        assert manager.get(address(job)).status_code == 200
        assert_problem(manager.post(address(job), {"skill": "Mowing"}), 403)
