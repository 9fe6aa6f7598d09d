"""/webhooks: kept by administrators, for other systems."""

import pytest
from django.utils import timezone

from recruit.accounts.choices import Role, Scope
from recruit.webhooks.models import Delivery, Webhook
from recruit.webhooks.sealing import unsealed
from tests.api.caller import RANDOM, Caller, assert_problem, fields_in, version_in
from tests.factories import make_user

pytestmark = pytest.mark.django_db

BODY = {"name": "Payroll", "url": "https://hooks.example.org/x"}
PLAIN = [one for one in Scope.values if one != Scope.CONFIDENTIAL]


@pytest.fixture
def administrator():
    return Caller(make_user(Role.ADMINISTRATOR))


def make(caller, **stated):
    answer = caller.post("/webhooks", BODY | stated)
    assert answer.status_code == 201, answer.content
    return answer.json()


class TestCreate:
    def test_answers_with_the_secret_this_once(self, administrator):
        answer = administrator.post("/webhooks", BODY | {"types": ["job.created"]})

        made, row = answer.json(), Webhook.objects.get()
        assert made["secret"] == unsealed(row.secret)
        assert made["types"] == ["job.created"]
        assert made["is_enabled"] is True
        assert made["disabled_for"] is None
        assert made["owner"] == str(administrator.user.pk)
        assert answer["Location"].endswith(f"/api/v1/webhooks/{row.pk}")
        assert version_in(answer) == 1
        again = administrator.get(f"/webhooks/{row.pk}").json()
        assert "secret" not in again
        assert again == {name: made[name] for name in again}

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"url": "https://127.0.0.1/"}, "url"),
            ({"url": "http://hooks.example.org/"}, "url"),
            ({"url": 5}, "url"),
            ({"url": "https://a\x00b/"}, "url"),
            ({"name": ""}, "name"),
            ({"types": ["no.such"]}, "types[0]"),
            ({"types": "job.created"}, "types"),
            ({"types": None}, "types"),
            ({"sees_confidential": "yes"}, "sees_confidential"),
            ({"secret": "mine"}, "secret"),
            ({"owner": str(RANDOM)}, "owner"),
        ],
    )
    def test_names_what_is_wrong(self, administrator, wrong, field):
        named = fields_in(administrator.post("/webhooks", BODY | wrong))

        assert [str(one).partition("[")[0] for one in named] == [
            field.partition("[")[0]
        ]

    def test_is_there_for_administrators_alone(self):
        caller = Caller(make_user())

        assert_problem(caller.post("/webhooks", BODY), 404)
        assert_problem(caller.get("/webhooks"), 404)

    def test_hands_on_no_more_than_the_token_sees(self):
        caller = Caller(make_user(Role.ADMINISTRATOR), PLAIN)

        refused = caller.post("/webhooks", BODY | {"sees_confidential": True})

        assert fields_in(refused) == ["sees_confidential"]


class TestChange:
    def test_of_the_address_needs_to_see_what_is_told(self, administrator):
        made = make(administrator, sees_confidential=True)
        caller = Caller(make_user(Role.ADMINISTRATOR), PLAIN)
        here = f"/webhooks/{made['id']}"

        moved = caller.patch(here, {"url": "https://elsewhere.example.org/"})

        assert fields_in(moved) == ["sees_confidential"]
        assert caller.patch(here, {"name": "Other"}).status_code == 200
        both = {"url": "https://elsewhere.example.org/", "sees_confidential": False}
        changed = caller.patch(here, both)
        assert changed.json()["owner"] == str(caller.user.pk)

    def test_refuses_who_has_not_seen_the_last(self, administrator):
        here = f"/webhooks/{make(administrator)['id']}"
        administrator.patch(here, {"name": "Other"})

        stale = administrator.patch(here, {"name": "Third"}, **{"If-Match": '"1"'})

        assert_problem(stale, 412)

    def test_deletes(self, administrator):
        here = f"/webhooks/{make(administrator)['id']}"

        assert administrator.delete(here).status_code == 204
        assert_problem(administrator.get(here), 404)


class TestRotate:
    def test_answers_with_a_new_secret_and_keeps_the_old_for_a_while(
        self, administrator
    ):
        made = make(administrator)

        answer = administrator.post(f"/webhooks/{made['id']}/rotate", {})
        rotated = answer.json()

        row = Webhook.objects.get()
        assert rotated["secret"] == unsealed(row.secret) != made["secret"]
        assert unsealed(row.old_secret) == made["secret"]
        assert rotated["old_secret_until"] is not None
        ended = administrator.post(
            f"/webhooks/{made['id']}/rotate", {"overlap_hours": 0}
        )
        assert ended.json()["old_secret_until"] is None

    @pytest.mark.parametrize("hours", [-1, 169, "5", None, 1.5])
    def test_names_an_overlap_that_cannot_be(self, administrator, hours):
        here = f"/webhooks/{make(administrator)['id']}/rotate"

        named = fields_in(administrator.post(here, {"overlap_hours": hours}))

        assert named == ["overlap_hours"]


class TestDeliveries:
    def test_are_listed_with_their_tries_and_sent_again(self, administrator):
        here = f"/webhooks/{make(administrator)['id']}"
        delivery = Delivery.objects.get()
        delivery.attempts.create(
            started_at=timezone.now(), duration_ms=7, status=500, answer="no"
        )
        Delivery.objects.update(state="failed", tries=7, next_try_at=None)

        listed = administrator.get(f"{here}/deliveries?state=failed").json()["items"]
        again = administrator.post(f"{here}/deliveries/{delivery.pk}/redeliver", {})
        pinged = administrator.post(f"{here}/ping", {})

        assert listed[0]["attempts"][0]["status"] == 500
        assert listed[0]["event"] is None
        assert again.status_code == pinged.status_code == 202
        assert again.json()["state"] == "waiting"
        assert pinged.json()["type"] == "webhook.ping"

    def test_of_another_webhook_are_not_there(self, administrator):
        first, second = make(administrator), make(administrator)
        theirs = Delivery.objects.get(webhook=first["id"]).pk

        for webhook_id in (second["id"], RANDOM):
            path = f"/webhooks/{webhook_id}/deliveries/{theirs}/redeliver"
            assert_problem(administrator.post(path, {}), 404)
        assert_problem(administrator.get(f"/webhooks/{RANDOM}/deliveries"), 404)

    def test_are_refused_while_disabled(self, administrator):
        here = f"/webhooks/{make(administrator)['id']}"
        disabled = administrator.post(f"{here}/disable", {}).json()

        refused = assert_problem(administrator.post(f"{here}/ping", {}), 409)

        assert disabled["disabled_for"] == "by_hand"
        assert refused["errors"][0]["code"] == "webhook_disabled"
        enabled = administrator.post(f"{here}/enable", {}).json()
        assert enabled["is_enabled"] is True
