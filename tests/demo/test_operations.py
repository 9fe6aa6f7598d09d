from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.accounts.operations import create_user
from recruit.applications.choices import Outcome
from recruit.applications.models import Application
from recruit.candidates.models import Candidate
from recruit.demo.operations import DemoLoaded, load_demo
from recruit.events.models import Event
from recruit.jobs.models import Job
from recruit.skills.models import Skill

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def silent(_line: str) -> None:
    """Report to nobody."""


@dataclass(frozen=True)
class World:
    administrator: User
    loaded: DemoLoaded | None


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Load the demo data once for all that only look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        administrator = create_user(
            email="admin@example.org", name="Ada", role=Role.ADMINISTRATOR
        )
        yield World(
            administrator, load_demo(now=NOW, owner=administrator, report=silent)
        )
        transaction.set_rollback(True)


class TestLoadDemo:
    def test_writes_everything_as_demo_data(self, world):
        of_demo = [
            model.objects.filter(source="demo").exclude(external_id="").count()
            for model in (Job, Candidate, Application)
        ]

        assert world.loaded == DemoLoaded(*of_demo)
        assert Candidate.objects.count() == of_demo[1]

    def test_needs_no_skill_outside_the_vocabulary(self, world):
        assert not Skill.objects.unconfirmed().exists()

    def test_is_not_written_twice(self, world):
        events = Event.objects.count()

        assert load_demo(now=NOW, owner=None, report=silent) is None
        assert Event.objects.count() == events

    def test_names_the_owner_on_every_job(self, world):
        assert not Job.objects.exclude(recruiters=world.administrator).exists()

    def test_shows_the_confidential_job_to_the_owner_alone(self, world):
        confidential = Job.objects.get(confidential=True)

        assert list(confidential.recruiters.all()) == [world.administrator]
        assert confidential.hiring_manager is None

    def test_gives_some_jobs_to_a_hiring_manager(self, world):
        manager = User.objects.get(role=Role.HIRING_MANAGER)

        jobs = Job.objects.visible_to(manager)

        assert 0 < jobs.count() < Job.objects.count()

    def test_makes_accounts_to_which_nobody_can_sign_in(self, world):
        assert not any(user.has_usable_password() for user in User.objects.all())

    def test_fills_the_closed_job(self, world):
        applications = Application.objects.filter(job__status="closed")

        assert applications.filter(outcome=Outcome.HIRED).count() == 1
        assert not applications.filter(outcome=Outcome.ACTIVE).exists()

    def test_records_nothing_ahead_of_time(self, world):
        assert not Event.objects.filter(happened_at__gt=NOW).exists()
