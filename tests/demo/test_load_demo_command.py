import pytest
from django.core.management import CommandError, call_command

from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.accounts.operations import create_user
from recruit.demo import operations
from recruit.demo.queries import demo_is_loaded
from recruit.jobs.models import Job

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Stands for a process that dies."""


def die(*_arguments: object) -> None:
    raise Killed


class TestLoadDemo:
    def test_takes_the_first_administrator_as_owner(self, capsys):
        owner = create_user(email="a@example.org", name="Ada", role=Role.ADMINISTRATOR)

        call_command("load_demo")

        assert demo_is_loaded()
        assert owner.jobs_as_recruiter.exists()
        assert "candidates" in capsys.readouterr().out

    def test_leaves_nothing_behind_when_cut_short(self, monkeypatch):
        monkeypatch.setattr(operations, "_create_candidates", die)

        with pytest.raises(Killed):
            call_command("load_demo")

        assert not demo_is_loaded()
        assert not Job.objects.exists()
        assert not User.objects.exists()

    def test_refuses_an_owner_that_does_not_exist(self):
        with pytest.raises(CommandError, match=r"no account nobody@example\.org"):
            call_command("load_demo", "--owner", "nobody@example.org")
