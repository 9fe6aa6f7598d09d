"""What all views share: rights, strict parameters, pages, entity tags."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from http import HTTPStatus
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, MethodNotAllowed, NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.status import HTTP_200_OK, HTTP_201_CREATED
from rest_framework.views import APIView

from recruit.accounts.choices import Scope
from recruit.api.access import Access
from recruit.api.parts import load_parts
from recruit.api.preconditions import (
    etag,
    hold_other_writers,
    is_conditional_write,
    refuse_malformed,
    refuse_stale,
)
from recruit.api.related import add_related
from recruit.api.serializers.query import Orders, Query
from recruit.api.views.exchange import Exchange
from recruit.changes.choices import Kind

M = TypeVar("M", bound=Model)


class LengthRequired(APIException):
    status_code = HTTPStatus.LENGTH_REQUIRED
    default_detail = _("Send the body with its Content-Length, not in chunks.")
    default_code = "length_required"


def _refuse_unknown_length(request: Request) -> None:
    # WSGI hands over no body without a length: it would read as an empty one.
    if "Transfer-Encoding" in request.headers and not request.headers.get(
        "Content-Length"
    ):
        raise LengthRequired


class Resource(Exchange[M]):
    """The rows of one kind that the caller may see."""

    read_scope: ClassVar[Scope]
    write_scope: ClassVar[Scope | None] = None
    query_classes: ClassVar[Mapping[str, type[Query]]] = {}
    body_classes: ClassVar[Mapping[str, type[Serializer[Any]]]] = {}
    row_class: ClassVar[type[Serializer[Any]]]  # what is answered for one row
    list_class: ClassVar[type[Serializer[Any]] | None] = None  # and in lists
    # With what an action answers, where that is not 200, 201 for `create`, 204 for
    # `destroy`.
    statuses: ClassVar[Mapping[str, tuple[int, ...]]] = {}
    # Problems of an action beside those of every call: action -> status -> sentence.
    told: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    page_order: ClassVar[tuple[str, ...]] = ("-created_at", "-id")  # if none is asked

    kind: ClassVar[Kind | None] = None  # whose changes can be followed
    # Lists of rows that lists read by themselves; never of rows shown as others.
    parts: ClassVar[tuple[str, ...]] = ()

    @cached_property
    def access(self) -> Access:
        return Access.of(self.request)

    @property
    def query_class(self) -> type[Query]:
        return self.query_classes.get(self.action, Query)

    @property
    def query(self) -> Mapping[str, Any]:
        """Return the checked parameters of the query string."""
        checked: Mapping[str, Any] = self._query.validated_data
        return checked

    @property
    def order(self) -> tuple[str, ...]:
        """Return the columns by which a list is sorted, the last one unique."""
        orders: Orders = getattr(self.query_class, "orders", {})
        return orders.get(self.query.get("order_by", ""), self.page_order)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action is None:  # before its parameters are looked at
            raise MethodNotAllowed(str(request.method))
        _refuse_unknown_length(request)
        refuse_malformed(request)
        self._query = self.query_class(data=request.query_params.dict())
        self._query.checked(request.query_params)

    def visible(self) -> "QuerySet[M]":
        """Return the rows the caller may see, with all that a body is made from."""
        raise NotImplementedError

    def get_queryset(self) -> "QuerySet[M]":
        return self.visible()

    def get_object(self) -> M:
        """Return the row of the address. Raise StaleVersion: see preconditions."""
        writes = is_conditional_write(self.request)
        model = self.get_queryset().model
        if writes and not hasattr(model, "version"):
            hold_other_writers(f"{model._meta.label}:{sorted(self.kwargs.items())}")
        row: M = super().get_object()
        if writes:
            refuse_stale(self.request, row)
        return row

    @property
    def answer_class(self) -> type[Serializer[Any]]:
        if self.action == "list" and self.list_class is not None:
            return self.list_class
        return self.row_class

    @property
    def body_context(self) -> dict[str, Any]:
        return {"access": self.access}

    def checked_body(self) -> Any:
        """Return the body of the request. Raise ValidationError naming fields."""
        body = self.body_classes[self.action](
            data=self.request.data, context=self.body_context
        )
        if self.request.method == "PATCH":
            # Not `partial`: with it the rows of nested lists could lack fields too.
            for field in body.fields.values():
                field.required = False
        body.is_valid(raise_exception=True)
        return body

    def as_shown(self, rows: Sequence[M]) -> Sequence[M]:
        """Return rows as this caller may read them."""
        return rows

    def asks_for(self, name: str) -> bool:
        """Return whether a field of the rows is to be shown, and has to be loaded."""
        asked = self.query.get("fields")
        return asked is None or name in asked

    def answer_page(self, rows: "QuerySet[M]") -> Response:
        """Return one page of rows, with the fields and the related that are asked for.

        What is related is added before rows are shown: it knows who may be named.
        """
        page = self.paginate_queryset(rows) or []
        self._add_related(rows.model, page)
        bodies = self._shaped(self.answer_class)
        if self.parts:
            load_parts(page, bodies, self.parts)  # type: ignore[arg-type]
        shown = self.as_shown(page)
        return self.get_paginated_response(
            [bodies.to_representation(row) for row in shown]
        )

    def _add_related(self, model: type[Model], rows: Sequence[M]) -> None:
        """Read what `include` asks for. Raise PermissionDenied."""
        if include := self.query.get("include"):
            add_related(model, rows, include, self.access)

    def _shaped(self, answer_class: type[Serializer[Any]]) -> Serializer[Any]:
        """Return what writes rows, with no other fields than those asked for."""
        bodies = answer_class(context=self.body_context)
        if asked := self.query.get("fields"):
            for name in set(bodies.fields) - {"id", "related", *asked}:
                del bodies.fields[name]
        return bodies

    def answer_row(self, row: M, *, is_new: bool = False) -> Response:
        """Return one row with its entity tag, shaped as a page of them would be."""
        is_written = self.write_scope is not None or hasattr(row, "version")
        headers = {"ETag": etag(row)} if is_written else {}
        if is_new:
            collection = self.request.path.removesuffix("/by_external_id")
            address = f"{collection}/{row.pk}"
            headers["Location"] = self.request.build_absolute_uri(address)
        self._add_related(type(row), [row])
        body = self._shaped(self.row_class)
        return Response(
            body.to_representation(self.as_shown([row])[0]),
            status=HTTP_201_CREATED if is_new else HTTP_200_OK,
            headers=headers,
        )


def sourced(rows: "QuerySet[M]", query: Mapping[str, Any]) -> "QuerySet[M]":
    """Keep the rows of a source, of an external id, and changed since a moment."""
    for name in ("source", "external_id"):
        if name in query:
            rows = rows.filter(**{name: query[name]})
    if "updated_since" in query:
        rows = rows.filter(updated_at__gte=query["updated_since"])
    return rows


class UnknownAddress(APIView):
    """Whatever has no other address below /api/: a problem instead of a page."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound
