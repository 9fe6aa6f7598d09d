"""At least once, in order per object, seven times and no more."""

from collections import Counter, defaultdict
from datetime import timedelta
from random import Random

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from standardwebhooks import Webhook as Verifier

from recruit.accounts.choices import Role
from recruit.accounts.operations import update_user
from recruit.jobs.operations import update_job
from recruit.webhooks import operations
from recruit.webhooks.calling import Outcome
from recruit.webhooks.choices import DisabledFor
from recruit.webhooks.delivering import (
    AT_ONCE_FOR_EACH,
    LEASE,
    forget_old,
    settle,
    take_due,
)
from recruit.webhooks.mail import tell_of_disabled
from recruit.webhooks.models import Attempt, Delivery, Message, Webhook
from recruit.webhooks.publishing import publish_all
from recruit.webhooks.schedule import PAUSES, TRIES, next_try_at
from recruit.webhooks.sending import send_all
from tests.factories import ACTOR, LATER, NOW, make_candidate, make_job, make_user
from tests.races import at_once
from tests.webhooks.receiver import Answer

pytestmark = pytest.mark.django_db

CHANGES = 4


def change(jobs: int = 5) -> None:
    """Make jobs, and change each several times, by turns."""
    made = [make_job() for _number in range(jobs)]
    for number in range(CHANGES):
        for job in made:
            update_job(
                job_id=job.pk,
                fields={"title": f"Title {number}"},
                actor=ACTOR,
                changed_at=LATER,
            )


def positions_by_object(receiver, *, delivered=None):
    """Return, for each object, the positions of what arrived, in that order."""
    positions = dict(Message.objects.values_list("pk", "position"))
    found = defaultdict(list)
    for call in receiver.calls:
        if call.type == "webhook.ping" or (delivered and call not in delivered):
            continue
        by_id = {str(pk): position for pk, position in positions.items()}
        found[call.message["data"]["job"]].append(by_id[call.id])
    return found


class TestOrder:
    def test_is_kept_for_each_object_while_half_of_the_calls_fail(
        self, receiver, make_webhook, clock
    ):
        make_webhook()
        chance, accepted = Random(7), []  # noqa: S311 - the same failures each time
        failed: Counter[str] = Counter()

        def answer(call):
            if chance.random() < 0.5 and failed[call.id] < TRIES - 1:
                failed[call.id] += 1
                return Answer(500)
            accepted.append(call)
            return Answer()

        receiver.answer = answer
        change()

        clock.now = timezone.now()
        while Delivery.objects.waiting().filter(webhook__disabled_at=None).exists():
            send_all(clock=clock)
            clock.now += timedelta(hours=9)

        found = positions_by_object(receiver, delivered=accepted)
        assert len(found) == 5
        for positions in found.values():
            assert positions == sorted(positions)
            assert len(positions) == 1 + CHANGES

    def test_holds_back_what_follows_a_failure_and_nothing_else(
        self, receiver, make_webhook, send
    ):
        make_webhook()
        bad, good = make_job(), make_job()
        receiver.answer = lambda call: Answer(500 if str(bad.pk).encode() in call.body
                                              else 200)  # fmt: skip
        for job in (bad, good):
            update_job(
                job_id=job.pk, fields={"title": "New"}, actor=ACTOR, changed_at=LATER
            )

        send()

        ids = [call.message["data"].get("job") for call in receiver.calls]
        assert ids.count(str(bad.pk)) == 1
        assert ids.count(str(good.pk)) == 2

    def test_does_not_let_one_webhook_hold_up_another(self, receiver, make_webhook):
        make_webhook()
        make_webhook()
        for _number in range(AT_ONCE_FOR_EACH + 2):
            make_job()
        now = timezone.now()
        publish_all(now=now)

        calls = take_due(now=now, busy={})

        by_webhook: Counter[object] = Counter()
        for call in calls:
            by_webhook[call.webhook_id] += 1
        assert list(by_webhook.values()) == [AT_ONCE_FOR_EACH] * 2


