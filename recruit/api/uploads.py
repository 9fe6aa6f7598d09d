"""Bodies that are files: streamed to a file, and never held in memory whole."""

import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.request import Request

from recruit.api.parsers import BodyTooLarge, MediaTypeNotTaken

CHUNK = 1 << 20
MIB = 1 << 20
FORM_BYTES = MIB  # for what stands in a form beside its file


if TYPE_CHECKING:
    Base = UploadedFile[bytes]
else:
    Base = UploadedFile


def incoming() -> Path:
    """Return where bodies lie until something is made of them."""
    return Path(settings.MEDIA_ROOT) / "incoming"


class ReceivedFile(Base):
    """A body in a file that goes with the request."""

    def __init__(self, media_type: str) -> None:
        incoming().mkdir(parents=True, mode=0o700, exist_ok=True)
        kept = tempfile.NamedTemporaryFile(dir=incoming())  # noqa: SIM115  closed with us
        super().__init__(kept, "body", media_type, 0)

    def receive(self, chunks: Iterator[bytes]) -> None:
        """Take the body in, piece by piece."""
        size = 0
        for chunk in chunks:
            self.write(chunk)
            size += len(chunk)
        self.size = size
        self.seek(0)


class FileParser(BaseParser):
    """Take a body as a file, up to the `most_bytes` that its view names."""

    media_type = "*/*"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the file. Raise BodyTooLarge, and ParseError for one cut off."""
        context = parser_context or {}
        most = context["view"].most_bytes
        length = int(context["request"].META.get("CONTENT_LENGTH") or 0)
        if length > most:
            raise BodyTooLarge(_("The body is larger than %d MiB.") % (most // MIB))
        with ExitStack() as unless_whole:
            received = ReceivedFile(media_type or "")
            unless_whole.callback(received.close)
            received.receive(_in_chunks(stream, length))
            unless_whole.pop_all()
        return received


class NdjsonParser(FileParser):
    media_type = "application/x-ndjson"


class CsvParser(FileParser):
    media_type = "text/csv"


class FormParser(MultiPartParser):
    """Take a form with a file, no larger than its view takes files."""

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the form. Raise BodyTooLarge."""
        context = dict(parser_context or {})
        most = context["view"].most_bytes
        length = int(context["request"].META.get("CONTENT_LENGTH") or 0)
        if length > most + FORM_BYTES:
            raise BodyTooLarge(_("The body is larger than %d MiB.") % (most // MIB))
        return super().parse(stream, media_type, context)


def _in_chunks(stream: IO[Any], length: int) -> Iterator[bytes]:
    left = length
    while left:
        chunk = stream.read(min(CHUNK, left))
        if not chunk:
            raise ParseError(_("The body ends before its Content-Length."))
        left -= len(chunk)
        yield chunk


def media_type_of(
    request: Request, taken: Collection[str], *, named: Collection[str] = ()
) -> str:
    """Return what the body says it is. Raise MediaTypeNotTaken, which names them."""
    stated = request.content_type or ""
    media_type = stated.partition(";")[0].strip().lower()
    if media_type not in taken:
        raise MediaTypeNotTaken(stated, named or taken)
    return media_type


def chunks_of(request: Request) -> Iterator[bytes]:
    """Yield the file that is the body; an empty one is none."""
    received = request.data
    if isinstance(received, UploadedFile):
        yield from received.chunks()


@contextmanager
def received(request: Request) -> Iterator[None]:
    """Take the body in, and let go of its file in the end."""
    body = request.data
    try:
        yield
    finally:
        if isinstance(body, UploadedFile):
            body.close()
