import hashlib
import re
from typing import Any

import pytest
from django.test import Client

from recruit.accounts.choices import Role, Scope
from recruit.accounts.models import ApiToken, User
from recruit.accounts.operations import issue_token
from recruit.common.ids import uuid7
from tests.admin.forms import address_of, filled
from tests.factories import NOW, PASSWORD, make_user

pytestmark = pytest.mark.django_db

KIND = "accounts/user"


class TestUserPage:
    def test_adds_an_account_that_can_sign_in(self, admin_client: Client):
        sent = filled(admin_client, address_of(KIND))
        sent |= {"email": "Rosa@Example.org", "name": "Rosa", "password": PASSWORD}
        sent |= {"role": "recruiter"}

        answer = admin_client.post(address_of(KIND), sent)

        assert answer.status_code == 302
        user = User.objects.get(email="rosa@example.org")
        assert user.check_password(PASSWORD)
        assert not user.is_superuser

    def test_refuses_a_weak_password(self, admin_client: Client):
        sent = filled(admin_client, address_of(KIND))
        sent |= {"email": "rosa@example.org", "name": "Rosa", "password": "12345"}

        answer = admin_client.post(address_of(KIND), sent)

        assert set(answer.context["adminform"].form.errors) == {"password"}

    def test_refuses_a_taken_address_whatever_its_case(self, admin_client: Client):
        make_user(email="rosa@example.org")
        sent = filled(admin_client, address_of(KIND))
        sent |= {"email": "ROSA@example.org", "name": "Rosa", "password": PASSWORD}

        answer = admin_client.post(address_of(KIND), sent)

        assert answer.status_code == 200
        assert "An account with this e-mail exists." in answer.content.decode()

    def test_keeps_the_password_when_none_is_given(self, admin_client: Client):
        user = make_user()
        sent = filled(admin_client, address_of(KIND, user.pk)) | {"name": "Rosa"}

        admin_client.post(address_of(KIND, user.pk), sent)

        user.refresh_from_db()
        assert user.name == "Rosa"
        assert user.check_password(PASSWORD)

    def test_makes_an_administrator_and_takes_it_back(self, admin_client: Client):
        user = make_user()
        for role, is_superuser in (("administrator", True), ("recruiter", False)):
            sent = filled(admin_client, address_of(KIND, user.pk)) | {"role": role}
            admin_client.post(address_of(KIND, user.pk), sent)
            user.refresh_from_db()
            assert (user.role, user.is_superuser) == (role, is_superuser)

    def test_keeps_its_reader_signed_in_after_a_new_password(
        self, admin_client: Client, administrator: User
    ):
        address = address_of(KIND, administrator.pk)
        sent = filled(admin_client, address) | {"password": "another long phrase"}

        admin_client.post(address, sent)

        assert admin_client.get("/admin/").status_code == 200

    @pytest.mark.parametrize("change", [{"role": "recruiter"}, {"is_active": None}])
    def test_keeps_the_last_administrator(
        self, change: dict[str, str | None], admin_client: Client, administrator: User
    ):
        address = address_of(KIND, administrator.pk)
        sent = filled(admin_client, address) | change

        answer = admin_client.post(
            address, {name: value for name, value in sent.items() if value is not None}
        )

        assert "The last administrator" in answer.content.decode()
        administrator.refresh_from_db()
        assert administrator.is_active
        assert administrator.role == Role.ADMINISTRATOR

    def test_refuses_a_form_older_than_the_account(self, admin_client: Client):
        user = make_user()
        sent = filled(admin_client, address_of(KIND, user.pk)) | {"name": "Mine"}
        User.objects.filter(pk=user.pk).update(role=Role.HIRING_MANAGER)

        answer = admin_client.post(address_of(KIND, user.pk), sent)

        assert "Somebody else changed this" in answer.content.decode()

    def test_deletes_nobody(self, admin_client: Client):
        user = make_user()

        answer = admin_client.post(address_of(KIND, user.pk, "delete"), {"post": "yes"})

        assert answer.status_code == 403
        assert User.objects.filter(pk=user.pk).exists()

    def test_shows_no_password(self, admin_client: Client, administrator: User):
        text = admin_client.get(address_of(KIND, administrator.pk)).content.decode()

        assert administrator.password not in text


