"""A page looked at in every sight: wide, narrow, near, light and dark.

It is loaded once; only what a sight changes is looked at again. The rules of axe that
do not ask about colours are kept by the page of a width, the others by its colours too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe

OURS = (Path(__file__).parent / "look.js").read_text()
OPEN_ALL = "document.querySelectorAll('details').forEach(d => d.open = true)"
AXE = Axe().axe_script
RUN_AXE = """async (options) => (await axe.run(document, {
  ...options, resultTypes: ["violations"], preload: false,
})).violations.map((rule) =>
  [rule.id, ...rule.nodes.slice(0, 3).map((node) => node.target.join(" "))].join(" | ")
)"""
COLOURS = "color-contrast"
RULES: dict[str, dict[str, Any]] = {
    "all": {},
    "layout": {"rules": {COLOURS: {"enabled": False}}},
    "colours": {"runOnly": {"type": "rule", "values": [COLOURS]}},
}

Scheme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Sight:
    """A way of looking at a page, and the rules of axe that are asked there."""

    name: str
    width: int
    scheme: Scheme
    rules: str
    height: int = 900


# All at two pixels for each of CSS, so that 640 px are 1280 at a zoom of 200 %.
NEAR = 2
SIGHTS = (
    Sight("1280 px, light", 1280, "light", "all"),
    Sight("1280 px, dark", 1280, "dark", "colours"),
    Sight("200 %", 640, "dark", "layout", height=450),
    Sight("390 px, dark", 390, "dark", "none"),  # its colours are measured by ours
    Sight("390 px, light", 390, "light", "layout"),
    Sight("320 px, light", 320, "light", "layout"),
    Sight("320 px, dark", 320, "dark", "colours"),
)


def new_page(browser: Any, **options: Any) -> Any:
    """Open a page in a context of its own, which sees as the first sight does."""
    context = browser.new_context(
        viewport={"width": SIGHTS[0].width, "height": SIGHTS[0].height},
        device_scale_factor=NEAR,
        reduced_motion="reduce",  # a colour on its way to another is neither
        **options,
    )
    return context.new_page()


def look(page: Any, address: str) -> list[str]:
    """Return what is wrong with the page of an address."""
    page.goto(address)
    return look_at(page)


def look_at(page: Any) -> list[str]:
    """Return what is wrong with a page, as it comes and with everything opened."""
    page.evaluate(AXE)
    found = _in_all(page, _layout)
    page.evaluate(OPEN_ALL)
    found += _in_all(page, _everything)
    _see(page, SIGHTS[0])
    return list(dict.fromkeys(found))


def _in_all(page: Any, check: Callable[[Any, Sight], list[str]]) -> list[str]:
    found = []
    for sight in SIGHTS:
        if check is _layout and sight.rules in {"colours", "none"}:
            continue
        _see(page, sight)
        found += [f"{sight.name}: {problem}" for problem in check(page, sight)]
    return found


def _layout(page: Any, _sight: Sight) -> list[str]:
    return list(page.evaluate(OURS, False))


def _everything(page: Any, sight: Sight) -> list[str]:
    ours = page.evaluate(OURS, True)
    rules = RULES.get(sight.rules)
    return [*ours] if rules is None else [*ours, *page.evaluate(RUN_AXE, rules)]


def told(wrong: dict[str, list[str]]) -> str:
    """Return a line for each problem of each page."""
    lines = (f"{address}  {one}" for address, each in wrong.items() for one in each)
    return "\n".join(lines)


def _see(page: Any, sight: Sight) -> None:
    page.emulate_media(color_scheme=sight.scheme)
    page.set_viewport_size({"width": sight.width, "height": sight.height})
