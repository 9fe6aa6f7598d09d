"""Following a list: tokens, changes since then, and what is gone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from recruit.accounts.choices import Role, Scope
from recruit.applications.models import Application
from recruit.candidates.operations import erase_candidate
from recruit.changes.operations import forget_changes
from recruit.curation.operations import merge_skills
from recruit.jobs.operations import delete_job, update_job
from recruit.skills.models import Skill
from tests.api.caller import Caller, assert_problem, fields_in
from tests.changes.asking import new_row, other_transaction
from tests.deployment.processes import wait_for
from tests.factories import (
    ACTOR,
    LATER,
    make_application,
    make_candidate,
    make_job,
    make_user,
)


def begin(caller, path):
    """Read a list to its end; return its token."""
    return read(caller, path)[2]


def read(caller, path):
    """Return all items, all that is told to be gone, and the token of the last page."""
    items, deleted, token = [], [], None
    while path:
        answer = caller.get(path)
        assert answer.status_code == 200, answer.content
        body = answer.json()
        items += body["items"]
        deleted += body["deleted"]
        assert token is None
        token = body["sync_token"]
        assert (token is None) == (body["next"] is not None)
        path = body["next"] and body["next"].partition("/api/v1")[2]
    return items, deleted, token


def since(caller, path, token):
    """Return the ids of items, and the reasons by id of what is gone."""
    joined = "&" if "?" in path else "?"
    items, deleted, _token = read(caller, f"{path}{joined}sync_token={token}")
    return (
        [row["id"] for row in items],
        {row["id"]: row["reason"] for row in deleted},
    )


@pytest.fixture
def fresh(db):
    """Begin with an empty log."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM changes_change")


# In a test that commits nothing every change is of a transaction that still runs: it
# is told again at each sync, which is what the promise allows.
@pytest.mark.django_db
class TestToken:
    def test_stands_on_the_last_page_alone(self, recruiter, fresh):
        for _number in range(3):
            make_job()

        first = recruiter.get("/jobs?per_page=2").json()

        assert first["sync_token"] is None
        assert first["deleted"] == []
        items, _deleted, token = read(recruiter, "/jobs?per_page=2")
        assert len(items) == 3
        assert token

    @pytest.mark.parametrize("token", ["x", "", "eyJ9:1:2", "x" * 2000])
    def test_must_be_one(self, recruiter, token):
        answer = recruiter.get(f"/jobs?sync_token={token}")

        assert fields_in(answer) == ["sync_token"]

    def test_is_of_one_list_and_its_filters(self, recruiter):
        token = begin(recruiter, "/jobs?status=open")

        for path in ("/jobs?", "/jobs?status=draft&", "/candidates?"):
            answer = recruiter.get(f"{path}sync_token={token}")
            assert "sync_token" in fields_in(answer)
        good = recruiter.get(
            f"/jobs?status=open&order_by=updated_at&sync_token={token}"
        )
        assert good.status_code == 200

    def test_goes_with_no_moment(self, recruiter):
        token = begin(recruiter, "/jobs")

        answer = recruiter.get(
            f"/jobs?sync_token={token}&updated_since=2026-01-01T00:00:00Z"
        )

        assert fields_in(answer) == ["updated_since"]

    def test_expires_when_the_changes_are_forgotten(self, recruiter):
        token = begin(recruiter, "/jobs")
        make_job()
        forget_changes(before=timezone.now() + timedelta(days=1))

        answer = recruiter.get(f"/jobs?sync_token={token}")

        assert_problem(answer, 410)
        assert answer.json()["errors"][0]["code"] == "sync_token_expired"

    def test_expires_when_the_database_was_restored_elsewhere(self, recruiter):
        token = begin(recruiter, "/jobs")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE changes_state SET database = 'another server'")

        assert_problem(recruiter.get(f"/jobs?sync_token={token}"), 410)

    def test_expires_when_the_database_went_back_in_time(self, recruiter):
        make_job()
        token = begin(recruiter, "/jobs")
        # As in a copy that was made before that job.
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM changes_change WHERE kind = 'job'")

        assert_problem(recruiter.get(f"/jobs?sync_token={token}"), 410)

    def test_expires_for_whom_other_rights(self):
        user = make_user()
        token = begin(Caller(user, [Scope.JOBS_READ]), "/jobs")

        for other in (
            Caller(user, [Scope.JOBS_READ, Scope.CONFIDENTIAL]),
            Caller(make_user(), [Scope.JOBS_READ]),
        ):
            assert_problem(other.get(f"/jobs?sync_token={token}"), 410)
        same = Caller(user, [Scope.JOBS_READ]).get(f"/jobs?sync_token={token}")
        assert same.status_code == 200

    def test_of_people_is_not_for_hiring_managers(self, manager):
        assert manager.get("/candidates").json()["sync_token"] is None

        answer = manager.get("/candidates?sync_token=x")

        assert fields_in(answer) == ["sync_token"]


