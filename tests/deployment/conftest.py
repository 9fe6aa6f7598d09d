"""Homes and platforms for the tests of the deployment."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deployment.processes import Platform


@pytest.fixture
def home() -> Iterator[Path]:
    """Give a home folder that is gone after the test.

    Not pytest's own folder: that one is closed to other accounts, the server's
    included, and its path is long.
    """
    folder = Path(tempfile.mkdtemp(prefix="recruit-test-"))
    yield folder / "home"
    shutil.rmtree(folder)


@pytest.fixture
def platform(home: Path) -> Iterator[Platform]:
    """Give a platform that is starting."""
    running = Platform(home)
    yield running
    running.close()