@pytest.mark.django_db(transaction=True)
class TestTwinWorkers:
    def test_send_each_message_once_and_in_order(self, receiver, make_webhook):
        make_webhook()
        change(8)

        at_once(*[lambda: send_all(clock=timezone.now)] * 3)

        assert len({call.id for call in receiver.calls}) == 8 * (1 + CHANGES) + 1
        assert len(receiver.calls) == 8 * (1 + CHANGES) + 1
        for positions in positions_by_object(receiver).values():
            assert positions == sorted(positions)

    def test_lose_nothing_that_is_written_meanwhile(self, receiver, make_webhook):
        make_webhook()

        at_once(*[lambda: change(4)] * 3, *[lambda: send_all(clock=timezone.now)] * 2)
        send_all(clock=timezone.now)

        told = {call.id for call in receiver.calls if call.type != "webhook.ping"}
        assert len(told) == 12 * (1 + CHANGES)
        connections.close_all()


class TestTakeDue:
    def test_gives_what_a_killed_worker_took_to_another(self, make_webhook):
        make_webhook()
        now = timezone.now()

        first = take_due(now=now, busy={})

        assert len(first) == 1
        assert take_due(now=now + LEASE / 2, busy={}) == []
        again = take_due(now=now + LEASE, busy={})
        assert [one.delivery_id for one in again] == [first[0].delivery_id]
        assert again[0].message_id == first[0].message_id

    def test_listens_to_the_last_who_took_it(self, make_webhook):
        make_webhook()
        now = timezone.now()
        (lost,) = take_due(now=now, busy={})
        (taken,) = take_due(now=now + LEASE, busy={})

        failed = Outcome(now, 5, status=500)
        settle(call=lost, outcome=failed, now=now + LEASE, jitter=0)
        assert Delivery.objects.get().tries == 0
        done = Outcome(now, 5, status=200)
        settle(call=taken, outcome=done, now=now + LEASE, jitter=0)

        assert Delivery.objects.get().state == "delivered"
        assert Attempt.objects.count() == 2

    def test_takes_nothing_for_owners_who_are_gone(self, make_webhook):
        owner = make_user(Role.ADMINISTRATOR)
        make_user(Role.ADMINISTRATOR)
        make_webhook(owner)

        update_user(
            user_id=owner.pk,
            email=owner.email,
            name=owner.name,
            role=Role.RECRUITER,
            is_active=True,
            changed_at=LATER,
        )

        assert take_due(now=timezone.now(), busy={}) == []


class TestSchedule:
    def test_tries_seven_times_over_about_fifteen_hours(self):
        at, tries = NOW, 0
        while True:
            tries += 1
            following = next_try_at(tries, ended_at=at, jitter=0)
            if following is None:
                break
            at = following

        assert tries == TRIES == 7
        assert timedelta(hours=15) < at - NOW < timedelta(hours=16)

    def test_spreads_the_tries(self):
        early = next_try_at(2, ended_at=NOW, jitter=0)
        late = next_try_at(2, ended_at=NOW, jitter=1)

        assert early == NOW + PAUSES[1]
        assert late == NOW + PAUSES[1] * 1.1

    @pytest.mark.parametrize(
        ("asked", "pause"),
        [
            (timedelta(seconds=1), PAUSES[0]),
            (timedelta(hours=1), timedelta(hours=1)),
            (timedelta(days=90), timedelta(hours=8)),
        ],
    )
    def test_waits_longer_where_the_receiver_asks_within_bounds(self, asked, pause):
        assert next_try_at(1, ended_at=NOW, jitter=0, retry_after=asked) == NOW + pause


