"""Lists cut into pages by an opaque cursor: the sort key of the last row shown."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models import Model, Q
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

PER_PAGE = 50
MOST_PER_PAGE = 500


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def cursor_after(row: Model, order: Sequence[str]) -> str:
    """Return the cursor for what follows a row in an order."""
    key = [_plain(getattr(row, name.removeprefix("-"))) for name in order]
    # Signed, so that what comes back is what was given out and needs no checks.
    return signing.dumps(key, salt=_salt(order))


def _salt(order: Sequence[str]) -> str:
    return f"recruit.api.cursor:{','.join(order)}"


def following(order: Sequence[str], key: Sequence[str]) -> Q:
    """Return the condition for the rows after a key in a total order."""
    (name, *rest), (value, *values) = order, key
    column = name.removeprefix("-")
    beyond = f"{column}__{'lt' if name.startswith('-') else 'gt'}"
    if not rest:
        return Q(**{beyond: value})
    tied = Q(**{column: value}) & following(rest, values)
    # The first condition says nothing new, but an index can start from it.
    return Q(**{f"{beyond}e": value}) & (Q(**{beyond: value}) | tied)


class KeysetPagination(BasePagination):
    """Rows are neither shown twice nor missed while others are added or removed.

    The view names a total order as `page_order` and holds its checked `query`.
    """

    next_url: str | None = None

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any]:
        order: Sequence[str] = view.page_order  # type: ignore[union-attr]
        query: Mapping[str, Any] = view.query  # type: ignore[union-attr]
        per_page = query["per_page"]
        if cursor := query.get("cursor"):
            queryset = queryset.filter(following(order, self._key(cursor, order)))
        rows = list(queryset.order_by(*order)[: per_page + 1])
        if len(rows) > per_page:
            rows.pop()
            self.next_url = replace_query_param(
                request.build_absolute_uri(), "cursor", cursor_after(rows[-1], order)
            )
        return rows

    def _key(self, cursor: str, order: Sequence[str]) -> Sequence[str]:
        try:
            key: Sequence[str] = signing.loads(cursor, salt=_salt(order))
        except signing.BadSignature as error:
            raise ValidationError(
                {"cursor": [_("This is not a cursor of this list.")]}, code="bad_cursor"
            ) from error
        return key

    def get_paginated_response(self, data: Any) -> Response:
        links = {"Link": f'<{self.next_url}>; rel="next"'} if self.next_url else {}
        return Response({"items": data, "next": self.next_url}, headers=links)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["items", "next"],
            "properties": {
                "items": schema,
                "next": {
                    "type": ["string", "null"],
                    "format": "uri",
                    "description": "Address of the next page; null on the last.",
                },
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        return []  # declared with the other parameters: recruit.api.serializers.query
