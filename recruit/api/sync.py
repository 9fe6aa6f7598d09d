"""Following a list: what changed since it was last read.

Each list answers, on its last page, with a token that stands for the moment at which
its first page was read. A token holds the oldest transaction that was running then: a
sync never passes one that still runs, so what commits late is in the next one. It also
holds an entry of the log of changes that was there, and the epoch of the log: where the
database was restored from a copy, the entry or the epoch is another, and the caller
learns that only a full sync will do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException, ValidationError

from recruit.accounts.choices import Scope
from recruit.api.access import Access
from recruit.api.cursors import digest_of, opened, sealed
from recruit.changes.choices import Gone, Kind
from recruit.changes.queries import (
    Changed,
    Entry,
    Standing,
    Viewer,
    changes_since,
    newest_entry,
    standing,
    stands_in_log,
)

if TYPE_CHECKING:
    from recruit.api.views.base import Resource

TOKEN = "sync_token"  # noqa: S105 (the name of a parameter)
FOR_RECRUITERS = frozenset({Kind.CANDIDATE, Kind.NOTE})
# A token is of the list with its filters; a sync has an order of its own.
NOT_OF_A_TOKEN = frozenset({TOKEN, "order_by", "updated_since"})


class SyncTokenExpired(APIException):
    """Too much time passed, or what the caller may see is no longer the same."""

    status_code = HTTPStatus.GONE
    default_detail = gettext_lazy(
        "This sync token has expired: sync in full, that is, read the list without it."
    )
    default_code = "sync_token_expired"


# What a list that can be followed answers besides.
TOLD_BY_LISTS = {
    "410": "The sync token has expired, or too much changed while the list was read:"
    " begin anew without it."
}


def can_follow(kind: Kind | None, access: Access) -> bool:
    """Return whether the caller can be told of all that changes for them.

    Whom a hiring manager sees depends on their jobs, applications and on what those
    hide: their lists of people and notes are short, and read as a whole each time.
    """
    return kind is not None and (kind not in FOR_RECRUITERS or access.may_write)


def viewer_of(kind: Kind, access: Access) -> Viewer:
    return Viewer(
        user_id=access.user.pk,
        sees_open_rows=kind is Kind.SKILL or access.user.is_recruiting,
        account_id=access.account.pk,
        account_sees_open_rows=kind is Kind.SKILL or access.account.is_recruiting,
        # What somebody keeps for themselves is theirs without the scope.
        sees_confidential_rows=kind is Kind.TALENT_POOL
        or access.has_scope(Scope.CONFIDENTIAL),
    )


def beginning(now: Standing) -> dict[str, Any]:
    """Return what a token of a list that is read from now on has to know."""
    return {"epoch": now.epoch, "since": now.oldest_running}


def token_of(resource: "Resource[Any]", begun: Mapping[str, Any]) -> str:
    """Return the token of a list whose last page was read."""
    assert resource.kind is not None  # noqa: S101 (can_follow)
    entry = newest_entry(resource.kind)
    content = {
        **begun,
        "rights": resource.access.digest,
        "entry": astuple(entry) if entry else None,
    }
    return sealed(content, name=TOKEN, bound_to=_list_of(resource))


def since(resource: "Resource[Any]") -> int:
    """Return from which transaction on the token of a request asks for changes.

    Raise SyncTokenExpired, or ValidationError for what is no token of this list.
    """
    if not can_follow(resource.kind, resource.access):
        sentence = _("There are no sync tokens of this list for this account.")
        raise ValidationError({TOKEN: [sentence]}, code="no_sync_tokens")
    word = resource.query[TOKEN]
    token = opened(word, name=TOKEN, bound_to=_list_of(resource))
    assert resource.kind is not None  # noqa: S101 (can_follow)
    same_rights = token["rights"] == resource.access.digest
    if not same_rights or not _is_known(resource.kind, token, standing()):
        raise SyncTokenExpired
    asked: int = token["since"]
    return asked


def _list_of(resource: "Resource[Any]") -> str:
    return digest_of(resource.request.path, resource.query, besides=NOT_OF_A_TOKEN)


def _is_known(kind: Kind, token: Mapping[str, Any], now: Standing) -> bool:
    """Return whether the log still holds, or ever held, all that a token asks for."""
    is_ahead = token["since"] > now.next_transaction
    if token["epoch"] != now.epoch or is_ahead or token["since"] <= now.forgotten_to:
        return False
    if token["entry"] is None:
        return True
    entry = Entry(*token["entry"])
    return entry.changed_in <= now.forgotten_to or stands_in_log(kind, entry)


def changed_rows(
    resource: "Resource[Any]", *, asked: int, after: str | None, most: int
) -> list[Changed]:
    """Return what changed, in order of the ids, after one of them."""
    assert resource.kind is not None  # noqa: S101 (can_follow)
    return changes_since(
        resource.kind,
        since=asked,
        after=UUID(after) if after else None,
        viewer=viewer_of(resource.kind, resource.access),
        most=most,
    )


def tombstones(
    changed: Sequence[Changed], *, shown: Sequence[Model], visible: "QuerySet[Any]"
) -> list[dict[str, Any]]:
    """Return what may be told of changed rows that a list does not show."""
    there = {row.pk for row in shown}
    missing = [one for one in changed if one.row_id not in there]
    if not missing:
        return []
    ids = [one.row_id for one in missing]
    seen = set(visible.filter(pk__in=ids).values_list("pk", flat=True))
    told = []
    for one in missing:
        if one.row_id in seen:
            told.append(_tombstone(one, Gone.LEFT, one.changed_at))
        elif one.gone_at is not None:
            told.append(_tombstone(one, one.gone, one.gone_at))
    return told


def _tombstone(one: Changed, reason: Gone, at: Any) -> dict[str, Any]:
    is_merged = reason is Gone.MERGED and one.kept_id
    return {
        "id": str(one.row_id),
        "deleted_at": at.isoformat().replace("+00:00", "Z"),
        "reason": reason.value,
        "merged_into": str(one.kept_id) if is_merged else None,
    }


TOMBSTONE_SCHEMA = {
    "type": "object",
    "description": "A row that is no longer in the list.",
    "required": ["id", "deleted_at", "reason", "merged_into"],
    "properties": {
        "id": {
            "type": "string",
            "format": "uuid",
            "description": "The row's id.",
            "examples": ["01890000-0000-7000-8000-00000000beef"],
        },
        "deleted_at": {
            "type": "string",
            "format": "date-time",
            "description": "When it left the list.",
            "examples": ["2026-05-04T09:30:00Z"],
        },
        "reason": {
            "type": "string",
            "enum": [one.value for one in Gone],
            "description": "`deleted`, `erased` (a person was forgotten), `merged`,"
            " `hidden` (the caller may no longer see it), `left` (it is there, but not"
            " what the list asks for).",
            "examples": ["erased"],
        },
        "merged_into": {
            "type": ["string", "null"],
            "format": "uuid",
            "description": "What stands for a merged row.",
            "examples": [None],
        },
    },
}
