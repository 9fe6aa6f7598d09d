"""Callers of the API, one for each role."""

import pytest

from recruit.accounts.choices import Role
from tests.api.caller import Caller
from tests.factories import make_user


@pytest.fixture
def recruiter(db) -> Caller:
    return Caller(make_user())


@pytest.fixture
def manager(db) -> Caller:
    return Caller(make_user(Role.HIRING_MANAGER))
