"""Homes and platforms for the tests of the deployment."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deployment.processes import Platform, manage


@pytest.fixture(scope="session")
def migrated_home() -> Iterator[Path]:
    """Give a home whose database has its tables, to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="recruit-test-"))
    assert manage(folder / "home", "migrate").returncode == 0
    yield folder / "home"
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def running_platform(migrated_home: Path) -> Iterator[Platform]:
    """Give a platform that runs, for tests that leave it as it is."""
    folder = Path(tempfile.mkdtemp(prefix="recruit-test-"))
    running = Platform(copy_home(migrated_home, folder / "home"))
    yield running
    running.close()
    shutil.rmtree(folder)


@pytest.fixture
def home() -> Iterator[Path]:
    """Give a home folder that is not there yet, and is gone after the test.

    Not pytest's own folder: that one is closed to other accounts, the server's
    included, and its path is long.
    """
    folder = Path(tempfile.mkdtemp(prefix="recruit-test-"))
    yield folder / "home"
    shutil.rmtree(folder)


@pytest.fixture
def platform(home: Path, migrated_home: Path) -> Iterator[Platform]:
    """Give a platform of the test's own, which is starting."""
    running = Platform(copy_home(migrated_home, home))
    yield running
    running.close()


def copy_home(original: Path, copy: Path) -> Path:
    """Copy a home with the owners of its files."""
    command = ["cp", "--archive", str(original), str(copy)]
    subprocess.run(command, check=True)  # noqa: S603
    return copy
