"""The pages of tokens, for administrators."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from recruit.accounts.choices import Role, Scope
from recruit.accounts.models import ApiToken, RetiredSecret
from recruit.accounts.operations import (
    issue_token,
    note_token_use,
    revoke_token,
    rotate_token,
)
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db

SECRET = re.compile(r'id="token-secret"[^>]* value="([\w-]{40,})"')


@pytest.fixture
def administering(client: Client) -> Client:
    client.force_login(make_user(Role.ADMINISTRATOR))
    return client


def made(**stated: Any) -> tuple[ApiToken, str]:
    stated = {"user": make_user(), "name": "Nightly sync", **stated}
    return issue_token(scopes=[Scope.JOBS_READ], created_at=NOW, **stated)


def secret_on(answer: Any) -> str:
    assert answer.status_code == 200, answer.content[:300]
    assert "no-store" in answer["Cache-Control"]
    found = SECRET.search(answer.content.decode())
    assert found is not None
    return found[1]


def status(secret: str) -> int:
    headers = {"authorization": f"Bearer {secret}"}
    return Client().get("/api/v1/jobs", headers=headers).status_code


class TestList:
    def test_tells_of_each_token(self, administering):
        token, _ = made(expires_at=timezone.now() + timedelta(days=1))
        note_token_use(token=token, used_at=NOW, used_from="203.0.113.9")
        revoked, _ = made(name="Old feed")
        revoke_token(token_id=revoked.pk, revoked_at=NOW)

        page = administering.get("/tokens/").content.decode()

        for words in ("Nightly sync", "203.0.113.9", "Read jobs", "Valid", "Revoked"):
            assert words in page
        assert token.digest not in page

    def test_asks_as_often_for_many(self, administering, django_assert_max_num_queries):
        for _number in range(20):
            made()

        with django_assert_max_num_queries(8):
            administering.get("/tokens/")

    @pytest.mark.parametrize("role", [Role.RECRUITER, Role.HIRING_MANAGER])
    def test_exists_for_administrators_alone(self, client, role):
        token, secret = made()
        client.force_login(make_user(role))

        for path in ("", "new/", f"{token.pk}/rotate/", f"{token.pk}/revoke/"):
            assert client.get(f"/tokens/{path}").status_code == 404
            assert client.post(f"/tokens/{path}", {}).status_code in {404, 405}
        assert status(secret) == 200


class TestNew:
    def sent(self, **changed: Any) -> dict[str, Any]:
        user = make_user()
        sent = {"name": "ATS", "user": str(user.pk), "scopes": ["jobs:read"]}
        return {**sent, "days": "30", **changed}

    def test_shows_the_secret_once_and_in_no_address(self, administering):
        answer = administering.post("/tokens/new/", self.sent())

        secret = secret_on(answer)
        token = ApiToken.objects.get()
        assert status(secret) == 200
        assert token.expires_at is not None
        days = token.expires_at - timezone.now()
        assert timedelta(days=29) < days <= timedelta(days=30)
        assert secret not in administering.get("/tokens/").content.decode()

    def test_offers_every_scope_in_words(self, administering):
        page = administering.get("/tokens/new/").content.decode()

        for scope in Scope:
            assert page.count(f'value="{scope.value}"') == 1
            assert str(scope.label) in page

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"name": ""}, "required"),
            ({"name": "x" * 101}, "100 characters"),
            ({"name": "a\x00"}, "Null characters"),
            ({"scopes": []}, "required"),
            ({"scopes": ["all"]}, "not one of the available"),
            ({"user": "x"}, "not a valid"),
            ({"days": "9999"}, "not one of the available"),
        ],
    )
    def test_says_what_is_wrong(self, administering, changed, words):
        answer = administering.post("/tokens/new/", self.sent(**changed))

        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not ApiToken.objects.exists()

    def test_offers_no_account_that_has_ended(self, administering):
        gone = make_user()
        gone.is_active = False
        gone.save()

        answer = administering.post("/tokens/new/", self.sent(user=str(gone.pk)))

        assert answer.status_code == 422


class TestRotate:
    def test_shows_another_secret_and_keeps_the_old_for_a_while(self, administering):
        token, old = made()

        answer = administering.post(
            f"/tokens/{token.pk}/rotate/", {"overlap": "1", "days": ""}
        )

        fresh = secret_on(answer)
        assert fresh != old
        assert (status(old), status(fresh)) == (200, 200)
        assert "The old secret is good until" in answer.content.decode()

    def test_ends_the_old_at_once_where_asked(self, administering):
        token, old = made()

        answer = administering.post(
            f"/tokens/{token.pk}/rotate/", {"overlap": "0", "days": "365"}
        )

        assert (status(old), status(secret_on(answer))) == (401, 200)
        token.refresh_from_db()
        assert token.expires_at is not None

    @pytest.mark.parametrize("overlap", ["", "8", "x"])
    def test_refuses_another_overlap(self, administering, overlap):
        token, _old = made()

        answer = administering.post(f"/tokens/{token.pk}/rotate/", {"overlap": overlap})

        assert answer.status_code == 422
        assert not RetiredSecret.objects.exists()

    def test_tells_that_a_token_has_ended(self, administering):
        token, _ = made()
        revoke_token(token_id=token.pk, revoked_at=NOW)

        answer = administering.post(
            f"/tokens/{token.pk}/rotate/", {"overlap": "1"}, follow=True
        )

        assert "has ended" in answer.content.decode()


class TestRevoke:
    def test_ends_the_token_at_once(self, administering):
        token, secret = made()

        administering.post(f"/tokens/{token.pk}/revoke/")

        assert status(secret) == 401

    def test_can_end_the_old_secrets_alone(self, administering):
        token, old = made()
        _token, fresh = rotate_token(token_id=token.pk, rotated_at=timezone.now())
        page = administering.get(f"/tokens/{token.pk}/revoke/").content.decode()
        assert "End its old secrets only" in page

        administering.post(f"/tokens/{token.pk}/revoke/", {"old": "1"})

        assert (status(old), status(fresh)) == (401, 200)

    def test_asks_first(self, administering):
        token, secret = made()

        administering.get(f"/tokens/{token.pk}/revoke/")

        assert status(secret) == 200

    def test_of_no_token_is_a_404(self, administering):
        answer = administering.post(f"/tokens/{make_user().pk}/revoke/")

        assert answer.status_code == 404
