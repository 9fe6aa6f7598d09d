"""Callers of the API, and homes for processes."""

import pytest

from tests.api.caller import Caller
from tests.deployment.conftest import home  # noqa: F401  a fixture
from tests.factories import make_user


@pytest.fixture
def recruiter(db) -> Caller:
    return Caller(make_user())
