import pytest
from django.test import Client

from recruit.accounts.models import User
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.jobs.choices import JobStatus
from tests.admin.forms import address_of, filled
from tests.factories import make_application, make_candidate, make_job, reason_for

pytestmark = pytest.mark.django_db

KIND = "applications/application"


def move(client: Client, application: Application, **stated: str) -> str:
    """Send the application's form with what is stated; return the page."""
    address = address_of(KIND, application.pk)
    answer = client.post(address, filled(client, address) | stated)
    application.refresh_from_db()
    return answer.content.decode()


def last_event() -> Event:
    event = Event.objects.newest_first().first()
    assert event is not None
    return event


class TestApplicationPage:
    def test_adds_a_person_to_a_pipeline(self, admin_client: Client):
        job, candidate = make_job(), make_candidate()
        sent = {"job": str(job.pk), "candidate": str(candidate.pk)}

        admin_client.post(address_of(KIND), sent)

        assert Application.objects.get().stage == Stage.APPLIED
        assert last_event().kind == Happened.APPLIED

    def test_shows_why_a_closed_job_takes_nobody(self, admin_client: Client):
        job, candidate = make_job(status=JobStatus.CLOSED), make_candidate()
        sent = {"job": str(job.pk), "candidate": str(candidate.pk)}

        answer = admin_client.post(address_of(KIND), sent)

        assert "is closed and takes no application" in answer.content.decode()

    def test_moves_with_a_transition(self, admin_client: Client, administrator: User):
        application = make_application()

        move(admin_client, application, stage="interview")

        (transition,) = application.transitions.all()
        assert transition.to_stage == Stage.INTERVIEW
        assert transition.actor_id == administrator.pk
        assert last_event().kind == Happened.STAGE_CHANGED

    def test_rejects_with_a_reason(self, admin_client: Client):
        application = make_application()
        reason = reason_for(Outcome.REJECTED)

        page = move(admin_client, application, outcome="rejected")
        assert "Say why the application ended." in page
        move(
            admin_client,
            application,
            outcome="rejected",
            disposition_reason=str(reason.pk),
        )

        assert application.outcome == Outcome.REJECTED
        assert last_event().kind == Happened.REJECTED

    def test_refuses_a_reason_of_another_outcome(self, admin_client: Client):
        application = make_application()
        reason = reason_for(Outcome.WITHDRAWN)

        page = move(
            admin_client,
            application,
            outcome="rejected",
            disposition_reason=str(reason.pk),
        )

        assert "is not a reason for" in page
        assert application.is_active

    def test_hires_only_at_the_offer(self, admin_client: Client):
        application = make_application()

        page = move(admin_client, application, outcome="hired")
        assert "Only who stands at the offer can be hired." in page
        move(admin_client, application, outcome="hired", stage="offer")

        assert application.outcome == Outcome.HIRED
        assert application.transitions.count() == 2

    def test_takes_an_end_back(self, admin_client: Client):
        application = make_application()
        move(
            admin_client,
            application,
            outcome="withdrawn",
            disposition_reason=str(reason_for(Outcome.WITHDRAWN).pk),
        )

        move(admin_client, application, outcome="active", disposition_reason="")

        assert application.is_active
        assert last_event().kind == Happened.TRANSITION_UNDONE

    def test_leaves_an_ended_application_where_it_is(self, admin_client: Client):
        application = make_application()
        move(
            admin_client,
            application,
            outcome="withdrawn",
            disposition_reason=str(reason_for(Outcome.WITHDRAWN).pk),
        )

        page = move(admin_client, application, stage="offer")

        assert "This application has ended" in page
        assert application.stage == Stage.APPLIED