class TestDeactivatingUsers:
    def test_ends_sessions_and_tokens(self, admin_client: Client, client: Client):
        user = make_user()
        client.force_login(user)
        issue_token(user=user, name="feed", scopes=[Scope.JOBS_READ], created_at=NOW)
        sent = {"action": "deactivate_selected", "_selected_action": [str(user.pk)]}

        admin_client.post("/admin/accounts/user/", sent)

        user.refresh_from_db()
        assert not user.is_active
        assert not ApiToken.objects.valid_at(NOW).exists()
        assert client.get("/admin/", follow=True).redirect_chain

    def test_is_refused_for_all_administrators_at_once(
        self, admin_client: Client, administrator: User
    ):
        other = make_user(Role.ADMINISTRATOR)
        ids = [str(administrator.pk), str(other.pk)]
        sent = {"action": "deactivate_selected", "_selected_action": ids}

        answer = admin_client.post("/admin/accounts/user/", sent, follow=True)

        assert "The last administrator" in answer.content.decode()
        assert User.objects.active().filter(pk__in=ids).count() == 2


class TestTokenPage:
    def sent(self, user: User) -> dict[str, Any]:
        sent = {"user": str(user.pk), "name": "feed", "scopes": ["jobs:read"]}
        sent |= {"version_seen": "", "expires_at_0": "", "expires_at_1": ""}
        return {**sent, "new_id": str(uuid7())}

    def issued(self, client: Client, user: User) -> str:
        answer = client.post(address_of("accounts/apitoken"), self.sent(user))
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        found = re.search(
            r'id="token-secret"[^>]*value="([^"]+)"', answer.content.decode()
        )
        assert found is not None
        return found[1]

    def test_shows_the_secret_once(self, admin_client: Client):
        user = make_user()

        secret = self.issued(admin_client, user)

        token = ApiToken.objects.get()
        assert token.digest == hashlib.sha256(secret.encode()).hexdigest()
        for page in ("", f"{token.pk}/change/", f"{token.pk}/history/"):
            text = admin_client.get(f"/admin/accounts/apitoken/{page}").content.decode()
            assert secret not in text
            assert token.digest not in text

    def test_makes_one_of_a_form_that_is_sent_twice(self, admin_client: Client):
        user = make_user()
        sent = filled(admin_client, address_of("accounts/apitoken")) | {
            **self.sent(user),
            "new_id": str(uuid7()),
        }

        answers = [
            admin_client.post(address_of("accounts/apitoken"), sent) for _ in range(2)
        ]

        assert [answer.status_code for answer in answers] == [200, 409]
        assert "This token was made already" in answers[1].content.decode()
        assert "token-secret" not in answers[1].content.decode()
        assert ApiToken.objects.count() == 1

    def test_gives_each_form_an_id_of_its_own(self, admin_client: Client):
        address = address_of("accounts/apitoken")

        ids = {filled(admin_client, address)["new_id"] for _ in range(2)}

        assert len(ids) == 2

    def test_asks_for_the_id_of_a_form(self, admin_client: Client):
        sent = self.sent(make_user()) | {"new_id": ""}

        answer = admin_client.post(address_of("accounts/apitoken"), sent)

        assert set(answer.context["adminform"].form.errors) == {"new_id"}
        assert not ApiToken.objects.exists()

    def test_names_every_scope_and_gives_all_by_one_box(self, admin_client: Client):
        address = address_of("accounts/apitoken")
        page = admin_client.get(address).content.decode()
        sent = self.sent(make_user()) | {"all_scopes": "on", "scopes": []}

        admin_client.post(address, sent)

        for scope in Scope:
            assert f"{scope.label} <code>{scope.value}</code>" in page
        assert ApiToken.objects.get().scopes == sorted(Scope.values)

    def test_asks_for_one_scope_at_least(self, admin_client: Client):
        sent = self.sent(make_user()) | {"scopes": []}

        answer = admin_client.post(address_of("accounts/apitoken"), sent)

        assert set(answer.context["adminform"].form.errors) == {"scopes"}

    def test_refuses_a_token_that_would_be_expired(self, admin_client: Client):
        sent = self.sent(make_user())
        sent |= {"expires_at_0": "2001-01-01", "expires_at_1": "10:00"}

        answer = admin_client.post(address_of("accounts/apitoken"), sent)

        assert set(answer.context["adminform"].form.errors) == {"expires_at"}
        assert not ApiToken.objects.exists()

    def test_changes_nothing_afterwards(self, admin_client: Client):
        self.issued(admin_client, make_user())
        token = ApiToken.objects.get()
        address = address_of("accounts/apitoken", token.pk)

        answer = admin_client.post(address, {"name": "x", "scopes": list(Scope)})

        assert answer.status_code == 403
        token.refresh_from_db()
        assert token.scopes == ["jobs:read"]

    def test_revokes(self, admin_client: Client):
        self.issued(admin_client, make_user())
        token = ApiToken.objects.get()
        sent = {"action": "revoke_selected", "_selected_action": [str(token.pk)]}

        admin_client.post("/admin/accounts/apitoken/", sent)

        token.refresh_from_db()
        assert token.revoked_at is not None
