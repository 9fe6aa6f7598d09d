"""What every test may use."""

import os
from pathlib import Path

# A home of its own, named before the settings load: the tests run beside the
# platform and leave its data alone.
os.environ["RECRUIT_HOME"] = str(Path(__file__).parents[1] / "var" / "test")

import pytest
from django.conf import settings

from recruit.deployment.embedded_database.base import embedded_server


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Let the application's role make the test database on the embedded server."""
    if settings.DATABASES["default"].get("RECRUIT_HOME"):
        server = embedded_server(settings.HOME)
        server.ensure_running()
        with server.superuser("postgres") as connection:
            connection.execute("ALTER ROLE recruit CREATEDB")
