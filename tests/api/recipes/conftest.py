"""The typed client, made once of the schema, and scripts that are run with it."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.api.caller import Caller
from tests.factories import make_user

ROOT = Path(__file__).parents[3]
RECIPES = ROOT / "docs" / "recipes"

Begin = Callable[..., "subprocess.Popen[str]"]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def client_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that holds `recruit_client`: made by one process for all."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "client"
    with (shared / "client.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            subprocess.run(  # noqa: S603  this project's own Makefile
                ["/usr/bin/env", "make", "-C", ROOT, "client", f"CLIENT={folder}"],
                check=True,
            )
            (folder / "made").touch()
    return folder


@pytest.fixture
def caller(transactional_db: None) -> Caller:
    return Caller(make_user())


@pytest.fixture
def begin(client_folder: Path, caller: Caller, tmp_path: Path) -> Begin:
    """Give a way to begin a recipe against an address, in an empty folder."""

    def begin_recipe(url: str, name: str, *args: str | Path) -> "subprocess.Popen[str]":
        return subprocess.Popen(  # noqa: S603  this project's own scripts
            [sys.executable, "-W", "error", RECIPES / name, *args],
            cwd=tmp_path,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(client_folder),
                "PYTHONDONTWRITEBYTECODE": "1",
                "RECRUIT_URL": url,
                "RECRUIT_TOKEN": caller.secret,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return begin_recipe


@pytest.fixture
def run(begin: Begin) -> Run:
    """Give a way to run a recipe against an address, in an empty folder."""

    def run_recipe(
        url: str, name: str, *args: str | Path, works: bool = True
    ) -> "subprocess.CompletedProcess[str]":
        with begin(url, name, *args) as process:
            try:
                out, err = process.communicate(timeout=120)
            finally:
                process.kill()
        done = subprocess.CompletedProcess(process.args, process.returncode, out, err)
        assert (done.returncode == 0) == works, done.stderr
        return done

    return run_recipe
