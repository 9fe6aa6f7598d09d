"""Who is let in: sessions, tokens, scopes."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from recruit.accounts.choices import Scope
from recruit.accounts.models import ApiToken
from recruit.accounts.operations import issue_token, revoke_token
from tests.api.caller import Caller, assert_problem
from tests.factories import NOW, make_candidate, make_job, make_user
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db

JOBS = "/api/v1/jobs"


def call(secret: str, scheme: str = "Bearer") -> Any:
    return Client().get(JOBS, headers={"authorization": f"{scheme} {secret}"})


class TestToken:
    def test_stands_for_its_user(self, recruiter):
        assert recruiter.get("/jobs").status_code == 200

    def test_keeps_when_it_was_used(self, recruiter):
        before = timezone.now()

        recruiter.get("/jobs")

        last_used_at = ApiToken.objects.get().last_used_at
        assert last_used_at is not None
        assert last_used_at >= before

    @pytest.mark.parametrize("secret", ["", "x", "é", "x" * 5000, "a b"])
    def test_that_is_unknown_is_a_401(self, secret):
        answer = call(secret)

        assert_problem(answer, 401)
        assert answer["WWW-Authenticate"].startswith("Bearer")

    def test_that_expired_is_a_401(self):
        _token, secret = issue_token(
            user=make_user(),
            name="Old",
            scopes=Scope.values,
            created_at=NOW - timedelta(days=2),
            expires_at=NOW - timedelta(days=1),
        )

        assert_problem(call(secret), 401)

    def test_that_was_revoked_is_a_401(self, recruiter):
        revoke_token(token_id=recruiter.token.pk, revoked_at=timezone.now())

        assert_problem(recruiter.get("/jobs"), 401)

    def test_of_an_account_that_was_closed_is_a_401(self, recruiter):
        recruiter.user.is_active = False
        recruiter.user.save()

        assert_problem(recruiter.get("/jobs"), 401)

    def test_does_not_fall_back_to_the_session(self, client):
        client.force_login(make_user())

        answer = client.get(JOBS, headers={"authorization": "Bearer wrong"})

        assert_problem(answer, 401)

    @pytest.mark.parametrize(
        ("scope", "path"),
        [
            (Scope.JOBS_READ, "/jobs"),
            (Scope.CANDIDATES_READ, "/candidates"),
            (Scope.APPLICATIONS_READ, "/applications"),
            (Scope.APPLICATIONS_READ, "/disposition_reasons"),
            (Scope.SKILLS_READ, "/skills"),
            (Scope.MATCHES_READ, "/jobs/{job}/matches"),
            (Scope.MATCHES_READ, "/candidates/{candidate}/jobs"),
        ],
    )
    def test_reads_with_that_scope_alone(self, scope, path):
        user = make_user()
        others = [one for one in Scope.values if one != scope]
        job, candidate = make_job("Bread"), make_candidate("Bread", "Pastry")
        index_everything()
        path = path.format(job=job.pk, candidate=candidate.pk)

        assert Caller(user, [scope]).get(path).status_code == 200
        assert_problem(Caller(user, others).get(path), 403)

    @pytest.mark.parametrize(
        ("scope", "path"),
        [
            (Scope.JOBS_WRITE, "/jobs"),
            (Scope.CANDIDATES_WRITE, "/candidates"),
            (Scope.APPLICATIONS_WRITE, "/applications"),
        ],
    )
    def test_writes_with_that_scope_alone(self, scope, path):
        user = make_user()
        others = [one for one in Scope.values if one != scope]

        assert_problem(Caller(user, [scope]).post(path, {}), 400)
        assert_problem(Caller(user, others).post(path, {}), 403)


class TestSession:
    def test_reads(self, client):
        client.force_login(make_user())

        assert client.get(JOBS).status_code == 200

    def test_sees_confidential_jobs_that_name_the_user(self, client):
        user = make_user()
        make_job(confidential=True, recruiters=[user])
        client.force_login(user)

        assert len(client.get(JOBS).json()["items"]) == 1

    def test_writes_only_with_the_csrf_token(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(make_user())
        body = {"requisition_code": "S-1", "title": "Gardener"}
        client.cookies["csrftoken"] = "a" * 32

        without = client.post(JOBS, body, content_type="application/json")
        with_token = client.post(
            JOBS,
            body,
            content_type="application/json",
            headers={"x-csrftoken": "a" * 32},
        )

        assert_problem(without, 403)
        assert with_token.status_code == 201


class TestNobody:
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_asked_to_sign_in(self, client, method):
        answer = getattr(client, method)(JOBS)

        assert_problem(answer, 401)
        assert answer["WWW-Authenticate"] == 'Bearer realm="api"'
