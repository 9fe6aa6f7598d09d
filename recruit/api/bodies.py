"""What a body says, in one way of writing, so that two can be compared."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO, Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.request import Request

from recruit.api.parsers import BodyTooLarge

CHUNK = 1 << 20


def written(body: object) -> str:
    """Return a parsed body as text: equal for equal bodies, files by their content.

    The order of fields and the spaces between them say nothing, nor does the boundary
    of a form, which clients make anew for each try.
    """
    return json.dumps(_plain(body), sort_keys=True, default=repr)


def spooled(request: Request, *, most: int) -> str:
    """Take a body that is a file off the wire, to be read again; return its digest.

    Raise BodyTooLarge.
    """
    left = int(request.headers.get("Content-Length") or 0)
    if left > most:
        raise BodyTooLarge(_("The body is larger than %d MiB.") % (most >> 20))
    stream, digest = cast("IO[bytes]", request.data), sha256()
    file = TemporaryFile()  # noqa: SIM115  closed with the request that holds it
    while left and (chunk := stream.read(min(CHUNK, left))):
        left -= len(chunk)
        digest.update(chunk)
        file.write(chunk)
    file.seek(0)
    # Where REST framework keeps what it has read.
    request._full_data = file  # type: ignore[attr-defined]
    return digest.hexdigest()


def _plain(value: object) -> Any:
    if isinstance(value, UploadedFile):
        return ["file", value.name, _digest_of_file(value)]
    if isinstance(value, bytes):
        return ["bytes", sha256(value).hexdigest()]
    if isinstance(value, QueryDict):
        return {name: _plain(values) for name, values in value.lists()}
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value


def _digest_of_file(file: "UploadedFile[bytes]") -> str:
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
