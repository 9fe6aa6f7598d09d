"""docs/api-first-call.md, its commands run as they stand."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from recruit.accounts.models import ApiToken
from tests.api.recipes.conftest import ROOT
from tests.api.recipes.working import a_worker
from tests.factories import make_user
from tests.imports.test_cut_off import database_url

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = ROOT / "docs" / "api-first-call.md"
SHIM = Path(__file__).with_name("curl_in_python.py")


def blocks(page: Path) -> list[str]:
    """Return the commands of a page."""
    return re.findall(r"^```sh\n(.*?)^```$", page.read_text(), re.M | re.S)


def with_curl_of_ours(folder: Path) -> str:
    """Return a PATH on which `curl` is the stand-in of the tests."""
    stand_in = folder / "curl"
    stand_in.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{SHIM}" "$@"\n')
    stand_in.chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


def run_page(page: Path, netloc: str, path: str, home: Path) -> list[Any]:
    """Return what the commands of a page print, each a JSON value."""
    commands = "\necho\n".join(blocks(page)).replace("127.0.0.1:8000", netloc)
    done = subprocess.run(  # noqa: S603  the commands of our own page
        ["/bin/bash", "-euo", "pipefail", "-c", commands],
        cwd=ROOT,
        env=os.environ
        | {"PATH": path, "DATABASE_URL": database_url(), "RECRUIT_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line]


class TestFirstCall:
    @pytest.mark.parametrize("curl", ["of this machine", "in Python"])
    def test_works_as_it_stands_within_five_minutes(self, live_server, tmp_path, curl):
        if curl == "in Python" or shutil.which("curl") is None:
            path = with_curl_of_ours(tmp_path)
        else:
            path = os.environ["PATH"]
        make_user(email="kim@example.org")
        begun = time.monotonic()

        with a_worker():
            netloc = live_server.url.removeprefix("http://")
            printed = run_page(PAGE, netloc, path, tmp_path / "home")

        jobs, job, candidate, matches, changed = printed
        assert (jobs["items"], jobs["next"]) == ([], None)
        assert job["requisition_code"] == "GARDEN-1"
        (match,) = matches["items"]
        assert match["candidate"]["id"] == candidate["id"]
        assert match["candidate"]["name"] == "Noor Vos"
        assert changed["headline"] == "Head gardener"
        assert time.monotonic() - begun < 300
        assert ApiToken.objects.get().name == "First call"

    def test_works_again_with_another_token(self, live_server, tmp_path):
        path, netloc = with_curl_of_ours(tmp_path), live_server.url[len("http://") :]
        make_user(email="kim@example.org")

        with a_worker():
            first = run_page(PAGE, netloc, path, tmp_path / "home")
            again = run_page(PAGE, netloc, path, tmp_path / "home")

        _jobs, job, candidate, matches, changed = again
        assert [job["status"], candidate["status"]] == [409, 409]
        assert matches["items"][0]["candidate"]["id"] == first[2]["id"]
        assert changed["id"] == first[4]["id"]
        assert ApiToken.objects.count() == 2
