"""How callers are told that an action or a field will go.

A view names actions, a serializer names fields:

    class Jobs(Resource[Job]):
        deprecated = {"close": Deprecated(since=..., sunset=..., read_more="...")}

    @deprecates(salary=Deprecated(since=..., read_more="..."))
    class JobSerializer(...): ...

Every answer of the action, and every answer with or to a body that has the field,
carries `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and a `Link` to read more; the
schema says `deprecated: true`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.http import HttpResponse
from django.utils.http import http_date
from drf_spectacular.utils import extend_schema_serializer
from rest_framework.serializers import BaseSerializer, ListSerializer

S = TypeVar("S", bound=type[BaseSerializer[Any]])


@dataclass(frozen=True, slots=True)
class Deprecated:
    """Since when something should not be used, until when it works, what to read."""

    since: datetime
    read_more: str
    sunset: datetime | None = None


def deprecates(**fields: Deprecated) -> Callable[[S], S]:
    """Return a decorator that marks fields of a serializer."""

    def mark(serializer_class: S) -> S:
        held = getattr(serializer_class, "deprecated_fields", {})
        marked = {**held, **fields}
        serializer_class.deprecated_fields = marked  # type: ignore[attr-defined]
        return extend_schema_serializer(deprecate_fields=list(marked))(serializer_class)

    return mark


@cache
def deprecations_in(
    serializer_class: type[BaseSerializer[Any]] | None,
) -> tuple[Deprecated, ...]:
    """Return the marks of a serializer's fields, nested ones included."""
    return tuple(_marks(serializer_class)) if serializer_class else ()


def _marks(serializer_class: type[BaseSerializer[Any]]) -> Iterator[Deprecated]:
    marked: Mapping[str, Deprecated]
    marked = getattr(serializer_class, "deprecated_fields", {})
    yield from marked.values()
    for field in getattr(serializer_class, "_declared_fields", {}).values():
        inner = field.child if isinstance(field, ListSerializer) else field
        if isinstance(inner, BaseSerializer):
            yield from deprecations_in(type(inner))  # type: ignore[arg-type]


def tell(answer: HttpResponse, deprecations: Iterable[Deprecated]) -> None:
    """Add the headers: of several marks the earliest moments, and every link."""
    marks = list(deprecations)
    if not marks:
        return
    since = min(one.since for one in marks)
    answer.headers["Deprecation"] = f"@{since.timestamp():.0f}"
    if sunsets := [one.sunset for one in marks if one.sunset]:
        answer.headers["Sunset"] = http_date(min(sunsets).timestamp())
    links = [f'<{one.read_more}>; rel="deprecation"' for one in marks]
    told = [answer.headers[name] for name in ("Link",) if name in answer.headers]
    fresh = [link for link in dict.fromkeys(links) if link not in ", ".join(told)]
    answer.headers["Link"] = ", ".join([*told, *fresh])