class TestGivingUp:
    def fail(self, receiver, clock, status=500):
        receiver.answer = lambda _call: Answer(status, b"down for good")
        for _number in range(TRIES):
            send_all(clock=clock)
            clock.now += timedelta(hours=10)

    def test_disables_after_seven_tries_and_mails(self, receiver, make_webhook, clock):
        other = make_user(Role.ADMINISTRATOR)
        owner = make_user(Role.ADMINISTRATOR)
        webhook = make_webhook(owner, name="Ours").webhook
        clock.now = timezone.now()

        self.fail(receiver, clock)
        self.fail(receiver, clock)

        assert len(receiver.calls) == TRIES
        webhook.refresh_from_db()
        assert webhook.disabled_for == DisabledFor.TOO_MANY_TRIES
        assert Delivery.objects.get().state == "failed"
        assert {one.answer for one in Attempt.objects.all()} == {"down for good"}
        tasks = ProcrastinateJob.objects.filter(
            task_name="recruit.webhooks.tasks.tell_of_disabled",
            args={"webhook_id": str(webhook.pk)},
        )
        assert tasks.count() == 1
        tell_of_disabled(webhook_id=webhook.pk)
        assert {one.to[0] for one in mail.outbox} == {owner.email, other.email}
        assert "Ours" in mail.outbox[0].subject
        assert receiver.url in mail.outbox[0].body
        assert f"\n/webhooks/{webhook.pk}/\n" in mail.outbox[0].body

    def test_mails_the_address_of_its_page_from_the_senders(
        self, make_webhook, settings
    ):
        settings.ORIGIN = "https://hiring.example.org"
        settings.DEFAULT_FROM_EMAIL = "hiring@example.org"
        webhook = make_webhook().webhook
        operations.disable_webhook(
            webhook_id=webhook.pk,
            reason=DisabledFor.GONE,
            actor=ACTOR,
            disabled_at=NOW,
        )

        tell_of_disabled(webhook_id=webhook.pk)

        assert mail.outbox[0].from_email == "hiring@example.org"
        page = f"https://hiring.example.org/webhooks/{webhook.pk}/"
        assert page in mail.outbox[0].body

    def test_disables_at_once_where_the_receiver_is_gone(
        self, receiver, make_webhook, send
    ):
        webhook = make_webhook().webhook
        receiver.answer = lambda _call: Answer(410)

        send()

        webhook.refresh_from_db()
        assert webhook.disabled_for == DisabledFor.GONE
        assert len(receiver.calls) == 1

    def test_sends_what_waited_once_it_is_enabled(self, receiver, make_webhook, clock):
        webhook = make_webhook(types=["job.created"]).webhook
        make_job()
        clock.now = timezone.now()
        self.fail(receiver, clock)
        missed = make_job()
        publish_all(now=clock.now)

        operations.enable_webhook(
            webhook_id=webhook.pk, actor=ACTOR, enabled_at=clock.now
        )
        receiver.answer = lambda _call: Answer()
        receiver.calls.clear()
        later = make_job()
        send_all(clock=clock)

        told = [call.message["data"]["job"] for call in receiver.calls]
        assert str(later.pk) in told
        assert str(missed.pk) not in told
        tell_of_disabled(webhook_id=webhook.pk)
        assert mail.outbox == []


class TestRotation:
    def test_signs_with_both_secrets_for_a_while(
        self, receiver, make_webhook, clock, send
    ):
        made = make_webhook()
        rotated = operations.rotate_secret(
            webhook_id=made.webhook.pk, actor=ACTOR, rotated_at=timezone.now()
        )

        send()
        old_and_new = receiver.calls[-1]
        clock.now += timedelta(hours=25)
        operations.ping(webhook_id=made.webhook.pk, pinged_at=clock.now)
        send_all(clock=clock)

        for secret in (made.secret, rotated.secret):
            Verifier(secret).verify(old_and_new.body, old_and_new.headers)
        assert old_and_new.headers["webhook-signature"].count("v1,") == 2
        assert receiver.calls[-1].headers["webhook-signature"].count("v1,") == 1

    def test_tells_where_the_secret_cannot_be_read(
        self, receiver, make_webhook, send, settings
    ):
        make_webhook()
        settings.SECRET_KEY = "another"

        send()

        assert receiver.calls == []
        assert "SECRET_KEY" in Attempt.objects.get().error


class TestForgetOld:
    def test_deletes_the_log_after_thirty_days(self, make_webhook, send):
        make_webhook()
        make_candidate()
        send()
        now = timezone.now()

        assert forget_old(now=now + timedelta(days=29)) == 0
        assert forget_old(now=now + timedelta(days=31)) == 4

        assert not Delivery.objects.exists()
        assert Message.objects.exists()
        assert Webhook.objects.exists()


class TestQueries:
    def test_do_not_grow_with_the_messages(
        self, make_webhook, django_assert_max_num_queries
    ):
        make_webhook()
        for _number in range(20):
            make_job()

        with django_assert_max_num_queries(25):
            publish_all(now=timezone.now())
            take_due(now=timezone.now(), busy={})
