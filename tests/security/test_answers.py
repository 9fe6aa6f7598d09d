"""What answers carry and what they say to odd requests, whoever asks."""

import pytest
from django.test import Client

from recruit.accounts.choices import Role
from tests.factories import make_candidate, make_job, make_user

PAGES = ["/", "/jobs/", "/candidates/", "/jobs/new/", "/imports/"]


@pytest.fixture
def recruiting(db: None) -> Client:
    client = Client()
    client.force_login(make_user(Role.RECRUITER))
    return client


@pytest.mark.django_db
class TestEveryAnswer:
    @pytest.mark.parametrize("address", PAGES)
    def test_is_kept_by_no_cache(self, recruiting: Client, address: str):
        answer = recruiting.get(address)

        assert "no-store" in answer.headers["Cache-Control"]
        assert "private" in answer.headers["Cache-Control"]

    def test_is_kept_by_no_cache_for_systems_either(self, recruiting: Client):
        answer = recruiting.get("/api/v1/candidates")

        assert "no-store" in answer.headers["Cache-Control"]

    def test_is_told_without_its_body(self, recruiting: Client):
        job, person = make_job(), make_candidate()
        of_rows = [
            f"/jobs/{job.requisition_code}/",
            f"/jobs/{job.requisition_code}/pipeline/",
            f"/candidates/{person.pk}/",
        ]

        statuses = {page: recruiting.head(page).status_code for page in PAGES + of_rows}

        assert set(statuses.values()) == {200}, statuses


@pytest.mark.django_db
class TestFormInAnotherEncoding:
    @pytest.mark.parametrize("address", ["/candidates/new/", "/accounts/login/"])
    def test_is_a_bad_request(self, recruiter_with_checks: Client, address: str):
        answer = recruiter_with_checks.post(
            address,
            b"a=b",
            content_type="application/x-www-form-urlencoded; charset=utf-7",
        )

        assert answer.status_code == 400
        assert "cannot be understood" in answer.content.decode()

    @pytest.fixture
    def recruiter_with_checks(self) -> Client:
        client = Client(enforce_csrf_checks=True)
        client.force_login(make_user(Role.RECRUITER))
        client.get("/candidates/new/")  # gives the cookie of the check
        return client


@pytest.mark.django_db
class TestAddressesOfAnAccount:
    def test_are_not_for_the_account_to_change(self, recruiting: Client):
        said = {"email": "somebody.else@example.com", "action_add": ""}

        assert recruiting.get("/accounts/email/").status_code == 404
        assert recruiting.post("/accounts/email/", said).status_code == 404
