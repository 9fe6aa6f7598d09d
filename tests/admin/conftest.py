"""An administrator who is signed in."""

import pytest
from django.test import Client

from recruit.accounts.choices import Role
from recruit.accounts.models import User
from tests.factories import make_user


@pytest.fixture
def administrator() -> User:
    return make_user(Role.ADMINISTRATOR, name="Ada Admin")


@pytest.fixture
def admin_client(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client
