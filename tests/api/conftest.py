"""Callers of the API, one for each role."""

from typing import Any

import pytest

from recruit.accounts.choices import Role
from tests.api.caller import Caller
from tests.api.stated import schema_of_the_api
from tests.factories import make_user


@pytest.fixture
def recruiter(db) -> Caller:
    return Caller(make_user())


@pytest.fixture
def manager(db) -> Caller:
    return Caller(make_user(Role.HIRING_MANAGER))


@pytest.fixture(scope="session")
def schema() -> dict[str, Any]:
    return schema_of_the_api()