@pytest.mark.django_db
class TestChanges:
    def test_are_told_page_by_page_in_order_of_ids(self, recruiter, fresh):
        token = begin(recruiter, "/candidates")
        made = sorted(str(make_candidate("pruning").pk) for _number in range(5))

        found, gone = since(recruiter, "/candidates?per_page=2", token)

        assert found == made
        assert gone == {}

    def test_are_whole_rows_as_in_the_list(self, recruiter, fresh):
        token = begin(recruiter, "/candidates")
        make_candidate("pruning")

        (row,) = recruiter.get(f"/candidates?sync_token={token}").json()["items"]

        assert [row] == recruiter.get("/candidates").json()["items"]

    def test_name_who_was_erased(self, recruiter, fresh):
        person = make_candidate()
        token = begin(recruiter, "/candidates")

        erase_candidate(candidate_id=person.pk, actor=ACTOR, erased_at=LATER)

        assert since(recruiter, "/candidates", token) == (
            [],
            {str(person.pk): "erased"},
        )

    def test_name_a_merged_skill_and_what_stands_for_it(self, recruiter, fresh):
        make_candidate("pruning zither", "grafting zither")
        kept, merged = Skill.objects.filter(name__contains="zither").order_by("pk")
        token = begin(recruiter, "/skills")

        merge_skills(kept_id=kept.pk, merged_id=merged.pk, actor=ACTOR, merged_at=LATER)

        body = recruiter.get(f"/skills?sync_token={token}").json()
        (stone,) = body["deleted"]
        assert stone["id"] == str(merged.pk)
        assert stone["reason"] == "merged"
        assert stone["merged_into"] == str(kept.pk)
        assert str(kept.pk) in [row["id"] for row in body["items"]]

    def test_name_a_deleted_application(self, recruiter, fresh):
        application = make_application()
        token = begin(recruiter, "/applications")
        pk = application.pk

        Application.objects.filter(pk=pk).delete()

        assert since(recruiter, "/applications", token) == ([], {str(pk): "deleted"})

    def test_name_what_no_longer_fits_the_filters(self, recruiter, fresh):
        job = make_job(status="open")
        token = begin(recruiter, "/jobs?status=open")

        update_job(
            job_id=job.pk, fields={"status": "closed"}, actor=ACTOR, changed_at=LATER
        )

        found = since(recruiter, "/jobs?status=open", token)
        assert found == ([], {str(job.pk): "left"})

    def test_name_a_job_that_became_confidential(self, recruiter, fresh):
        job = make_job()
        token = begin(recruiter, "/jobs")

        update_job(
            job_id=job.pk, fields={"confidential": True}, actor=ACTOR, changed_at=LATER
        )

        assert since(recruiter, "/jobs", token) == ([], {str(job.pk): "hidden"})

    def test_never_name_a_confidential_job(self, recruiter, manager, fresh):
        tokens = [begin(caller, "/jobs") for caller in (recruiter, manager)]
        job = make_job(confidential=True)
        other = make_application(make_job(confidential=True))
        kept = begin(recruiter, "/applications")
        Application.objects.filter(pk=other.pk).delete()
        delete_job(job_id=job.pk, actor=ACTOR, deleted_at=LATER)

        for caller, token in zip((recruiter, manager), tokens, strict=True):
            assert since(caller, "/jobs", token) == ([], {})
        assert since(recruiter, "/applications", kept) == ([], {})

    def test_name_on_behalf_of_somebody_what_both_saw(self, recruiter, fresh):
        other = make_user()
        on_behalf = {"on-behalf-of": other.email}
        both = make_job(confidential=True, recruiters=[recruiter.user, other])
        one = make_job(confidential=True, recruiters=[other])
        token = recruiter.get("/jobs", **on_behalf).json()["sync_token"]
        assert_problem(recruiter.get(f"/jobs?sync_token={token}"), 410)

        for job in (both, one):
            delete_job(job_id=job.pk, actor=ACTOR, deleted_at=LATER)

        body = recruiter.get(f"/jobs?sync_token={token}", **on_behalf).json()
        assert [stone["id"] for stone in body["deleted"]] == [str(both.pk)]

    def test_reach_the_hiring_manager_of_a_job(self, manager, fresh):
        job = make_job(hiring_manager=manager.user)
        make_job()
        token = begin(manager, "/jobs")

        update_job(
            job_id=job.pk, fields={"title": "Head"}, actor=ACTOR, changed_at=LATER
        )
        assert since(manager, "/jobs", token) == ([str(job.pk)], {})

        update_job(
            job_id=job.pk,
            fields={"hiring_manager": make_user(Role.HIRING_MANAGER)},
            actor=ACTOR,
            changed_at=LATER,
        )
        assert since(manager, "/jobs", token) == ([], {str(job.pk): "hidden"})

    @pytest.mark.parametrize("number", [1, 20])
    def test_ask_as_often_for_many_as_for_one(
        self, recruiter, fresh, number, django_assert_num_queries
    ):
        token = begin(recruiter, "/candidates")
        for one in range(number):
            person = make_candidate("pruning", "grafting")
            if one % 2:
                person.delete()

        recruiter.get("/candidates")  # last use of the caller's token is written
        with django_assert_num_queries(15 if number > 1 else 14):
            recruiter.get(f"/candidates?sync_token={token}")


@pytest.mark.django_db(transaction=True)
class TestLateCommit:
    def test_comes_in_the_next_sync(self, recruiter):
        with other_transaction() as cursor:
            late = str(new_row(cursor))
            early = str(make_candidate().pk)
            items, _deleted, token = read(recruiter, "/candidates")
        assert [row["id"] for row in items] == [early]

        found, _gone = since(recruiter, "/candidates", token)

        assert late in found

        def is_told_once() -> bool:
            _items, _gone, then = read(recruiter, f"/candidates?sync_token={token}")
            return bool(since(recruiter, "/candidates", then) == ([], {}))

        # Other processes of the tests write to the same server, in databases of theirs.
        wait_for(is_told_once)
