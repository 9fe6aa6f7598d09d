import pytest

from recruit.accounts.choices import Role
from recruit.applications.timelines import (
    candidate_timeline,
    job_timeline,
    recent_activity,
)
from tests.factories import make_application, make_candidate, make_job, make_user

pytestmark = pytest.mark.django_db


def kinds(entries):
    return [entry.event.kind for entry in entries]


class TestCandidateTimeline:
    def test_is_silent_about_jobs_the_reader_may_not_see(self):
        candidate = make_candidate()
        secret, plain = make_job(confidential=True), make_job()
        make_application(secret, candidate)
        make_application(plain, candidate)

        told = candidate_timeline(candidate, viewer=make_user(), limit=10)

        assert [entry.job for entry in told if entry.job] == [plain]

    def test_tells_a_hiring_manager_of_their_own_jobs(self):
        manager = make_user(Role.HIRING_MANAGER)
        candidate, own = make_candidate(), make_job(hiring_manager=manager)
        make_application(own, candidate)
        make_application(make_job(), candidate)

        told = candidate_timeline(candidate, viewer=manager, limit=10)

        assert [entry.job for entry in told if entry.job] == [own]

    def test_tells_the_system_everything_newest_first(self):
        candidate = make_candidate()
        make_application(make_job(confidential=True), candidate)

        told = candidate_timeline(candidate, viewer=None, limit=10)

        assert kinds(told) == ["applied", "candidate_created"]

    def test_asks_no_more_for_more_events(self, django_assert_num_queries):
        candidate, viewer = make_candidate(), make_user()
        for _ in range(5):
            make_application(candidate=candidate)

        with django_assert_num_queries(4):
            candidate_timeline(candidate, viewer=viewer, limit=10)


class TestJobTimeline:
    def test_names_the_people(self):
        application = make_application()

        told = job_timeline(application.job, limit=10)

        assert told[0].candidate == application.candidate


class TestRecentActivity:
    def test_speaks_of_jobs_that_name_the_reader(self):
        reader = make_user()
        make_application(make_job(recruiters=[reader]))
        make_application(make_job())

        told = recent_activity(viewer=reader, limit=10)

        assert kinds(told) == ["applied", "job_created"]
