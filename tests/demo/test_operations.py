from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.accounts.operations import create_user
from recruit.applications.choices import Outcome
from recruit.applications.models import Application
from recruit.candidates.models import Candidate
from recruit.demo import operations
from recruit.demo.operations import DemoLoaded, load_demo
from recruit.demo.queries import demo_is_loaded
from recruit.events.models import Event
from recruit.jobs.models import Job
from recruit.skills.models import Skill

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def silent(_line: str) -> None:
    """Report to nobody."""


@pytest.fixture
def administrator() -> User:
    return create_user(email="admin@example.org", name="Ada", role=Role.ADMINISTRATOR)


class TestLoadDemo:
    def test_writes_everything_as_demo_data(self, administrator):
        loaded = load_demo(now=NOW, owner=administrator, report=silent)

        of_demo = [
            model.objects.filter(source="demo").exclude(external_id="").count()
            for model in (Job, Candidate, Application)
        ]
        assert loaded == DemoLoaded(*of_demo)
        assert Candidate.objects.count() == of_demo[1]

    def test_needs_no_skill_outside_the_vocabulary(self):
        load_demo(now=NOW, owner=None, report=silent)

        assert not Skill.objects.unconfirmed().exists()

    def test_is_not_written_twice(self):
        load_demo(now=NOW, owner=None, report=silent)
        events = Event.objects.count()

        assert load_demo(now=NOW, owner=None, report=silent) is None
        assert Event.objects.count() == events

    def test_leaves_nothing_behind_when_cut_short(self, monkeypatch):
        class Killed(BaseException):
            """Stands for a process that dies."""

        def die(*_arguments: object) -> None:
            raise Killed

        monkeypatch.setattr(operations, "_set_statuses", die)
        with pytest.raises(Killed):
            load_demo(now=NOW, owner=None, report=silent)

        assert not demo_is_loaded()
        assert not Job.objects.exists()
        assert not User.objects.exists()

    def test_names_the_owner_on_every_job(self, administrator):
        load_demo(now=NOW, owner=administrator, report=silent)

        assert not Job.objects.exclude(recruiters=administrator).exists()

    def test_shows_the_confidential_job_to_the_owner_alone(self, administrator):
        load_demo(now=NOW, owner=administrator, report=silent)

        confidential = Job.objects.get(confidential=True)
        assert list(confidential.recruiters.all()) == [administrator]
        assert confidential.hiring_manager is None

    def test_gives_some_jobs_to_a_hiring_manager(self):
        load_demo(now=NOW, owner=None, report=silent)

        manager = User.objects.get(role=Role.HIRING_MANAGER)
        jobs = Job.objects.visible_to(manager)
        assert 0 < jobs.count() < Job.objects.count()

    def test_makes_accounts_to_which_nobody_can_sign_in(self):
        load_demo(now=NOW, owner=None, report=silent)

        assert not any(user.has_usable_password() for user in User.objects.all())

    def test_fills_the_closed_job(self):
        load_demo(now=NOW, owner=None, report=silent)

        applications = Application.objects.filter(job__status="closed")
        assert applications.filter(outcome=Outcome.HIRED).count() == 1
        assert not applications.filter(outcome=Outcome.ACTIVE).exists()

    def test_records_nothing_ahead_of_time(self):
        load_demo(now=NOW, owner=None, report=silent)

        assert not Event.objects.filter(happened_at__gt=NOW).exists()


class TestCommand:
    def test_takes_the_first_administrator_as_owner(self, administrator, capsys):
        call_command("load_demo")

        assert administrator.jobs_as_recruiter.exists()
        assert "candidates" in capsys.readouterr().out

    def test_refuses_an_owner_that_does_not_exist(self):
        with pytest.raises(CommandError, match=r"no account nobody@example\.org"):
            call_command("load_demo", "--owner", "nobody@example.org")
