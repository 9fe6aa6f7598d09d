"""Callers of the API, one for each role."""

from pathlib import Path
from typing import Any

import pytest

from recruit.accounts.choices import Role
from recruit.candidates.models import Candidate
from tests.api.caller import Caller
from tests.api.stated import schema_of_the_api
from tests.factories import make_candidate, make_user


@pytest.fixture
def recruiter(db) -> Caller:
    return Caller(make_user())


@pytest.fixture
def manager(db) -> Caller:
    return Caller(make_user(Role.HIRING_MANAGER))


@pytest.fixture(scope="session")
def schema() -> dict[str, Any]:
    return schema_of_the_api()


@pytest.fixture
def uploads(settings: Any, tmp_path: Path) -> Path:
    """Give the folder in which files of this test lie."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def person(db: None) -> Candidate:
    return make_candidate()
