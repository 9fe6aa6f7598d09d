"""Lists cut into pages by an opaque cursor: the sort key of the last row shown."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from recruit.api import sync
from recruit.api.cursors import digest_of, opened, plain, sealed
from recruit.changes.choices import Kind
from recruit.changes.queries import as_of, moved_since, standing

if TYPE_CHECKING:
    from recruit.api.views.base import Resource

PER_PAGE = 50
MOST_PER_PAGE = 500


# Columns that a change of a row gives another value.
MOVING = frozenset({"updated_at", "changed_at", "name"})
MOST_MOVED = 5000
PLACE = "place_in_list"


class ListChanged(APIException):
    """More rows were moved by changes than can be kept in their places."""

    status_code = HTTPStatus.GONE
    default_detail = gettext_lazy(
        "Too much changed while this list was read. Begin it anew, or read it in an"
        " order that changes do not move."
    )
    default_code = "list_changed"


def key_of(row: Model, order: Sequence[str]) -> list[str]:
    """Return the place of a row in an order."""
    names = [name.removeprefix("-") for name in order]
    kept = [plain(getattr(row, PLACE, getattr(row, name))) for name in names[:1]]
    return kept + [plain(getattr(row, name)) for name in names[1:]]


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


def is_moving(order: Sequence[str]) -> bool:
    return order[0].removeprefix("-") in MOVING


class KeysetPagination(BasePagination):
    """Rows are neither shown twice nor missed while others are added or removed.

    The view names a total order as `order` and holds its checked `query`.
    """

    next_url: str | None = None

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any]:
        resource: Resource[Any] = view  # type: ignore[assignment]
        cursor = self.cursor_of(resource)
        rows = self.page(queryset, resource, cursor)
        if len(rows) > resource.query["per_page"]:
            rows.pop()
            after = key_of(rows[-1], resource.order)
            self.has_next(resource, {**cursor, "after": after})
        return rows

    def cursor_of(self, resource: "Resource[Any]") -> dict[str, Any]:
        """Return what the cursor of a request holds, nothing where it has none."""
        word = resource.query.get("cursor")
        bound_to = digest_of(resource.request.path, resource.query)
        return opened(word, name="cursor", bound_to=bound_to) if word else {}

    def page(
        self, queryset: Any, resource: "Resource[Any]", cursor: Mapping[str, Any]
    ) -> list[Any]:
        """Return the rows of a page and one more."""
        order = resource.order
        if "after" in cursor:
            queryset = queryset.filter(following(order, cursor["after"]))
        return list(queryset.order_by(*order)[: resource.query["per_page"] + 1])

    def has_next(self, resource: "Resource[Any]", content: dict[str, Any]) -> None:
        """Name the address of the next page."""
        bound_to = digest_of(resource.request.path, resource.query)
        cursor = sealed(content, name="cursor", bound_to=bound_to)
        here = resource.request.build_absolute_uri()
        self.next_url = replace_query_param(here, "cursor", cursor)

    def told(self, data: Any) -> dict[str, Any]:
        """Return the body of a page."""
        return {"items": data, "next": self.next_url}

    def get_paginated_response(self, data: Any) -> Response:
        links = {"Link": f'<{self.next_url}>; rel="next"'} if self.next_url else {}
        return Response(self.told(data), headers=links)

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


def _kind(resource: "Resource[Any]") -> Kind:
    assert resource.kind is not None  # noqa: S101 (named by every view that has these)
    return resource.kind


class SyncedPagination(KeysetPagination):
    """Pages of rows whose changes can be followed: see `recruit.api.sync`."""

    deleted: Sequence[dict[str, Any]] = ()
    sync_token: str | None = None

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any]:
        resource: Resource[Any] = view  # type: ignore[assignment]
        if "sync_token" in resource.query:
            return self.changed(queryset, resource)
        return super().paginate_queryset(queryset, request, view)

    def cursor_of(self, resource: "Resource[Any]") -> dict[str, Any]:
        cursor = super().cursor_of(resource)
        # Before the first row is read, or what changes meanwhile would be missed.
        if not cursor:
            now = standing()
            if sync.can_follow(resource.kind, resource.access):
                cursor["begun"] = sync.beginning(now)
            if is_moving(resource.order):
                cursor["snapshot"] = now.snapshot
        return cursor

    def page(
        self, queryset: Any, resource: "Resource[Any]", cursor: Mapping[str, Any]
    ) -> list[Any]:
        rows = super().page(queryset, resource, cursor)
        if "snapshot" in cursor and self.has_moved(resource, cursor):
            rows = self.page_as_it_was(queryset, resource, cursor)
        if len(rows) <= resource.query["per_page"] and "begun" in cursor:
            self.sync_token = sync.token_of(resource, cursor["begun"])
        return rows

    def has_moved(self, resource: "Resource[Any]", cursor: Mapping[str, Any]) -> bool:
        """Return whether changes moved rows since the first page was read."""
        moved = moved_since(
            _kind(resource), snapshot=cursor["snapshot"], most=MOST_MOVED + 1
        )
        if moved is None or moved > MOST_MOVED:
            raise ListChanged
        return moved > 0

    def page_as_it_was(
        self, queryset: Any, resource: "Resource[Any]", cursor: Mapping[str, Any]
    ) -> list[Any]:
        """Return a page in the order that the rows had when the first one was read."""
        (first, *rest) = resource.order
        place = as_of(
            _kind(resource),
            queryset.model,
            column=first.removeprefix("-"),
            snapshot=cursor["snapshot"],
        )
        order = (f"-{PLACE}" if first.startswith("-") else PLACE, *rest)
        rows = queryset.annotate(**{PLACE: place})
        if "after" in cursor:
            rows = rows.filter(following(order, cursor["after"]))
        return list(rows.order_by(*order)[: resource.query["per_page"] + 1])

    def changed(self, queryset: Any, resource: "Resource[Any]") -> list[Any]:
        """Return a page of what changed since the token of the request."""
        asked = sync.since(resource)
        cursor = self.cursor_of(resource)
        per_page = resource.query["per_page"]
        changed = sync.changed_rows(
            resource, asked=asked, after=cursor.get("after"), most=per_page + 1
        )
        if len(changed) > per_page:
            changed.pop()
            self.has_next(resource, {**cursor, "after": str(changed[-1].row_id)})
        else:
            self.sync_token = sync.token_of(resource, cursor["begun"])
        ids = [one.row_id for one in changed]
        rows = list(queryset.filter(pk__in=ids).order_by("pk"))
        visible = resource.visible()
        self.deleted = sync.tombstones(changed, shown=rows, visible=visible)
        return rows

    def told(self, data: Any) -> dict[str, Any]:
        return {
            **super().told(data),
            "deleted": list(self.deleted),
            "sync_token": self.sync_token,
        }

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        page = super().get_paginated_response_schema(schema)
        page["required"] += ["deleted", "sync_token"]
        page["properties"] |= {
            "deleted": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/Tombstone"},
                "description": "With `sync_token`: what left the list since.",
            },
            "sync_token": {
                "type": ["string", "null"],
                "description": "On the last page: to ask next time for what changed"
                " since the first page was read. Null where there is none.",
            },
        }
        return page
