import pytest
from django.test import Client

from recruit.accounts.models import User
from recruit.events.choices import Happened
from recruit.events.models import Event, PendingEvent
from recruit.jobs.models import Job
from recruit.jobs.operations import RequirementInput, update_job
from recruit.skills.models import Skill
from tests.admin.forms import address_of, filled
from tests.factories import ACTOR, LATER, make_application, make_job, make_user

pytestmark = pytest.mark.django_db

KIND = "jobs/job"


def events_of(job: Job) -> list[Event]:
    return list(Event.objects.about_job(job.pk).newest_first())


class TestAddingAJob:
    def test_goes_through_the_operation(
        self, admin_client: Client, administrator: User
    ):
        make_job("Pruning")
        skill = Skill.objects.get(name="Pruning")
        sent = filled(admin_client, address_of(KIND))
        sent |= {"requisition_code": "REQ-A", "title": "Arborist"}
        sent |= {
            "requirements-TOTAL_FORMS": "1",
            "requirements-0-skill": str(skill.pk),
            "requirements-0-importance": "required",
            "requirements-0-minimum_years": "2",
        }

        answer = admin_client.post(address_of(KIND), sent)

        assert answer.status_code == 302
        job = Job.objects.get(requisition_code="REQ-A")
        assert [str(one) for one in job.requirements.all()] == ["Pruning (Required)"]
        (event,) = events_of(job)
        assert event.kind == Happened.JOB_CREATED
        assert event.actor_id == administrator.pk
        assert PendingEvent.objects.filter(event=event).exists()

    def test_names_the_field_that_is_wrong(self, admin_client: Client):
        sent = filled(admin_client, address_of(KIND))
        sent |= {"requisition_code": "A/B", "title": "x", "salary_min": "5"}

        answer = admin_client.post(address_of(KIND), sent)

        errors = answer.context["adminform"].form.errors
        assert set(errors) == {"requisition_code", "salary_currency"}
        assert not Job.objects.exists()


class TestChangingAJob:
    def test_that_changes_nothing_writes_nothing(self, admin_client: Client):
        job = make_job("Pruning", recruiters=[make_user()], description="Trees.\nMore.")
        before = job.version, job.profile_changed_at
        sent = filled(admin_client, address_of(KIND, job.pk))

        answer = admin_client.post(address_of(KIND, job.pk), sent)

        assert answer.status_code == 302
        job.refresh_from_db()
        assert (job.version, job.profile_changed_at) == before
        assert len(events_of(job)) == 1

    def test_records_who_changed_what(self, admin_client: Client, administrator: User):
        job = make_job("Pruning")
        stamp = job.profile_changed_at
        sent = filled(admin_client, address_of(KIND, job.pk)) | {"title": "Arborist"}

        admin_client.post(address_of(KIND, job.pk), sent)

        job.refresh_from_db()
        event = events_of(job)[0]
        assert job.title == "Arborist"
        assert job.profile_changed_at > stamp
        assert event.details["fields"] == ["title"]
        assert event.actor_name == administrator.name

    def test_takes_a_requirement_away(self, admin_client: Client):
        job = make_job("Pruning", "Climbing")
        sent = filled(admin_client, address_of(KIND, job.pk))
        sent["requirements-0-DELETE"] = "on"

        admin_client.post(address_of(KIND, job.pk), sent)

        assert [row.skill.name for row in job.requirements.all()] == ["Climbing"]
        assert events_of(job)[0].details["fields"] == ["requirements"]

    def test_refuses_a_form_older_than_the_job(self, admin_client: Client):
        job = make_job("Pruning")
        sent = filled(admin_client, address_of(KIND, job.pk)) | {"title": "Mine"}
        update_job(
            job_id=job.pk,
            fields={"title": "Theirs"},
            requirements=[RequirementInput("Climbing")],
            actor=ACTOR,
            changed_at=LATER,
        )

        answer = admin_client.post(address_of(KIND, job.pk), sent)

        assert answer.status_code == 200
        assert "Somebody else changed this" in answer.content.decode()
        job.refresh_from_db()
        assert job.title == "Theirs"

    def test_refuses_a_form_without_its_version(self, admin_client: Client):
        job = make_job()
        sent = filled(admin_client, address_of(KIND, job.pk)) | {"title": "Mine"}
        del sent["version_seen"]

        answer = admin_client.post(address_of(KIND, job.pk), sent)

        assert answer.status_code == 200
        job.refresh_from_db()
        assert job.title == "Gardener"

    def test_shows_what_the_operation_refuses_with_what_was_typed(
        self, admin_client: Client
    ):
        job = make_job(title="Gardener")
        sent = filled(admin_client, address_of(KIND, job.pk))
        sent |= {"title": "Typed", "status": "draft"}

        answer = admin_client.post(address_of(KIND, job.pk), sent)

        assert answer.status_code == 200
        assert 'value="Typed"' in answer.content.decode()
        job.refresh_from_db()
        assert (job.title, job.status) == ("Gardener", "open")


class TestDeletingAJob:
    def test_is_refused_while_people_were_considered(self, admin_client: Client):
        job = make_application().job
        address = address_of(KIND, job.pk, "delete")

        page = admin_client.get(address).content.decode()
        admin_client.post(address, {"post": "yes"})

        assert "protected" in page
        assert Job.objects.filter(pk=job.pk).exists()

    def test_is_recorded(self, admin_client: Client):
        job = make_job("Pruning")

        admin_client.post(address_of(KIND, job.pk, "delete"), {"post": "yes"})

        assert not Job.objects.filter(pk=job.pk).exists()
        assert events_of(job)[0].kind == Happened.JOB_DELETED

    def test_of_many_is_all_or_nothing(self, admin_client: Client):
        free, used = make_job(), make_application().job
        sent = {
            "action": "delete_selected",
            "_selected_action": [str(free.pk), str(used.pk)],
            "post": "yes",
        }

        admin_client.post("/admin/jobs/job/", sent)

        assert Job.objects.filter(pk__in=[free.pk, used.pk]).count() == 2


class TestIndexingAnew:
    def test_bumps_the_stamp_and_records_one_event(self, admin_client: Client):
        jobs = [make_job(), make_job()]
        sent = {
            "action": "index_selected",
            "_selected_action": [str(job.pk) for job in jobs],
        }

        admin_client.post("/admin/jobs/job/", sent)

        event = Event.objects.get(kind=Happened.INDEXING_REQUESTED)
        assert set(event.job_ids) == {job.pk for job in jobs}
        for job in jobs:
            before = job.profile_changed_at
            job.refresh_from_db()
            assert job.profile_changed_at > before


class TestPageOfAJob:
    def test_asks_as_much_for_many_requirements_as_for_one(
        self, admin_client: Client, django_assert_num_queries
    ):
        few = make_job("Pruning")
        many = make_job(*[f"skill {number}" for number in range(30)])
        admin_client.get(address_of(KIND, few.pk))

        from django.db import connection  # noqa: PLC0415
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

        with CaptureQueriesContext(connection) as queries:
            admin_client.get(address_of(KIND, few.pk))
        with django_assert_num_queries(len(queries)):
            admin_client.get(address_of(KIND, many.pk))
