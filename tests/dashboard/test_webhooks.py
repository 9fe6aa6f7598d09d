"""The pages of webhooks."""

import re
from typing import Any

import pytest
from django.test import Client

from recruit.accounts.choices import Role
from recruit.webhooks.catalogue import TYPES
from recruit.webhooks.models import Attempt, Delivery, Webhook
from recruit.webhooks.networks import parse_networks
from recruit.webhooks.sealing import unsealed
from tests.dashboard.conftest import client_of
from tests.factories import LATER, NOW, make_user

pytestmark = pytest.mark.django_db

SENT = {
    "name": "Payroll",
    "url": "https://hooks.example.org/x",
    "new_id": "0192f3a4-0000-7000-8000-00000000f00d",
}
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]+")


def rotate(client: Client, webhook: Webhook) -> Any:
    webhook.refresh_from_db()
    sent = {"seen": webhook.secret_mark}
    return client.post(f"/webhooks/{webhook.pk}/rotate/", sent)


@pytest.fixture
def administrator():
    return make_user(Role.ADMINISTRATOR)


@pytest.fixture
def pages(administrator):
    return client_of(administrator)


@pytest.fixture
def webhook(pages):
    assert pages.post("/webhooks/", SENT).status_code == 200
    return Webhook.objects.get()


class TestList:
    def test_shows_the_secret_once(self, pages):
        answer = pages.post("/webhooks/", SENT | {"types": ["job.created"]})

        webhook = Webhook.objects.get()
        assert webhook.types == ["job.created"]
        (secret,) = SECRET.findall(answer.content.decode())
        assert "no-store" in answer["Cache-Control"]
        assert secret == unsealed(webhook.secret)
        for address in ("/webhooks/", f"/webhooks/{webhook.pk}/"):
            assert b"whsec_" not in pages.get(address).content

    def test_makes_one_of_a_form_that_is_sent_twice(self, pages):
        answers = [pages.post("/webhooks/", SENT | {"name": n}) for n in "AB"]

        webhook = Webhook.objects.get()
        again = answers[1].content.decode()
        assert [answer.status_code for answer in answers] == [200, 409]
        assert "This webhook was made already" in again
        assert not SECRET.search(again)
        assert f'href="/webhooks/{webhook.pk}/"' in again
        assert webhook.name == "A"
        assert Delivery.objects.count() == 1

    def test_gives_each_form_an_id_of_its_own(self, pages):
        shown = [pages.get("/webhooks/") for _ in range(2)]

        assert len({page.context["form"]["new_id"].value() for page in shown}) == 2
        assert all("no-store" in page["Cache-Control"] for page in shown)

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"new_id": ""}, "New id: This field is required"),
            ({"name": ""}, "required"),
            ({"url": "http://127.0.0.1/"}, "open internet"),
            ({"url": "nothing"}, "begins with https://"),
            ({"types": ["no.such"]}, "Select a valid choice"),
        ],
    )
    def test_says_what_is_wrong_beside_what_was_typed(self, pages, wrong, words):
        answer = pages.post("/webhooks/", SENT | wrong)

        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not Webhook.objects.exists()

    def test_offers_every_type_with_what_it_means(self, pages):
        page = pages.get("/webhooks/").content.decode()

        offered = re.findall(r'name="types" value="([^"]+)"', page)
        assert sorted(offered) == sorted(TYPES)
        assert "<code>job.deleted</code>" in page
        assert "A job was deleted." in page
        assert "<code>merged</code> became part of <code>tag</code>" in page
        assert "`" not in page[page.index("<form") :]

    def test_says_truly_what_an_address_may_be(self, pages, settings):
        settings.WEBHOOK_NETWORKS = []
        assert "encrypted: https://" in pages.get("/webhooks/").content.decode()
        settings.WEBHOOK_NETWORKS = parse_networks(["10.1.0.0/16"])

        page = pages.get("/webhooks/").content.decode()

        assert "unencrypted http://… within a network" in page
        assert "encrypted: https://" not in page

    @pytest.mark.parametrize("role", [Role.RECRUITER, Role.HIRING_MANAGER])
    def test_is_there_for_administrators_alone(self, role, webhook):
        client = client_of(make_user(role))

        for address in ("/webhooks/", f"/webhooks/{webhook.pk}/"):
            assert client.get(address).status_code == 404
        assert client.post("/webhooks/", SENT).status_code == 404
        assert b"/webhooks/" not in client.get("/").content


