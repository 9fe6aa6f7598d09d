"""Ids in bodies and query strings: those of others are as good as none."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate
from recruit.jobs.models import Job
from tests.factories import (
    ACTOR,
    NOW,
    PASSWORD,
    make_application,
    make_candidate,
    make_job,
    make_user,
    reason_for,
)
from tests.security.requests import REQUEST_ID

pytestmark = pytest.mark.django_db

API = "/api/v1"


def told(answer: Any, *ids: UUID) -> tuple[int, str]:
    """Return status and body without the ids that were asked for."""
    body = REQUEST_ID.sub("", answer.content.decode())
    for one in ids:
        body = body.replace(str(one), "ID")
    return answer.status_code, body


@pytest.fixture
def recruiter() -> User:
    return make_user()


@pytest.fixture
def signed_in(recruiter: User) -> Client:
    client = Client()
    client.force_login(recruiter)
    return client


@pytest.fixture
def hidden() -> Job:
    return make_job(confidential=True)


@pytest.fixture
def erased() -> Candidate:
    candidate = make_candidate()
    erase_candidate(candidate_id=candidate.pk, actor=ACTOR, erased_at=NOW)
    return candidate


class TestApi:
    def apply(self, client: Client, job_id: UUID, candidate_id: UUID) -> Any:
        body = {"job": str(job_id), "candidate": str(candidate_id)}
        return client.post(f"{API}/applications", body, "application/json")

    def test_puts_nobody_into_a_job_that_is_hidden(self, signed_in, hidden):
        candidate, unknown = make_candidate(), uuid4()

        answer = self.apply(signed_in, hidden.pk, candidate.pk)

        assert answer.status_code == 400
        other = self.apply(signed_in, unknown, candidate.pk)
        assert told(answer, hidden.pk) == told(other, unknown)
        assert not Application.objects.exists()

    def test_puts_no_erased_person_into_a_job(self, signed_in, erased):
        job, unknown = make_job(), uuid4()

        answer = self.apply(signed_in, job.pk, erased.pk)

        assert answer.status_code == 400
        other = self.apply(signed_in, job.pk, unknown)
        assert told(answer, erased.pk) == told(other, unknown)

    @pytest.mark.parametrize("name", ["job", "candidate"])
    def test_lists_nothing_of_what_is_hidden(self, name, signed_in, hidden):
        application = make_application(hidden)
        ids = {"job": hidden.pk, "candidate": application.candidate_id}

        answer = signed_in.get(f"{API}/applications?{name}={ids[name]}")

        assert answer.json()["items"] == []

    def test_takes_no_reason_of_another_outcome(self, signed_in):
        application = make_application()
        body = {"disposition_reason": str(reason_for("withdrawn").pk)}
        address = f"{API}/applications/{application.pk}/reject"

        answer = signed_in.post(address, body, "application/json")

        assert 400 <= answer.status_code < 500
        application.refresh_from_db()
        assert application.is_active

    def test_names_nobody_unknown_as_hiring_manager(self, signed_in):
        body = {"requisition_code": "R-1", "title": "x", "hiring_manager": str(uuid4())}

        answer = signed_in.post(f"{API}/jobs", json.dumps(body), "application/json")

        assert answer.status_code == 400
        assert not Job.objects.exists()


class TestPages:
    def test_put_no_erased_person_into_a_job(self, signed_in, erased):
        job = make_job()
        address = f"/jobs/{job.requisition_code}/applications/"

        for chosen in (erased.pk, uuid4()):
            signed_in.post(address, {"candidate": str(chosen)})
            signed_in.post(address, {"candidates": [str(chosen)]})

        assert not Application.objects.exists()

    def test_move_nobody_in_a_job_that_is_hidden(self, signed_in, hidden):
        application = make_application(hidden)
        sent = {"expected_version": "1", "to_stage": "offer"}

        answer = signed_in.post(f"/applications/{application.pk}/advance/", sent)

        assert answer.status_code == 404
        application.refresh_from_db()
        assert application.stage == "applied"

    def test_are_not_opened_by_another_managers_job(self):
        manager = make_user(Role.HIRING_MANAGER)
        make_job(hiring_manager=manager)
        theirs = make_application(make_job(hiring_manager=make_user()))
        client = Client()
        client.force_login(manager)

        for address in (
            f"/jobs/{theirs.job.requisition_code}/pipeline/",
            f"/candidates/{theirs.candidate_id}/",
        ):
            assert client.get(address).status_code == 404


class TestSignIn:
    @pytest.mark.parametrize(
        "target", ["https://evil.example/", "//evil.example", "/\\evil.example"]
    )
    def test_leads_to_no_other_site(self, target, client, recruiter):
        sent = {"login": recruiter.email, "password": PASSWORD, "next": target}

        answer = client.post("/accounts/login/", sent)

        assert answer.status_code == 302
        assert "evil" not in answer["Location"]

    def test_makes_no_account(self, client):
        sent = {"email": "new@example.org", "password1": PASSWORD}

        client.post("/accounts/signup/", sent)

        assert not User.objects.filter(email="new@example.org").exists()
