import pytest

from recruit.accounts.choices import Role
from recruit.jobs.models import Job
from tests.factories import make_job, make_user

pytestmark = pytest.mark.django_db


def seen_by(user):
    return set(Job.objects.visible_to(user))


class TestVisibleTo:
    @pytest.mark.parametrize("role", [Role.RECRUITER, Role.ADMINISTRATOR])
    def test_shows_recruiting_accounts_all_but_confidential_jobs(self, role):
        plain, _secret = make_job(), make_job(confidential=True)

        assert seen_by(make_user(role)) == {plain}

    @pytest.mark.parametrize("role", [Role.RECRUITER, Role.ADMINISTRATOR])
    def test_shows_confidential_jobs_to_those_named_on_them(self, role):
        user = make_user(role)
        secret = make_job(confidential=True, recruiters=[user])

        assert seen_by(user) == {secret}

    def test_shows_a_hiring_manager_the_jobs_they_own(self):
        manager = make_user(Role.HIRING_MANAGER)
        own = make_job(hiring_manager=manager, confidential=True)
        make_job(hiring_manager=make_user(Role.HIRING_MANAGER))
        make_job(recruiters=[manager])

        assert seen_by(manager) == {own}

    def test_shows_the_system_everything(self):
        secret = make_job(confidential=True)

        assert seen_by(None) == {secret}

    def test_names_no_job_twice(self):
        user = make_user()
        job = make_job(hiring_manager=user, recruiters=[user, make_user()])

        assert list(Job.objects.visible_to(user)) == [job]


class TestMentioning:
    def test_wants_all_the_words(self):
        job = make_job(title="Head gardener", place="Kew")
        make_job(title="Head cook", place="Kew")

        assert list(Job.objects.mentioning("kew GARDEN")) == [job]
