import pytest
from django.test import Client

from recruit.accounts.choices import Role
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

PAGES = ["/admin/", "/admin/jobs/job/", "/admin/login/", "/admin/no/such/page/"]


class TestAdminSignIn:
    @pytest.mark.parametrize("page", PAGES)
    def test_is_the_one_that_everybody_uses(self, page: str, client: Client):
        answer = client.get(page, follow=True)

        assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=/admin/")

    def test_tries_no_password_itself(self, client: Client):
        user = make_user(Role.ADMINISTRATOR)
        sent = {"username": user.email, "password": PASSWORD}

        answer = client.post("/admin/login/", sent)

        assert answer.status_code == 302
        assert "_auth_user_id" not in client.session

    def test_leads_to_no_other_site(self, client: Client):
        answer = client.get("/admin/login/?next=https://evil.example/")

        assert answer["Location"] == "/accounts/login/?next=/admin/"

    @pytest.mark.parametrize("page", PAGES)
    @pytest.mark.parametrize("role", [Role.RECRUITER, Role.HIRING_MANAGER])
    def test_does_not_exist_for_others(self, role: Role, page: str, client: Client):
        client.force_login(make_user(role))

        answer = client.get(page, follow=True)

        assert answer.status_code == 404

    def test_sends_an_administrator_on(self, admin_client: Client):
        assert admin_client.get("/admin/login/")["Location"] == "/admin/"
        assert admin_client.post("/admin/login/")["Location"] == "/admin/"

    def test_leaves_passwords_to_the_accounts_pages(self, admin_client: Client):
        answer = admin_client.post("/admin/password_change/", {"old_password": "x"})

        assert answer["Location"] == "/accounts/password/change/"
