"""Which pages there are: addresses of each kind that a link leads to."""

import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from django.http import HttpResponseBase
from django.urls import Resolver404, resolve

if TYPE_CHECKING:
    from playwright.sync_api import Page

LINK = re.compile(r'<a\s[^>]*?href="([^"#]+)"')
# Links of drawings have no `href` of their own that is a text.
LINKS = """nodes => nodes
  .filter(n => !n.hasAttribute("download"))
  .map(n => new URL(n.getAttribute("href"), document.baseURI).href)"""
# Where a walk begins; a search is led to by no link.
STARTS = ("/", "/candidates/?q=gardener", "/jobs/?q=engineer")
OK, FOUND = 200, 302
# Not pages of the dashboard, or addresses that do something.
LEFT_OUT = ("admin/", "api/", "accounts/logout/", "static/", "healthz", "readyz")
# The same page asked for otherwise looks otherwise.
TOLD_APART = frozenset(
    {"stage", "order", "column", "q", "compare", "tab", "view", "person"}
)


def kind_of(address: str) -> str | None:
    """Return the kind of page that an address is of; None for no page of ours."""
    parts = urlsplit(address)
    try:
        route = resolve(parts.path).route
    except Resolver404:
        return None
    if route.startswith(LEFT_OUT) or route.endswith((".csv", ".xlsx")):
        return None
    asked = {one.partition("=")[0] for one in parts.query.split("&")}
    return "+".join([route, *sorted(asked & TOLD_APART)])


def slug(kind: str) -> str:
    """Return a name for files."""
    words = "".join(char if char.isalnum() else " " for char in kind)
    return "-".join(words.split()) or "home"


def walk(page: "Page", start: str, more: Iterable[str] = ()) -> dict[str, str]:
    """Return one address of each kind of page, in the order they were found."""
    queue = [start, *(urljoin(start, address) for address in more)]
    found: dict[str, str] = {}
    seen: set[str] = set()
    while queue:
        address = urldefrag(queue.pop(0)).url
        kind = kind_of(address) if address.startswith(start) else None
        if kind is None or kind in found or address in seen:
            continue
        seen.add(address)
        answer = page.context.request.get(address)
        if answer.url != address:  # it leads elsewhere
            queue.insert(0, answer.url)
        elif answer.ok and "text/html" in answer.headers.get("content-type", ""):
            found[kind] = address
            page.goto(address)
            queue += page.eval_on_selector_all("a[href]", LINKS)
    return found


def crawl(
    get: Callable[[str], HttpResponseBase], starts: Iterable[str], *, of_a_kind: int
) -> dict[str, list[str]]:
    """Return some addresses of each kind of page, found without a browser."""
    found: dict[str, list[str]] = {}
    queue, seen = list(starts), set()
    while queue:
        address = queue.pop(0)
        kind = kind_of(address)
        is_enough = len(found.get(kind or "", ())) == of_a_kind
        if kind is None or is_enough or address in seen:
            continue
        seen.add(address)
        answer = get(address)
        queue += [answer["Location"]] if answer.status_code == FOUND else []
        if answer.status_code != OK or answer.streaming:
            continue
        found.setdefault(kind, []).append(address)
        links = LINK.findall(answer.getvalue().decode())
        queue += [urljoin(address, unescape(link)) for link in links]
    return found
