from typing import Any

import pytest
from django.test import Client

from recruit.accounts.choices import Role
from recruit.applications.models import DispositionReason
from recruit.events.choices import Happened
from recruit.events.models import Event
from tests.admin.forms import address_of, filled
from tests.factories import make_user, reason_for
from tests.races import at_once

KIND = "applications/dispositionreason"
NEW = {
    "code": "overqualified",
    "label": "Overqualified",
    "outcome": "rejected",
    "is_active": "on",
    "position": "20",
}


def signed_in() -> Client:
    client = Client()
    client.force_login(make_user(Role.ADMINISTRATOR))
    return client


@pytest.mark.django_db
class TestReason:
    def test_is_added_and_offered(self, admin_client: Client):
        admin_client.post(address_of(KIND), NEW)

        offered = DispositionReason.objects.offered().for_outcome("rejected")
        assert offered.filter(code="overqualified", label="Overqualified").exists()
        assert Event.objects.filter(kind=Happened.REASON_CHANGED).count() == 1

    def test_with_a_code_that_is_taken_is_refused_beside_the_code(
        self, admin_client: Client
    ):
        taken = reason_for("rejected").code

        answer = admin_client.post(address_of(KIND), {**NEW, "code": taken})

        assert answer.status_code == 200
        assert "already" in answer.content.decode()
        assert not DispositionReason.objects.filter(label="Overqualified").exists()

    def test_is_renamed_and_no_longer_given(self, admin_client: Client):
        reason = reason_for("rejected")
        address = address_of(KIND, reason.pk)
        stated = filled(admin_client, address) | {"label": "Something else"}
        stated.pop("is_active")

        admin_client.post(address, stated)

        reason.refresh_from_db()
        assert (reason.label, reason.is_active) == ("Something else", False)

    def test_keeps_its_meaning(self, admin_client: Client):
        reason = reason_for("rejected")
        address = address_of(KIND, reason.pk)

        admin_client.post(
            address, filled(admin_client, address) | {"outcome": "withdrawn"}
        )

        reason.refresh_from_db()
        assert reason.outcome == "rejected"

    def test_is_not_overwritten_by_who_saw_it_before(self, admin_client: Client):
        reason = reason_for("rejected")
        address = address_of(KIND, reason.pk)
        seen = filled(admin_client, address)
        DispositionReason.objects.filter(pk=reason.pk).update(label="Theirs")

        answer = admin_client.post(address, seen | {"label": "Mine"})

        reason.refresh_from_db()
        assert reason.label == "Theirs"
        assert "Somebody else changed this" in answer.content.decode()

    def test_is_never_deleted(self, admin_client: Client):
        reason = reason_for("rejected")

        answer = admin_client.get(address_of(KIND, reason.pk, "delete"))

        assert answer.status_code == 403


@pytest.mark.django_db(transaction=True)
class TestReasonsAddedAtOnce:
    def test_with_one_code_are_one_and_the_others_are_told(self):
        clients = [signed_in() for _number in range(4)]

        answers: Any = at_once(
            *[lambda one=one: one.post(address_of(KIND), NEW) for one in clients]
        )

        assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 302]
        refused = [answer for answer in answers if answer.status_code == 200]
        assert all("already" in answer.content.decode() for answer in refused)
        assert DispositionReason.objects.filter(code="overqualified").count() == 1
