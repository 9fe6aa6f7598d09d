import pytest
from django.test import Client

from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.candidates.models import Candidate
from recruit.demo.removal import Added, PeopleAdded, remove_demo
from recruit.deployment.milestones import was_demo_removed
from recruit.deployment.start import needs_demo
from recruit.events.models import Event
from recruit.jobs.models import Job
from recruit.jobs.operations import update_job
from tests.dashboard.conftest import client_of
from tests.factories import (
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)

pytestmark = pytest.mark.django_db

DEMO = Actor.system("demo data")
REMOVE = "/demo/remove/"


@pytest.fixture
def administrator() -> User:
    return make_user(Role.ADMINISTRATOR)


@pytest.fixture
def demo_job() -> Job:
    """Make a small demo: a job, a person, an application, and an account."""
    job = make_job(source="demo", external_id="D-1", requisition_code="D-1")
    person = make_candidate(source="demo", external_id="d-1", family_name="Demo")
    make_candidate(source="demo", external_id="d-2", family_name="Alone")
    make_application(job, person)
    User.objects.create_user("recruiter@example.org", None, name="R", role="recruiter")
    Event.objects.update(actor_name=DEMO.name)
    return job


def names() -> set[str]:
    return set(Candidate.objects.values_list("family_name", flat=True))


class TestRemoveDemo:
    def test_takes_demo_rows_and_nothing_else(self, administrator, demo_job):
        own = make_application(candidate=make_candidate(family_name="Own"))

        remove_demo(actor=Actor.of(administrator), removed_at=LATER)

        assert names() == {"Own"}
        assert list(Application.objects.all()) == [own]
        assert not Event.objects.filter(actor_name=DEMO.name).exists()
        assert not User.objects.filter(email="recruiter@example.org").exists()
        assert was_demo_removed()

    def test_is_for_good(self, administrator):
        before = needs_demo()

        remove_demo(actor=Actor.of(administrator), removed_at=LATER)

        assert (before, needs_demo()) == (True, False)

    def test_asks_first_where_people_have_added_something(
        self, administrator, demo_job
    ):
        make_application(demo_job, make_candidate(family_name="Own"))

        with pytest.raises(PeopleAdded):
            remove_demo(actor=Actor.of(administrator), removed_at=LATER)

        assert names() == {"Demo", "Alone", "Own"}

    def test_keeps_what_people_have_worked_on(self, administrator, demo_job):
        update_job(
            job_id=demo_job.pk,
            fields={"title": "Ours now"},
            actor=Actor.of(administrator),
            changed_at=NOW,
        )

        remove_demo(actor=Actor.of(administrator), removed_at=LATER, added=Added.KEEP)

        assert Job.objects.get().title == "Ours now"
        assert not Candidate.objects.exists()

    def test_removes_all_of_it_when_told(self, administrator, demo_job):
        make_application(demo_job, make_candidate(family_name="Own"))

        remove_demo(actor=Actor.of(administrator), removed_at=LATER, added=Added.REMOVE)

        assert names() == {"Own"}
        assert not Application.objects.exists()


class TestRemovalPage:
    def test_removes_in_one_click(self, administrator, demo_job):
        client = client_of(administrator)

        offered = client.get("/imports/").content.decode()
        client.post(REMOVE)
        after = client.get("/imports/").content.decode()

        assert "Remove the demo data" in offered
        assert "Remove the demo data" not in after
        assert not Job.objects.exists()

    def test_asks_in_between_where_people_have_added(self, administrator, demo_job):
        make_application(demo_job, make_candidate(family_name="Own"))
        client: Client = client_of(administrator)

        asked = client.post(REMOVE, follow=True)
        kept = Job.objects.count()
        client.post(REMOVE, {"added": "remove"})

        assert "Keep those, remove the rest" in asked.content.decode()
        assert (kept, Job.objects.count()) == (1, 0)

    def test_is_for_administrators(self, demo_job):
        recruiting = client_of(make_user())

        assert recruiting.get(REMOVE).status_code == 404
        assert recruiting.post(REMOVE).status_code == 404
        assert Job.objects.exists()
