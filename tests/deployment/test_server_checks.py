from urllib.parse import quote

import pytest

from recruit.deployment.failures import DatabaseUnavailable
from recruit.deployment.home import Home
from recruit.deployment.postgres import EmbeddedServer
from recruit.deployment.server_checks import check_pgvector, check_postgresql
from tests.deployment.processes import manage


@pytest.fixture
def url(home):
    """Give the address of a server that somebody else looks after."""
    server = EmbeddedServer(Home(home.with_name("elsewhere")))
    server.ensure_running()
    with server.superuser("postgres") as connection:
        connection.execute("CREATE DATABASE hiring OWNER recruit TEMPLATE template0")
    yield f"postgresql://recruit@{quote(str(server.socket_folder), safe='')}/hiring"
    server.release()


class TestCheckedServer:
    def test_uses_another_server_with_pgvector(self, home, url):
        as_owner = url.replace("recruit@", "postgres@")

        migrated = manage(home, "migrate", DATABASE_URL=as_owner)

        assert migrated.returncode == 0, migrated.stderr
        assert not (home / "database").exists()

    @pytest.mark.parametrize("command", ["migrate", "up"])
    def test_says_that_pgvector_is_missing(self, home, url, command):
        refused = manage(home, command, DATABASE_URL=url)

        assert refused.returncode == 1
        assert "administrator to run there: CREATE EXTENSION vector" in refused.stderr
        assert "Traceback" not in refused.stderr

    def test_says_that_nobody_answers_there(self, home):
        refused = manage(home, "up", DATABASE_URL="postgresql://localhost:1/hiring")

        assert refused.returncode == 1
        assert "Check DATABASE_URL" in refused.stderr
        assert "Traceback" not in refused.stderr


class TestCheckPostgresql:
    def test_refuses_a_server_before_16(self):
        with pytest.raises(DatabaseUnavailable, match="is PostgreSQL 15"):
            check_postgresql(150_004)

    def test_accepts_a_server_from_16_on(self):
        check_postgresql(160_000)


class TestCheckPgvector:
    @pytest.mark.parametrize("version", ["0.5.1", "0.7.4"])
    def test_refuses_a_version_before_0_8(self, version):
        with pytest.raises(DatabaseUnavailable, match=f"has pgvector {version}"):
            check_pgvector(version)

    @pytest.mark.parametrize("version", ["0.8.0", "0.8.5", "0.10.0", "1.0"])
    def test_accepts_a_version_from_0_8_on(self, version):
        check_pgvector(version)
