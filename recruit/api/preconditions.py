"""Entity tags: what is still true is not sent again, what is stale is not written over.

A tag is `"STATE-BODY"`, or `"BODY"` where the answer is not about one row. STATE tells
how the row stands: its version or, if it has none, where the database keeps it. BODY is
a digest of what was sent, which can change without the row (the name of a skill). A
page of a list has `W/"BODY"`: its cursors say when they were given out, which does not
count.

- `If-Match` is compared strongly (a tag with `W/` matches nothing), and by STATE alone:
  a write is refused if the row was changed, not if it is told differently. The bare
  `"STATE"` will do.
- `If-None-Match` is compared weakly (`W/` says nothing), by the whole tag.
"""

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import Protocol

from django.db import connection
from django.db.models import Model
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from recruit.common.refusals import StaleVersion

IF_MATCH, IF_NONE_MATCH = "If-Match", "If-None-Match"
ANY = "*"
WEAK = "W/"
DIGITS = 16  # of a digest: 64 bits
TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
TAGS = re.compile(rf"{TAG}(?:[ \t]*,[ \t]*{TAG})*")
PASSING = ("next", "sync_token")
READ = {"GET", "HEAD"}
WITH_TAG = {HTTPStatus.OK, HTTPStatus.CREATED}


class Versioned(Protocol):
    version: int


def etag(row: Versioned | Model) -> str:
    """Return the tag of a row as it is now; the body is added when it is written."""
    if isinstance(row, Model) and not hasattr(row, "version"):
        return f'"{_state_in_database(row)}"'
    return f'"{row.version}"'


def _state_in_database(row: Model) -> str:
    # Where PostgreSQL keeps the row and who wrote it there: both are others after
    # every change, while a value in memory can look different from the same one read.
    table = connection.ops.quote_name(row._meta.db_table)
    place = RawSQL(f"{table}.xmin::text || {table}.ctid::text", [])  # noqa: S611
    rows = type(row)._base_manager.filter(pk=row.pk)
    found = rows.annotate(place=place).values_list("place", flat=True).first()
    return _digest(str(found).encode())


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:DIGITS]


def tagged(request: Request, answer: Response) -> Response:
    """Give the tag of an answer its body; one is made for all that is read."""
    if answer.status_code not in WITH_TAG or answer.streaming:
        return answer
    state = answer.get("ETag", "").strip('"')
    if "-" in state or not (state or request.method in READ):
        return answer
    if _is_page(answer):
        answer.headers["ETag"] = f'{WEAK}"{_digest(_lasting(answer))}"'
        return answer
    body = _digest(answer.content)
    answer.headers["ETag"] = f'"{state}-{body}"' if state else f'"{body}"'
    return answer


def _is_page(answer: Response) -> bool:
    return isinstance(answer.data, Mapping) and "items" in answer.data


def _lasting(answer: Response) -> bytes:
    """Return the body of a page without what is another each time it is asked for."""
    content: bytes = answer.content
    for name in PASSING:
        if passing := answer.data.get(name):
            content = content.replace(json.dumps(passing).encode(), b'""')
    return content


def conditional(request: Request, answer: Response) -> Response:
    """Return a 304 in place of what the caller has already.

    Raise StaleVersion where it is not what the caller asked for.
    """
    if request.method not in READ or answer.status_code != HTTPStatus.OK:
        return answer
    tag = answer.get("ETag")
    if tag is None:
        return answer
    if not _matches(request, tag):
        raise StaleVersion(_("This is not as it was when it was read."))
    if not _is_known(request, tag):
        return answer
    # The answer is not closed: that tells Django that the request is over, and Django
    # drops a connection that then stands in a transaction.
    kept = {name: answer[name] for name in ("ETag", "Link") if name in answer.headers}
    return Response(status=HTTPStatus.NOT_MODIFIED, headers=kept)


def refuse_malformed(request: Request) -> None:
    """Raise ValidationError for an If-Match that cannot be read."""
    given = request.headers.get(IF_MATCH)
    if given is None or given.strip() == ANY or TAGS.fullmatch(given.strip()):
        return
    sentence = _("This is neither * nor a list of entity tags in quotes.")
    raise ValidationError({IF_MATCH: [ErrorDetail(sentence, "malformed_tag")]})


def refuse_stale(request: Request, row: Versioned | Model) -> None:
    """Raise StaleVersion if a write names another state of the row than its own.

    With `If-None-Match: *` there must be no row at all.
    """
    if not _matches(request, etag(row)):
        raise StaleVersion(_("Somebody changed this since it was read."))
    if request.headers.get(IF_NONE_MATCH, "").strip() == ANY:
        raise StaleVersion(_("This is there already."))


def expected_version(request: Request, row: Versioned) -> int | None:
    """Return the version that If-Match asks for, None where it asks for nothing.

    Raise StaleVersion where it names another one; the operation looks again under
    its lock.
    """
    refuse_stale(request, row)
    wanted = request.headers.get(IF_MATCH, "").strip()
    return row.version if wanted and wanted != ANY else None


def is_conditional_write(request: Request) -> bool:
    return request.method not in SAFE_METHODS and bool(
        request.headers.get(IF_MATCH) or request.headers.get(IF_NONE_MATCH)
    )


def hold_other_writers(row_name: str) -> None:
    """Let writes with a condition to a row without a version come one by one.

    Until the end of the transaction; no operation takes this lock, so that nobody
    waits for each other.
    """
    number = int.from_bytes(sha256(row_name.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _named(header: str) -> list[str]:
    return re.findall(TAG, header)


def _state_in(tag: str) -> str:
    return tag.strip('"').partition("-")[0]


def _matches(request: Request, tag: str) -> bool:
    header = request.headers.get(IF_MATCH, "").strip()
    if not header or header == ANY:
        return True
    strong = [one for one in _named(header) if not one.startswith(WEAK)]
    return _state_in(tag) in map(_state_in, strong)


def _is_known(request: Request, tag: str) -> bool:
    header = request.headers.get(IF_NONE_MATCH, "").strip()
    known = {one.removeprefix(WEAK) for one in _named(header)}
    return header == ANY or tag.removeprefix(WEAK) in known
