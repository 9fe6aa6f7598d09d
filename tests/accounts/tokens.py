"""Tokens in tests: made, and asked with."""

from datetime import timedelta

from django.test import Client

from recruit.accounts.choices import Scope
from recruit.accounts.models import ApiToken
from recruit.accounts.operations import (
    issue_token,
    token_digest,
)
from tests.factories import NOW, make_user

DAY = timedelta(days=1)


def issue(**stated) -> tuple[ApiToken, str]:
    stated = {"user": make_user(), "name": "sync", "created_at": NOW, **stated}
    return issue_token(scopes=[Scope.JOBS_READ], **stated)


def holder(secret: str, moment=NOW) -> ApiToken | None:
    return ApiToken.objects.valid_at(moment).of_digest(token_digest(secret), moment)


def status(secret: str, **headers: str) -> int:
    sent = {"authorization": f"Bearer {secret}", **headers}
    return Client().get("/api/v1/jobs", headers=sent).status_code
