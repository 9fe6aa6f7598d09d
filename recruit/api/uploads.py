"""Bodies that are files: read in pieces, and never held in memory whole."""

from collections.abc import Collection, Iterator
from typing import IO, Any, cast

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from recruit.api.parsers import BodyTooLarge

CHUNK = 1 << 20
MIB = 1 << 20


class FileParser(BaseParser):
    """Take a body of some media types as it is, unread."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Any = None,
    ) -> Any:
        return stream


def media_type_of(request: Request, taken: Collection[str]) -> str:
    """Return what the body says it is. Raise UnsupportedMediaType."""
    stated = request.content_type or ""
    media_type = stated.partition(";")[0].strip().lower()
    if media_type not in taken:
        raise UnsupportedMediaType(stated)
    return media_type


class NdjsonParser(FileParser):
    media_type = "application/x-ndjson"


class CsvParser(FileParser):
    media_type = "text/csv"


def body_in_chunks(request: Request, *, most: int) -> Iterator[bytes]:
    """Yield the body. Raise BodyTooLarge, and ParseError for one that was cut off."""
    left = int(request.headers.get("Content-Length") or 0)
    if left > most:
        raise too_large(most)
    while left:
        stream = cast("IO[bytes]", request.data)
        chunk = stream.read(min(CHUNK, left))
        if not chunk:
            raise ParseError(_("The body ends before its Content-Length."))
        left -= len(chunk)
        yield chunk


def too_large(most: int) -> BodyTooLarge:
    return BodyTooLarge(_("The body is larger than %d MiB.") % (most // MIB))
