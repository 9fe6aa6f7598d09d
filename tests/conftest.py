"""What every test may use."""

import gc
import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import TransactionTestCase

from recruit.deployment.embedded_database.base import embedded_server
from tests.emptying import empty_tables
from tests.matching.encoders import FOLDER

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.fixtures import Settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# With each page Chromium makes processes for what its own window may show later.
UNSEEN = (
    "SpareRendererForSitePerProcess",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
)
CHROMIUM_OPTIONS = ["--no-sandbox", f"--disable-features={','.join(UNSEEN)}"]
DESKTOP = {"width": 1280, "height": 800}

# Slow on purpose where it counts; here it would take most of the time.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Every client of a test makes the middleware anew, which would read all static files.
settings.WHITENOISE_AUTOREFRESH = True
TransactionTestCase._fixture_teardown = empty_tables  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Let the application's role make the test databases on the embedded server.

    Each process that runs tests has a database of its own on the one server.
    """
    if settings.DATABASES["default"].get("RECRUIT_HOME") is None:
        yield
        return
    server = embedded_server(settings.HOME)
    server.ensure_running()
    with server.superuser("postgres") as connection:
        # Two processes that alter the role at once would fail.
        connection.execute("SELECT pg_advisory_lock(0)")
        connection.execute("ALTER ROLE recruit CREATEDB")
        # What a test writes need not survive a power failure.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET full_page_writes = off")
        connection.execute("ALTER SYSTEM SET synchronous_commit = off")
        connection.execute("SELECT pg_reload_conf()")
    yield
    # Here, not at exit: a process that leaves slowly is killed by its controller.
    server.release()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run last what leaves less behind than it found.

    Tests that commit empty all tables afterwards, the rows of migrations included;
    a browser keeps an event loop in this thread, beside which no other can run.
    Several processes are given their tests in this order too (`--dist load`), those
    that are long first among their like.
    """
    items.sort(key=lambda one: (_drives_browser(one), _commits(one), not _long(one)))


def pytest_collection_finish() -> None:
    """Spare the garbage collector what all tests have in common: it stays."""
    gc.collect()
    gc.freeze()


def _long(item: pytest.Item) -> bool:
    return item.get_closest_marker("long") is not None


def _drives_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(
        (marker is not None and marker.kwargs.get("transaction"))
        or fixtures & {"transactional_db", "live_server"}
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip browser tests where there is no browser; in CI that is a failure."""
    if CHROMIUM is not None or item.get_closest_marker("browser") is None:
        return
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail("chromium is not installed; `.ci/run` installs it", pytrace=False)
    pytest.skip("chromium is not installed (Debian: apt-get install chromium)")


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Give Debian's chromium, driven from the test."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  seldom needed

    # Playwright runs an event loop in this thread, in which Django refuses to query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=CHROMIUM_OPTIONS
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """Give an empty page in a browser context of its own."""
    context = browser.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True)
def _hashing_encoder(request: pytest.FixtureRequest, settings: "Settings") -> None:
    """Encode by hashed words, but for tests that are about the true encoder."""
    if request.node.get_closest_marker("model") is None:
        settings.ENCODER_MODEL = str(FOLDER)
        settings.ENCODER_CLASS = "tests.matching.encoders.HashingEncoder"
