import os
import signal
import subprocess
import sys

import pytest

from recruit.deployment.failures import DatabaseUnavailable
from recruit.deployment.home import Home
from recruit.deployment.postgres import EmbeddedServer
from recruit.deployment.server_files import SOCKET_PATH_BYTES, postmaster_of
from tests.deployment.processes import ROOT, environment, wait_for

# Starts or joins the server, says so, and stays until its input ends.
USER = """
import sys
from pathlib import Path
from recruit.deployment.home import Home
from recruit.deployment.postgres import EmbeddedServer
EmbeddedServer(Home(Path(sys.argv[1]))).ensure_running()
print("uses", flush=True)
sys.stdin.read()
"""


class User:
    """Another process that uses the server of a home."""

    def __init__(self, home):
        self.process = subprocess.Popen(  # noqa: S603  this interpreter
            [sys.executable, "-c", USER, str(home)],
            cwd=ROOT,
            env=environment(home),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == b"uses\n"

    def leave(self):
        self.process.communicate()

    def kill(self):
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def server(home):
    started = EmbeddedServer(Home(home))
    started.ensure_running()
    yield started
    started.release()


class TestEmbeddedServer:
    def test_is_stopped_by_the_last_one_who_leaves(self, home):
        first, second = User(home), User(home)
        database = Home(home).database

        first.leave()
        between = postmaster_of(database)
        second.leave()

        assert between is not None
        assert between.is_alive
        assert postmaster_of(database) is None

    def test_is_stopped_although_another_user_was_killed(self, home):
        first, second = User(home), User(home)

        first.kill()
        second.leave()

        assert postmaster_of(Home(home).database) is None

    def test_is_used_and_stopped_after_its_only_user_was_killed(self, home):
        User(home).kill()
        left_over = postmaster_of(Home(home).database)

        User(home).leave()

        assert left_over is not None
        assert postmaster_of(Home(home).database) is None

    def test_comes_back_after_it_was_killed(self, server):
        with server.superuser() as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
        os.kill(server.postmaster.pid, signal.SIGKILL)
        wait_for(lambda: server.postmaster is None)

        server.ensure_running()

        with server.superuser() as connection:
            assert connection.execute("SELECT one FROM kept").fetchone() == (1,)

    def test_starts_where_its_old_number_belongs_to_another_process(self, home):
        User(home).leave()
        stale = f"{os.getpid()}\n{Home(home).database}\n1\n5432\n/tmp\n\n1 1\nready\n"
        (Home(home).database / "postmaster.pid").write_text(stale)
        server = EmbeddedServer(Home(home))

        server.ensure_running()

        assert server.postmaster is not None
        assert server.postmaster.pid != os.getpid()
        server.release()

    def test_starts_again_after_a_first_start_that_was_cut_short(self, home):
        Home(home).prepare()
        unfinished = Home(home).path / "database.unfinished"
        unfinished.mkdir()
        (unfinished / "PG_VERSION").write_text("18\n")

        User(home).leave()

        assert not unfinished.exists()

    def test_runs_in_a_folder_too_deep_for_a_socket(self, home):
        deep = home.joinpath(*["a-rather-long-name-of-a-folder"] * 5)
        server = EmbeddedServer(Home(deep))

        server.ensure_running()

        assert len(str(deep)) > SOCKET_PATH_BYTES
        assert server.postmaster is not None
        server.release()
        assert not server.socket_folder.exists()

    def test_runs_in_a_folder_with_odd_letters(self, home):
        odd = home.with_name("it's a home, too: ü")

        User(odd).leave()

        assert (odd / "database" / "PG_VERSION").exists()

    def test_refuses_a_folder_that_a_shell_would_read_otherwise(self, home):
        with pytest.raises(DatabaseUnavailable, match="Set RECRUIT_HOME"):
            EmbeddedServer(Home(home.with_name("$HOME"))).ensure_running()

    def test_gives_the_application_a_role_without_power(self, server):
        with server.superuser() as connection:
            found = connection.execute(
                "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles"
                " WHERE rolname = 'recruit'"
            ).fetchone()

        assert found == (False, False, False)

    def test_lets_nobody_else_reach_its_socket(self, server):
        assert server.socket_folder.stat().st_mode & 0o777 == 0o700

    def test_leaves_a_folder_alone_that_is_no_database(self, home):
        Home(home).prepare()
        Home(home).database.mkdir()
        (Home(home).database / "holiday.txt").write_text("beach")

        with pytest.raises(DatabaseUnavailable, match="neither empty nor"):
            EmbeddedServer(Home(home)).ensure_running()

    def test_refuses_the_database_of_another_version(self, home):
        User(home).leave()
        (Home(home).database / "PG_VERSION").write_text("17\n")

        with pytest.raises(DatabaseUnavailable, match="made by PostgreSQL 17"):
            EmbeddedServer(Home(home)).ensure_running()
