"""Callers of the API, one for each role."""

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from recruit.accounts.choices import Role
from tests.api.caller import Caller
from tests.factories import make_user


@pytest.fixture
def recruiter(db) -> Caller:
    return Caller(make_user())


@pytest.fixture
def manager(db) -> Caller:
    return Caller(make_user(Role.HIRING_MANAGER))


@pytest.fixture(scope="session")
def schema() -> dict[str, Any]:
    generated: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return generated
