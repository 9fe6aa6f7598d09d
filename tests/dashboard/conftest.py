"""Who looks at the pages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recruit.accounts.choices import Role
from recruit.accounts.models import User
from tests.factories import make_user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


@pytest.fixture
def recruiter(db: None) -> User:
    return make_user(Role.RECRUITER)


@pytest.fixture
def hiring_manager(db: None) -> User:
    return make_user(Role.HIRING_MANAGER)


@pytest.fixture
def recruiting(recruiter: User) -> Client:
    """Give the client of a signed-in recruiter."""
    return client_of(recruiter)


@pytest.fixture
def managing(hiring_manager: User) -> Client:
    """Give the client of a signed-in hiring manager."""
    return client_of(hiring_manager)


@pytest.fixture
def administrating(db: None) -> Client:
    """Give the client of a signed-in administrator."""
    return client_of(make_user(Role.ADMINISTRATOR))
