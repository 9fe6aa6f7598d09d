"""The pages of tokens, for administrators."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
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
from recruit.common.ids import uuid7
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
        sent["new_id"] = str(uuid7())
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
            assert f"{scope.label} <code>{scope.value}</code>" in page

    def test_gives_all_scopes_by_one_box(self, administering):
        sent = self.sent(scopes=[], all_scopes="on")

        secret_on(administering.post("/tokens/new/", sent))

        assert ApiToken.objects.get().scopes == sorted(Scope.values)
        page = administering.get("/tokens/").content.decode()
        assert "See contacts, pay and work permits <code>candidates:protected" in page

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"name": ""}, "required"),
            ({"name": "x" * 101}, "100 characters"),
            ({"name": "a\x00"}, "Null characters"),
            ({"scopes": []}, "Choose at least one"),
            ({"scopes": ["all"]}, "not one of the available"),
            ({"user": "x"}, "not a valid"),
            ({"days": "9999"}, "not one of the available"),
            ({"new_id": ""}, "New id: This field is required"),
            ({"new_id": "x"}, "New id: Enter a valid UUID"),
        ],
    )
    def test_says_what_is_wrong(self, administering, changed, words):
        answer = administering.post("/tokens/new/", self.sent(**changed))

        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not ApiToken.objects.exists()

    def test_makes_one_token_of_a_form_that_is_sent_twice(self, administering):
        sent = self.sent()
        secret = secret_on(administering.post("/tokens/new/", sent))

        again = administering.post("/tokens/new/", {**sent, "name": "Other"})

        page = again.content.decode()
        assert again.status_code == 409
        assert "This token was made already" in page
        assert SECRET.search(page) is None
        assert secret not in page
        token = ApiToken.objects.get()
        assert f"/tokens/{token.pk}/rotate/" in page
        assert (token.name, status(secret)) == ("ATS", 200)

    def test_gives_each_form_an_id_of_its_own(self, administering):
        pages = [administering.get("/tokens/new/") for _ in range(2)]

        assert len({page.context["form"]["new_id"].value() for page in pages}) == 2
        assert all("no-store" in page["Cache-Control"] for page in pages)

    def test_keeps_the_secret_nowhere(self, administering):
        secret = secret_on(administering.post("/tokens/new/", self.sent()))

        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
            for table in tables:
                name = connection.ops.quote_name(table)
                cursor.execute(
                    f"SELECT count(*) FROM {name} AS kept WHERE kept::text LIKE %s",  # noqa: S608
                    [f"%{secret}%"],
                )
                assert cursor.fetchone() == (0,), table
        assert secret not in str(dict(administering.session))

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
            f"/tokens/{token.pk}/rotate/",
            {"overlap": "1", "days": "", "seen": token.prefix},
        )

        fresh = secret_on(answer)
        assert fresh != old
        assert (status(old), status(fresh)) == (200, 200)
        assert "The old secret is good until" in answer.content.decode()

    def test_ends_the_old_at_once_where_asked(self, administering):
        token, old = made()

        answer = administering.post(
            f"/tokens/{token.pk}/rotate/",
            {"overlap": "0", "days": "365", "seen": token.prefix},
        )

        assert (status(old), status(secret_on(answer))) == (401, 200)
        token.refresh_from_db()
        assert token.expires_at is not None

    def test_makes_one_secret_of_a_form_that_is_sent_twice(self, administering):
        token, _old = made()
        here = f"/tokens/{token.pk}/rotate/"
        form = administering.get(here).context["form"]
        sent = {"overlap": "0", "days": "", "seen": form["seen"].value()}
        fresh = secret_on(administering.post(here, sent))

        again = administering.post(here, sent)

        page = again.content.decode()
        assert again.status_code == 409
        assert "given another secret already" in page
        assert SECRET.search(page) is None
        assert status(fresh) == 200

    def test_asks_which_secret_is_replaced(self, administering):
        token, old = made()

        answer = administering.post(f"/tokens/{token.pk}/rotate/", {"overlap": "0"})

        assert answer.status_code == 422
        assert status(old) == 200

    @pytest.mark.parametrize("overlap", ["", "8", "x"])
    def test_refuses_another_overlap(self, administering, overlap):
        token, _old = made()

        answer = administering.post(
            f"/tokens/{token.pk}/rotate/", {"overlap": overlap, "seen": token.prefix}
        )

        assert answer.status_code == 422
        assert not RetiredSecret.objects.exists()

    def test_tells_that_a_token_has_ended(self, administering):
        token, _ = made()
        revoke_token(token_id=token.pk, revoked_at=NOW)

        answer = administering.post(
            f"/tokens/{token.pk}/rotate/",
            {"overlap": "1", "seen": token.prefix},
            follow=True,
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