class TestOne:
    def test_shows_what_was_answered_as_text(self, pages, webhook):
        Attempt.objects.create(
            delivery=Delivery.objects.get(),
            started_at=LATER,
            duration_ms=12,
            status=500,
            answer="<script>alert(1)</script>",
        )

        page = pages.get(f"/webhooks/{webhook.pk}/").content.decode()

        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page

    def test_tells_when_what_waits_is_sent(self, pages, webhook):
        here = f"/webhooks/{webhook.pk}/"
        Delivery.objects.update(tries=1, next_try_at=NOW)
        assert "again 4 May 2026" in pages.get(here).content.decode()
        pages.post(f"{here}disable/")

        page = pages.get(here).content.decode()

        assert "until the webhook is enabled" in page
        assert "again 4 May 2026" not in page

    def test_asks_as_much_for_many_deliveries_as_for_few(
        self, pages, webhook, django_assert_num_queries
    ):
        here = f"/webhooks/{webhook.pk}/"
        pages.get(here)
        with django_assert_num_queries(7):
            pages.get(here)
        for _number in range(9):
            pages.post(f"{here}ping/")
        pages.get(here)

        with django_assert_num_queries(7):
            pages.get(here)

    def test_is_changed_and_refuses_who_has_not_seen_the_last(self, pages, webhook):
        here = f"/webhooks/{webhook.pk}/edit/"
        sent = SENT | {"name": "Other", "expected_version": "1"}

        assert pages.post(here, sent).status_code == 302
        stale = pages.post(here, sent | {"name": "Third"})

        assert stale.status_code == 409
        assert b"Third" in stale.content
        webhook.refresh_from_db()
        assert webhook.name == "Other"

    def test_is_deleted(self, pages, webhook):
        pages.post(f"/webhooks/{webhook.pk}/delete/", {"expected_version": "1"})

        assert not Webhook.objects.exists()


class TestActions:
    def test_show_a_new_secret_once(self, pages, webhook):
        answer = rotate(pages, webhook)

        webhook.refresh_from_db()
        page = answer.content.decode()
        assert SECRET.findall(page) == [unsealed(webhook.secret)]
        assert "data-copy" in page
        assert "no-store" in answer["Cache-Control"]
        assert webhook.old_secret

    def test_make_one_secret_of_a_form_that_is_sent_twice(self, pages, webhook):
        here = f"/webhooks/{webhook.pk}/"
        sent = {"seen": pages.get(here).context["rotating"]["seen"].value()}
        pages.post(f"{here}rotate/", sent)
        webhook.refresh_from_db()

        again = pages.post(f"{here}rotate/", sent)

        assert again.status_code == 409
        assert "given another secret already" in again.content.decode()
        assert not SECRET.search(again.content.decode())
        before = webhook.secret
        webhook.refresh_from_db()
        assert webhook.secret == before

    def test_ask_which_secret_is_replaced(self, pages, webhook):
        answer = pages.post(f"/webhooks/{webhook.pk}/rotate/")

        assert answer.status_code == 400
        webhook.refresh_from_db()
        assert not webhook.old_secret

    def test_send_a_ping_and_a_message_again(self, pages, webhook):
        here = f"/webhooks/{webhook.pk}/"
        Delivery.objects.update(state="failed", tries=7)

        pages.post(f"{here}deliveries/{Delivery.objects.get().pk}/")
        pages.post(f"{here}ping/")

        assert [one.tries for one in Delivery.objects.waiting()] == [0, 0]

    def test_disable_and_enable(self, pages, webhook):
        here = f"/webhooks/{webhook.pk}/"

        pages.post(f"{here}disable/")
        webhook.refresh_from_db()
        assert not webhook.is_enabled
        refused = pages.post(f"{here}ping/", follow=True)
        assert "is disabled" in refused.content.decode()
        pages.post(f"{here}enable/")

        webhook.refresh_from_db()
        assert webhook.is_enabled
