import json
import os
import re
import signal
import urllib.error
import urllib.request
from functools import partial

from recruit.deployment.home import Home
from recruit.deployment.server_files import postmaster_of
from tests.deployment.processes import Platform, free_port, manage, wait_for


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
        platform.interrupt()

        assert platform.process.returncode == 0
        assert "web ended (killed by SIGKILL)" in platform.printed
        assert "worker ended (killed by SIGKILL)" in platform.printed
        assert platform.printed.count("worker ended") == 1  # the database took none
        assert "Traceback" not in platform.printed
        assert postmaster_of(Home(home).database) is None

    def test_takes_over_from_one_that_was_killed(self, platform, home):
        wait_for(lambda: is_ready(platform))
        orphans = platform.children("granian")
        platform.process.kill()
        platform.process.wait()

        second = Platform(home)
        wait_for(lambda: is_ready(second))
        second.close()

        assert not any(orphan.is_running() for orphan in orphans)

    def test_stops_when_terminated_and_serves_again(self, platform, home):
        wait_for(lambda: "Open" in platform.printed)

        platform.interrupt(signal.SIGTERM)
        is_stopped = postmaster_of(Home(home).database) is None
        second = Platform(home)
        wait_for(lambda: "Open" in second.printed)
        second.close()

        assert is_stopped

    def test_generates_a_password_and_keeps_it_private(self, running_platform):
        wait_for(lambda: "Password" in running_platform.printed)
        found = re.search(r"Password (\S+)", running_platform.printed)
        assert found is not None

        kept = running_platform.home / "first-password"

        assert kept.read_text().strip() == found[1]
        assert kept.stat().st_mode & 0o777 == 0o600

    def test_refuses_a_second_one_on_the_same_home(self, running_platform):
        wait_for(lambda: "Open" in running_platform.printed)
        home = running_platform.home

        refused = manage(home, "up", RECRUIT_PORT=str(free_port()))

        assert refused.returncode == 1
        assert f"already runs on {home}, at http" in refused.stderr
        assert "Traceback" not in refused.stderr

    def test_refuses_a_taken_port(self, running_platform, home):
        wait_for(lambda: "Open" in running_platform.printed)
        port = running_platform.port

        refused = manage(home, "up", RECRUIT_PORT=str(port))

        assert refused.returncode == 1
        assert f"Port {port} on 127.0.0.1 is taken" in refused.stderr
        assert "Traceback" not in refused.stderr
