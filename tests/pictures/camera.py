"""Each page at two widths, light and dark."""

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from tests.pictures.walking import slug

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, FloatRect, Page

WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")
HEIGHT = 900
TALLEST = 3000


def sign_in(page: "Page", site: str, email: str, password: str) -> None:
    page.goto(f"{site}accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(site)


def take(
    browser: "Browser", signed_in: "BrowserContext", pages: Mapping[str, str], to: Path
) -> Iterator[Path]:
    """Write the pictures of pages (kind -> address); yield each file."""
    to.mkdir(parents=True, exist_ok=True)
    state = signed_in.storage_state()
    for width, scheme in product(WIDTHS, SCHEMES):
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            color_scheme=scheme,  # type: ignore[arg-type]
            storage_state=state,
        )
        page = context.new_page()
        for kind, address in pages.items():
            page.goto(address)
            page.wait_for_load_state("load")
            file = to / f"{slug(kind)}-{width}-{scheme}.png"
            page.screenshot(path=file, full_page=True, clip=_clip(page, width))
            yield file
        context.close()


def _clip(page: "Page", width: int) -> "FloatRect":
    height = page.evaluate("document.documentElement.scrollHeight")
    return {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)}
