"""Making, changing, rotating, deleting webhooks."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from recruit.accounts.choices import Role
from recruit.common.ids import uuid7
from recruit.common.refusals import StaleVersion
from recruit.events.models import Event
from recruit.webhooks import operations
from recruit.webhooks.choices import DisabledFor
from recruit.webhooks.models import Delivery, Webhook
from recruit.webhooks.sealing import SecretUnreadable, sealed, unsealed
from tests.factories import ACTOR, LATER, NOW, make_user
from tests.races import at_once

pytestmark = pytest.mark.django_db


def change(webhook, stated, **said):
    said.setdefault("changed_by", webhook.owner)
    return operations.change_webhook(
        webhook_id=webhook.pk, stated=stated, actor=ACTOR, changed_at=LATER, **said
    )


class TestTwins:
    @pytest.mark.django_db(transaction=True)
    def test_at_once_make_one_webhook(self):
        owner, webhook_id = make_user(Role.ADMINISTRATOR), uuid7()
        stated = {"name": "Payroll", "url": "https://hooks.example.org/x"}

        ended = at_once(
            *[
                lambda: operations.create_webhook(
                    owner=owner,
                    stated=stated,
                    actor=ACTOR,
                    created_at=NOW,
                    webhook_id=webhook_id,
                )
            ]
            * 4
        )

        refused = [one for one in ended if isinstance(one, operations.WebhookExists)]
        assert len(refused) == 3
        assert Webhook.objects.get().pk == webhook_id
        assert Delivery.objects.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_at_once_make_one_secret(self, make_webhook):
        webhook = make_webhook().webhook
        mark = webhook.secret_mark

        ended = at_once(
            *[
                lambda: operations.rotate_secret(
                    webhook_id=webhook.pk,
                    actor=ACTOR,
                    rotated_at=NOW,
                    expected_mark=mark,
                )
            ]
            * 4
        )

        refused = [one for one in ended if isinstance(one, operations.WebhookRotated)]
        (made,) = [one for one in ended if isinstance(one, operations.WithSecret)]
        webhook.refresh_from_db()
        assert len(refused) == 3
        assert unsealed(webhook.secret) == made.secret
        assert webhook.secret_mark != mark


class TestSecrets:
    def test_are_not_kept_as_they_are(self, make_webhook):
        made = make_webhook()

        made.webhook.refresh_from_db()
        assert made.secret.startswith("whsec_")
        assert made.secret not in made.webhook.secret
        assert made.secret.removeprefix("whsec_")[:8] not in made.webhook.secret
        assert unsealed(made.webhook.secret) == made.secret

    def test_are_sealed_differently_each_time(self):
        assert sealed("whsec_x") != sealed("whsec_x")

    @pytest.mark.parametrize(
        "stored",
        ["", "x", "AAAA", pytest.param(sealed("a")[:-8] + "AAAAAAA=", id="changed")],
    )
    def test_that_were_changed_are_refused(self, stored):
        with pytest.raises(SecretUnreadable):
            unsealed(stored)

    def test_of_long_ago_end_with_the_second_rotation(self, make_webhook):
        webhook = make_webhook().webhook
        rotate = {"webhook_id": webhook.pk, "actor": ACTOR}

        second = operations.rotate_secret(**rotate, rotated_at=NOW)
        third = operations.rotate_secret(**rotate, rotated_at=NOW)

        valid = third.webhook.sealed_secrets(NOW + timedelta(hours=23))
        assert [unsealed(one) for one in valid] == [third.secret, second.secret]
        assert len(third.webhook.sealed_secrets(NOW + timedelta(hours=24))) == 1

    def test_end_at_once_without_an_overlap(self, make_webhook):
        rotated = operations.rotate_secret(
            webhook_id=make_webhook().webhook.pk,
            actor=ACTOR,
            rotated_at=NOW,
            overlap=timedelta(0),
        )

        assert rotated.webhook.old_secret == ""
        assert len(rotated.webhook.sealed_secrets(NOW)) == 1


class TestCreate:
    def test_sends_a_ping_and_records_it(self, make_webhook):
        webhook = make_webhook().webhook

        assert Delivery.objects.get().type == "webhook.ping"
        event = Event.objects.get(kind="webhook_created")
        assert event.details == {"webhook": str(webhook.pk), "name": webhook.name}
        assert not event.pending.exists()

    @pytest.mark.parametrize(
        ("stated", "field"),
        [
            ({"name": ""}, "name"),
            ({"name": "x" * 121}, "name"),
            ({"name": "a\x00"}, "name"),
            ({"url": "https://127.1/"}, "url"),
            ({"url": "https://10.0.0.1/"}, "url"),
            ({"types": ["job.created", "no.such"]}, "types"),
        ],
    )
    def test_names_the_field_that_is_wrong(self, make_webhook, stated, field):
        with pytest.raises(ValidationError) as refused:
            make_webhook(**stated)

        assert field in refused.value.message_dict
        assert not Webhook.objects.exists()

    def test_has_a_limit(self, make_webhook, monkeypatch):
        monkeypatch.setattr(operations, "MOST_WEBHOOKS", 1)
        make_webhook()

        with pytest.raises(operations.TooManyWebhooks):
            make_webhook()


class TestChange:
    def test_of_where_it_leads_makes_its_owner(self, make_webhook, receiver):
        webhook, other = make_webhook().webhook, make_user(Role.ADMINISTRATOR)

        renamed = change(webhook, {"name": "Other"}, changed_by=other)
        assert renamed.owner_id == webhook.owner_id
        moved = change(webhook, {"url": f"{receiver.url}/2"}, changed_by=other)
        assert moved.owner_id == other.pk

    def test_that_is_none_is_not_recorded(self, make_webhook):
        webhook = make_webhook().webhook

        assert change(webhook, {"name": webhook.name}).version == 1
        assert not Event.objects.filter(kind="webhook_changed").exists()

    def test_by_who_has_not_seen_the_last_is_refused(self, make_webhook):
        webhook = make_webhook().webhook
        change(webhook, {"name": "Other"})

        with pytest.raises(StaleVersion):
            change(webhook, {"name": "Third"}, expected_version=1)

    def test_keeps_types_in_one_order(self, make_webhook):
        webhook = change(
            make_webhook().webhook, {"types": ["note.created", "job.created"] * 2}
        )

        assert webhook.types == ["job.created", "note.created"]


class TestDisabled:
    def test_is_sent_no_ping_and_nothing_again(self, make_webhook):
        webhook = make_webhook().webhook
        operations.disable_webhook(
            webhook_id=webhook.pk,
            reason=DisabledFor.BY_HAND,
            actor=ACTOR,
            disabled_at=NOW,
        )

        with pytest.raises(operations.WebhookDisabled):
            operations.ping(webhook_id=webhook.pk, pinged_at=NOW)
        with pytest.raises(operations.WebhookDisabled):
            operations.redeliver(delivery_id=webhook.deliveries.get().pk, asked_at=NOW)


class TestRedeliver:
    def test_sends_the_same_message_once_more(self, receiver, make_webhook, send):
        make_webhook()
        send()

        operations.redeliver(delivery_id=Delivery.objects.get().pk, asked_at=NOW)
        send()

        first, second = receiver.calls
        assert first.id == second.id
        assert first.body == second.body
        assert Delivery.objects.get().tries == 1
        assert Delivery.objects.get().attempts.count() == 2


class TestDelete:
    def test_takes_what_was_sent_with_it(self, make_webhook):
        webhook = make_webhook().webhook

        operations.delete_webhook(webhook_id=webhook.pk, actor=ACTOR, deleted_at=NOW)

        assert not Delivery.objects.exists()
        assert Event.objects.filter(kind="webhook_deleted").exists()
