"""Lists cut into pages by an opaque cursor: the sort key of the last row shown."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from recruit.api.cursors import digest_of, opened, plain, sealed

if TYPE_CHECKING:
    from recruit.api.views.base import Resource

PER_PAGE = 50
MOST_PER_PAGE = 500


def key_of(row: Model, order: Sequence[str]) -> list[str]:
    """Return the place of a row in an order."""
    return [plain(getattr(row, name.removeprefix("-"))) for name in order]


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

    The view names a total order as `order` and holds its checked `query`.
    """

    next_url: str | None = None

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any]:
        resource: Resource[Any] = view  # type: ignore[assignment]
        order, query = resource.order, resource.query
        per_page = query["per_page"]
        bound_to = digest_of(request.path, query)
        if word := query.get("cursor"):
            cursor = opened(word, name="cursor", bound_to=bound_to)
            queryset = queryset.filter(following(order, cursor["after"]))
        rows = list(queryset.order_by(*order)[: per_page + 1])
        if len(rows) > per_page:
            rows.pop()
            self.has_next(request, {"after": key_of(rows[-1], order)}, bound_to)
        return rows

    def has_next(
        self, request: Request, content: dict[str, Any], bound_to: str
    ) -> None:
        """Name the address of the next page."""
        cursor = sealed(content, name="cursor", bound_to=bound_to)
        here = request.build_absolute_uri()
        self.next_url = replace_query_param(here, "cursor", cursor)

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
