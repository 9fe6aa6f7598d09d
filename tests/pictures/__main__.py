"""Make pictures of every page of the demo data, in a home of its own."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import django
from playwright.sync_api import Browser, Page, sync_playwright

from tests.deployment.processes import Platform, wait_for
from tests.pictures.camera import sign_in, take
from tests.pictures.walking import walk

HOME = Path(__file__).parents[2] / "var" / "pictures-home"
EMAIL = "admin@localhost"
SECONDS_TO_START = 120
SECONDS_TO_READ = 1200  # the demo data, by the encoder


@contextmanager
def _running() -> Iterator[tuple[str, str]]:
    """Run the platform with the demo data; yield its address and the password."""
    HOME.mkdir(parents=True, exist_ok=True)
    platform = Platform(HOME, RECRUIT_DEMO="1")
    site = f"http://127.0.0.1:{platform.port}/"
    try:
        wait_for(lambda: _is_ready(site), seconds=SECONDS_TO_START)
        yield site, (HOME / "first-password").read_text().strip()
    finally:
        platform.close()


def _is_ready(site: str) -> bool:
    try:
        with urlopen(f"{site}readyz", timeout=5) as answer:  # noqa: S310  our own site
            return bool(answer.status == 200)
    except OSError:
        return False


def _has_read_everything(page: Page, site: str) -> bool:
    page.goto(site)
    has_jobs = page.locator(".job-line").count() > 0
    return has_jobs and page.locator(".notice").count() == 0


def _filled() -> list[str]:
    """Work on the demo data; rows are not written in the thread of the browser."""
    from tests.pictures.filling import fill  # noqa: PLC0415 (the apps are ready now)

    with ThreadPoolExecutor(max_workers=1) as other:
        return other.submit(fill, EMAIL).result()


def _photograph(
    browser: Browser,
    site: str,
    password: str,
    to: Path,
    fill: Callable[[], list[str]] = list,
) -> None:
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, site, EMAIL, password)
    wait_for(lambda: _has_read_everything(page, site), seconds=SECONDS_TO_READ)
    pages = walk(page, site, more=[*fill(), "candidates/?q=a+backend+developer"])
    for file in take(browser, context, pages, to):
        sys.stdout.write(f"{file}\n")
        sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.pictures")
    parser.add_argument("folder", type=Path, help="where the pictures are put")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--site", help="a site that runs, instead of one of its own")
    parser.add_argument("--password", help=f"of {EMAIL} on that site")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recruit.settings")
    os.environ.setdefault("RECRUIT_HOME", str(HOME))
    django.setup()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=asked.chromium, args=["--no-sandbox"]
        )
        if asked.site:
            _photograph(browser, asked.site, asked.password, asked.folder)
            return
        with _running() as (site, password):
            _photograph(browser, site, password, asked.folder, _filled)


main()
