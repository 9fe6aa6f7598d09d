"""Bodies as JSON, within limits and without what JSON does not have."""

import json
import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from http import HTTPStatus
from typing import IO, Any, NoReturn

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import (
    APIException,
    ParseError,
    UnsupportedMediaType,
)
from rest_framework.parsers import BaseParser

MOST_BYTES = 8 * 1024 * 1024
MOST_LEVELS = 32
MOST_VALUES = 100_000
# Half a character: Python reads "\ud800" alone, no encoding can write it.
MAY_BE_HALF = re.compile(r"\\u[dD][89a-fA-F]")


class NestedTooDeeply(ParseError):
    default_detail = _("The JSON is nested deeper than 32 levels.")
    default_code = "nested_too_deeply"


class TooManyValues(ParseError):
    default_detail = _("The JSON holds more than 100,000 values.")
    default_code = "too_many_values"


class BodyTooLarge(APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = _("The body is larger than 8 MiB.")
    default_code = "body_too_large"


class MediaTypeNotTaken(UnsupportedMediaType):
    """The body is of another media type than those that are taken there."""

    def __init__(self, stated: str, taken: Collection[str]) -> None:
        sentence = gettext("“%(stated)s” is not taken here. Send %(taken)s.") % {
            "stated": stated[:80],
            "taken": ", ".join(taken),
        }
        super().__init__(stated, detail=sentence)


def _refuse_constant(name: str) -> NoReturn:
    raise ParseError(_("%s is not JSON.") % name)


def read_json(raw: bytes) -> Any:
    """Return what JSON says; numbers with a point stay exact. Raise ParseError."""
    try:
        text = raw.decode("utf-8")
        body = json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)
        _refuse_vast(body, raw)
        if MAY_BE_HALF.search(text):
            _refuse_halves(body)
        return body
    except RecursionError as error:
        raise NestedTooDeeply from error
    except ValueError as error:
        # A number of thousands of digits too: Python refuses to read it.
        raise ParseError(
            _("The body is not valid JSON: %s") % str(error)[:200]
        ) from error


class JsonParser(BaseParser):
    """Read a JSON body; numbers with a point stay exact."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the parsed body. Raise ParseError or BodyTooLarge."""
        raw = stream.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise BodyTooLarge
        return read_json(raw)


def _refuse_halves(body: object) -> None:
    """Raise ParseError for a character without its other half, in names as well.

    Only what was read tells: a backslash before the escape makes plain text of it.
    """
    try:
        json.dumps(body, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError as error:
        raise ParseError(_("A character is cut in half (lone surrogate).")) from error


def _refuse_vast(body: object, raw: bytes) -> None:
    """Raise NestedTooDeeply or TooManyValues; a look at the bytes spares most of it."""
    containers = raw.count(b"[") + raw.count(b"{")
    if containers <= MOST_LEVELS and raw.count(b",") < MOST_VALUES:
        return
    values, level = 0, [body]
    for _depth in range(MOST_LEVELS):
        values += len(level)
        if values > MOST_VALUES:
            raise TooManyValues
        level = [inner for one in level for inner in _within(one)]
    if any(isinstance(one, dict | list) for one in level):
        raise NestedTooDeeply


def _within(value: object) -> Collection[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
