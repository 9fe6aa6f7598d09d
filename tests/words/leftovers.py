"""Words of a page that are neither translated nor anybody's data.

Asked for in the long made-up language, a page holds plain letters only where nobody
translated them, or where it shows what is kept in the database.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from babel import Locale
from django.apps import apps

from tests.words.templates import BUTTONS, SAME_EVERYWHERE, SPOKEN

_SILENT = frozenset({"script", "style", "textarea", "code", "kbd"})
# Elements that have no end.
_VOID = frozenset({"input", "img", "br", "hr", "meta", "link", "use", "wbr", "col"})
_PHRASE = re.compile(r"[A-Za-z]{2,}(?:[ .’'-]+[A-Za-z]+)*")
_CODE = re.compile(r"\w+(?:_\w+)+")
_SHORT_CODE = re.compile(r"[A-Z]{2,3}")  # initials, countries, currencies
# Units, in every language.
_UNITS = frozenset({"kB", "MB", "KB", "bytes"})


def everything_kept() -> str:
    """Return all that the database holds, as one text."""
    rows = (
        str(value)
        for model in apps.get_models()
        if model._meta.managed
        for row in model._default_manager.values_list()
        for value in row
        if value not in (None, "")
    )
    # The names of countries and languages are Babel's own, in its own languages.
    english = Locale("en")
    names = (*english.territories.values(), *english.languages.values())
    return _plain("\n".join((*rows, *names)))


def leftovers(html: str, kept: str) -> list[str]:
    """Return the phrases of a page that stand in plain letters and are not kept."""
    page = _Page()
    page.feed(html)
    page.close()
    found = (
        f"{where}: {phrase!r}"
        for where, text in page.said
        for phrase in _phrases(text)
        if phrase not in kept
    )
    return list(dict.fromkeys(found))


def _phrases(text: str) -> Iterator[str]:
    for phrase in _PHRASE.findall(_CODE.sub(" ", _plain(text))):
        is_name = phrase in SAME_EVERYWHERE | _UNITS or _SHORT_CODE.fullmatch(phrase)
        if not is_name:
            yield phrase


def _plain(text: str) -> str:
    return " ".join(text.split())


class _Page(HTMLParser):
    """Reads what a page says, and where."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[tuple[str, str]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = ".".join([tag, *(given.get("class") or "").split()])
        if tag not in _VOID:
            self._open.append(name)
        is_button = tag == "input" and given.get("type") in BUTTONS
        for attribute, value in attrs:
            is_spoken = SPOKEN.fullmatch(attribute) or (
                is_button and attribute == "value"
            )
            is_code = attribute.startswith("data-") and not re.search(
                r"\w \w", value or ""
            )
            if value and is_spoken and not is_code:
                self.said.append((f"{name}[{attribute}]", value))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().split(".")[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        names = {name for each in self._open for name in each.split(".")}
        if data.strip() and not names & _SILENT:
            self.said.append((" > ".join(self._open[-2:]), data))
