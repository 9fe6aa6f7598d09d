"""Every address of the pages with every role, and with ids that are nobody's."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from recruit.accounts.choices import Role
from recruit.dashboard.urls import urlpatterns
from tests.dashboard.conftest import client_of
from tests.factories import make_application, make_candidate, make_job, make_user

NOBODY = "00000000-0000-7000-8000-000000000000"
FOREIGN_TO_MANAGERS = {
    "job_new",
    "job_edit",
    "job_status",
    "apply",
    "advance",
    "reject",
    "withdraw",
    "hire",
    "undo",
    "candidate_new",
    "candidate_edit",
    "imports",
    "import",
    "import_run",
    "import_rejected",
    "talent",
    "gather",
    "talent_pool",
    "talent_pool_edit",
    "talent_pool_delete",
    "talent_pool_take",
    "search_save",
    "search",
    "search_new",
    "search_edit",
    "search_delete",
}


def addresses(**known: Any) -> Iterator[tuple[str, str]]:
    """Yield the name and the address of each page, filled with what is known."""
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        asked = pattern.pattern.converters
        values = {name: known.get(name, NOBODY) for name in asked}
        yield pattern.name or "", reverse(f"dashboard:{pattern.name}", kwargs=values)


@pytest.mark.django_db
class TestEveryAddress:
    def test_asks_strangers_to_sign_in(self, client: Client):
        for _name, address in addresses(code="GRD-1"):
            for answer in (client.get(address), client.post(address)):
                assert answer.status_code in {302, 405}
                if answer.status_code == 302:
                    assert answer.headers["Location"].startswith("/accounts/login/")

    @pytest.mark.parametrize("role", list(Role))
    def test_knows_no_id_that_is_nobodys(self, role: Role):
        client = client_of(make_user(role))

        for name, address in addresses(code="NONE-1"):
            if NOBODY in address or "NONE-1" in address:
                statuses = {client.get(address).status_code}
                statuses.add(client.post(address).status_code)
                assert statuses <= {404, 405}, name

    def test_hides_from_a_hiring_manager_what_is_not_theirs(self):
        job = make_job(requisition_code="GRD-1")
        person = make_candidate()
        known = {
            "code": "GRD-1",
            "candidate_id": person.pk,
            "application_id": make_application(job, person).pk,
        }
        client = client_of(make_user(Role.HIRING_MANAGER))

        for name, address in addresses(**known):
            is_own_page = name in {"home", "jobs", "candidates", "skill_suggest"}
            statuses = {client.get(address).status_code}
            statuses.add(client.post(address).status_code)
            assert statuses <= ({200, 405} if is_own_page else {404, 405}), name

    def test_lets_a_hiring_manager_read_their_own_and_change_nothing(self):
        manager = make_user(Role.HIRING_MANAGER)
        job = make_job(requisition_code="GRD-1", hiring_manager=manager)
        person = make_candidate()
        known = {
            "code": "GRD-1",
            "candidate_id": person.pk,
            "application_id": make_application(job, person).pk,
        }
        client = client_of(manager)

        for name, address in addresses(**known):
            status = client.get(address).status_code
            expected = {404, 405} if name in FOREIGN_TO_MANAGERS else {200}
            assert status in expected, name
            assert client.post(address).status_code in {404, 405}, name

    @pytest.mark.parametrize("role", [Role.RECRUITER, Role.ADMINISTRATOR])
    def test_hides_a_confidential_job_from_who_is_not_named(self, role: Role):
        job = make_job(requisition_code="SEC-1", confidential=True)
        known = {"code": "SEC-1", "application_id": make_application(job).pk}
        client = client_of(make_user(role))

        for name, address in addresses(**known):
            if "SEC-1" in address or str(known["application_id"]) in address:
                statuses = {client.get(address).status_code}
                statuses.add(client.post(address).status_code)
                assert statuses <= {404, 405}, name
