"""What a body says, in one way of writing, so that two can be compared."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict


def written(body: object) -> str:
    """Return a parsed body as text: equal for equal bodies, files by their content.

    The order of fields and the spaces between them say nothing, nor does the boundary
    of a form, which clients make anew for each try.
    """
    return json.dumps(_plain(body), sort_keys=True, default=repr)


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
