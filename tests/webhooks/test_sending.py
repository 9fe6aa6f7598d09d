"""What arrives at a receiver."""

import pytest
from django.db import transaction
from standardwebhooks import Webhook as Verifier

from recruit.applications.operations import advance
from recruit.webhooks.models import Attempt, Delivery, Message
from tests.factories import ACTOR, NOW, make_application, make_candidate, make_job

pytestmark = pytest.mark.django_db


class TestSend:
    def test_tells_of_a_change_by_ids_alone(self, receiver, make_webhook, send):
        made = make_webhook()
        person = make_candidate(given_name="Xiomara", emails=["x@example.org"])

        send()

        by_type = {call.type: call for call in receiver.calls}
        assert set(by_type) == {"webhook.ping", "candidate.created"}
        call = by_type["candidate.created"]
        assert call.message["data"] == {"candidate": str(person.pk)}
        assert call.message["timestamp"] == "2026-05-04T09:30:00Z"
        assert b"Xiomara" not in call.body
        Verifier(made.secret).verify(call.body, call.headers)

    def test_sends_nothing_twice_that_was_taken(self, receiver, make_webhook, send):
        make_webhook()
        make_candidate()

        send()
        send()

        assert len(receiver.calls) == 2
        assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered"}
        assert Attempt.objects.count() == 2

    def test_sends_the_types_that_were_chosen(self, receiver, make_webhook, send):
        make_webhook(types=["job.created"])
        make_candidate()
        make_job()

        send()

        assert sorted(receiver.types()) == ["job.created", "webhook.ping"]

    def test_sends_an_application_and_its_moves_in_order(
        self, receiver, make_webhook, send
    ):
        make_webhook()
        application = make_application()
        advance(
            application_id=application.pk,
            to_stage="interview",
            actor=ACTOR,
            moved_at=NOW,
        )

        send()

        theirs = [call for call in receiver.calls if "application" in call.type]
        assert [call.type for call in theirs] == [
            "application.created",
            "application.stage_changed",
        ]
        assert theirs[0].message["data"] == {
            "application": str(application.pk),
            "job": str(application.job_id),
            "candidate": str(application.candidate_id),
        }


@pytest.mark.django_db(transaction=True)
class TestRolledBack:
    def test_sends_nothing(self, receiver, make_webhook, send):
        make_webhook()

        def fail_after_making_a_job():
            with transaction.atomic():
                make_job()
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail_after_making_a_job()
        send()

        assert receiver.types() == ["webhook.ping"]
        assert not Message.objects.exists()
