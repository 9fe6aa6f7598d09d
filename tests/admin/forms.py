"""Filling in a form of the admin site as a browser would."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client


class _Fields(HTMLParser):
    """Collect what a browser would send for the form as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self._select: str | None = None
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name = said.get("name") or ""
        if tag == "input" and name and said.get("type") not in {"submit", "button"}:
            if said.get("type") in {"checkbox", "radio"} and "checked" not in said:
                return
            checked = "on" if "checked" in said else ""
            self.values.setdefault(name, said.get("value") or checked)
        elif tag == "select" and name:
            self._select = name
        elif tag == "option" and self._select and "selected" in said:
            self.values.setdefault(self._select, []).append(said.get("value") or "")
        elif tag == "textarea" and name:
            self._area = name
            self.values[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data.removeprefix("\n")


def filled(client: Client, address: str) -> dict[str, Any]:
    """Return the fields of the form at the address, as they stand."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    html = answer.content.decode()
    fields = _Fields()
    fields.feed(html[html.index('_form" novalidate') :])
    return {
        name: value
        for name, value in fields.values.items()
        if "__prefix__" not in name and name != "csrfmiddlewaretoken"
    }


def address_of(kind: str, pk: object | None = None, page: str = "change") -> str:
    """Return the address of a page: ("jobs/job", pk) or ("jobs/job") to add."""
    return f"/admin/{kind}/add/" if pk is None else f"/admin/{kind}/{pk}/{page}/"
