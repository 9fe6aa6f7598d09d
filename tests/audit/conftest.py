"""Callers of the API."""

import pytest

from tests.api.caller import Caller
from tests.factories import make_user


@pytest.fixture
def recruiter(db) -> Caller:
    return Caller(make_user())
