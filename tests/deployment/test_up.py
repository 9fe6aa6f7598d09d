import json
import os
import re
import signal
import socket
import time
import urllib.error
import urllib.request
from functools import partial

from recruit.deployment.home import Home
from recruit.deployment.server_files import postmaster_of
from tests.deployment.processes import Platform, free_port, manage, wait_for

STOP_SECONDS = 10


def readiness(platform: Platform) -> tuple[int, dict[str, object]]:
    address = f"http://127.0.0.1:{platform.port}/readyz"
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
    except OSError:
        return 0, {}


def is_ready(platform: Platform) -> bool:
    return readiness(platform)[0] == 200


def has_printed(platform: Platform, words: str) -> bool:
    return words in platform.printed


class TestUp:
    def test_serves_restarts_what_dies_and_stops_everything(self, platform, home):
        wait_for(lambda: is_ready(platform))
        wait_for(lambda: "Password" in platform.printed)
        postmaster = postmaster_of(Home(home).database)
        assert postmaster is not None

        for name, word in (("web", "granian"), ("worker", "manage.py worker")):
            platform.children(word)[0].kill()
            wait_for(partial(has_printed, platform, f"{name} ended"))
            wait_for(lambda: is_ready(platform), seconds=30)
        os.kill(postmaster.pid, signal.SIGKILL)
        wait_for(lambda: "The database ended" in platform.printed)
        wait_for(lambda: is_ready(platform), seconds=30)
        took = platform.interrupt()

        assert took < STOP_SECONDS
        assert platform.process.returncode == 0
        assert "web ended (killed by SIGKILL)" in platform.printed
        assert "worker ended (killed by SIGKILL)" in platform.printed
        assert "Traceback" not in platform.printed
        assert postmaster_of(Home(home).database) is None

    def test_stops_everything_when_it_is_terminated(self, platform, home):
        wait_for(lambda: "Open" in platform.printed)

        took = platform.interrupt(signal.SIGTERM)

        assert took < STOP_SECONDS
        assert postmaster_of(Home(home).database) is None

    def test_takes_over_from_one_that_was_killed(self, platform, home):
        wait_for(lambda: "Open" in platform.printed)
        orphans = platform.children("granian")
        platform.process.kill()
        platform.process.wait()

        second = Platform(home)
        wait_for(lambda: is_ready(second))
        second.close()

        assert not any(orphan.is_running() for orphan in orphans)

    def test_refuses_a_second_one_on_the_same_home(self, platform, home):
        wait_for(lambda: "Open" in platform.printed)

        second = manage(home, "up", RECRUIT_PORT=str(free_port()))

        assert second.returncode == 1
        assert f"already runs on {home}" in second.stderr
        assert "Traceback" not in second.stderr

    def test_refuses_a_taken_port(self, home):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]

            refused = manage(home, "up", RECRUIT_PORT=str(port))

        assert refused.returncode == 1
        assert f"Port {port} on 127.0.0.1 is taken" in refused.stderr
        assert "Traceback" not in refused.stderr

    def test_generates_a_password_once_and_keeps_it_private(self, platform, home):
        wait_for(lambda: "Password" in platform.printed)
        found = re.search(r"Password (\S+)", platform.printed)
        assert found is not None

        kept = home / "first-password"

        assert kept.read_text().strip() == found[1]
        assert kept.stat().st_mode & 0o777 == 0o600

    def test_starts_a_second_time_within_fifteen_seconds(self, home):
        first = Platform(home)
        wait_for(lambda: "Open" in first.printed)
        first.close()

        began = time.monotonic()
        second = Platform(home)
        wait_for(lambda: "Open" in second.printed, seconds=15)
        took = time.monotonic() - began
        second.close()

        assert took < 15
