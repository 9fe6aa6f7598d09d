"""Every address of the project, taken from the URL resolver."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
REGEX_PARAMETER = re.compile(r"\(\?P<(\w+)>[^)]*\)")


@dataclass(frozen=True, slots=True)
class Address:
    """A pattern of the project: "jobs/<code>/edit/"."""

    pattern: str
    methods: tuple[str, ...] = ("POST",)  # besides reading

    @property
    def parameters(self) -> list[str]:
        return PARAMETER.findall(self.pattern)

    def filled(self, values: dict[str, str]) -> str:
        """Return the path with the values in place of the parameters."""
        return "/" + PARAMETER.sub(lambda found: values[found[1]], self.pattern)


def _written(pattern: URLPattern | URLResolver) -> str:
    text = str(pattern.pattern)
    if isinstance(pattern.pattern, RegexPattern):
        text = REGEX_PARAMETER.sub(r"<\1>", text).strip("^$").replace("\\Z", "")
    return PARAMETER.sub(r"<\1>", text)


def _walk(
    patterns: Iterable[URLPattern | URLResolver], before: str = ""
) -> Iterator[Address]:
    for pattern in patterns:
        written = before + _written(pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, written)
        else:
            # Views of the API say what they take; for POST every address is asked.
            taken = {
                method.upper() for method in getattr(pattern.callback, "actions", ())
            }
            yield Address(written, tuple(sorted({*taken, "POST"} - {"GET", "HEAD"})))


def all_addresses() -> list[Address]:
    """Return every address once, in a steady order."""
    found = {address.pattern: address for address in _walk(get_resolver().url_patterns)}
    return [found[pattern] for pattern in sorted(found)]
