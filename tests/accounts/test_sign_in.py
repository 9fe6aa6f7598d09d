import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

LOGIN = "/accounts/login/"
PASSWORD = "correct-horse-battery"


@pytest.fixture
def account():
    cache.clear()
    return get_user_model().objects.create_user(
        "ana@example.com", PASSWORD, name="Ana Lima"
    )


def sign_in(client: Client, *, email: str, password: str, address: str = "10.0.0.1"):
    return client.post(
        LOGIN, {"login": email, "password": password}, REMOTE_ADDR=address
    )


@pytest.mark.django_db
class TestSignIn:
    def test_takes_the_email_in_any_case(self, client, account):
        answer = sign_in(client, email="Ana@Example.com", password=PASSWORD)

        assert answer.status_code == 302
        assert client.session["_auth_user_id"] == str(account.pk)

    def test_speaks_the_words_of_the_other_pages(self, client):
        shown = client.get(LOGIN).content.decode()

        assert "E-mail" in shown
        assert "Stay signed in" in shown
        assert "Remember Me" not in shown

    def test_stops_after_ten_tries_on_an_account(self, client, account):
        for number in range(10):
            sign_in(
                client, email=account.email, password="x", address=f"10.0.0.{number}"
            )

        answer = sign_in(
            client, email=account.email, password=PASSWORD, address="10.0.1.1"
        )

        assert answer.status_code == 200
        assert "_auth_user_id" not in client.session

    def test_stops_after_ten_tries_from_an_address(self, client, account):
        for number in range(10):
            sign_in(client, email=f"{number}@example.com", password="x")

        answer = sign_in(client, email=account.email, password=PASSWORD)

        assert answer.status_code == 200
        assert "_auth_user_id" not in client.session

    def test_has_no_second_door_at_the_admin_site(self, client):
        answer = client.get("/admin/login/")

        assert answer.status_code == 302
        assert answer.url.startswith(LOGIN)

    def test_is_not_open_for_sign_up(self, client):
        client.post(
            "/accounts/signup/", {"email": "eve@example.com", "password1": PASSWORD}
        )

        assert not get_user_model().objects.filter(email="eve@example.com").exists()
