"""ETag and If-Match: a write by somebody who has not seen the last change fails."""

from typing import Protocol

from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from rest_framework.request import Request

from recruit.common.refusals import StaleVersion


class Versioned(Protocol):
    version: int


def etag(row: Versioned) -> str:
    """Return the entity tag of a row as it is now."""
    return f'"{row.version}"'


def expected_version(request: Request, row: Versioned) -> int | None:
    """Return the version that If-Match asks for, None where it asks for nothing.

    Raise StaleVersion where it names another one; the operation looks again under
    its lock.
    """
    wanted = request.headers.get("If-Match", "").strip()
    if not wanted or wanted == "*":
        return None
    if etag(row) not in parse_etags(wanted):
        raise StaleVersion(_("Somebody changed this since it was read."))
    return row.version
