"""Rows by the id that another system gave them: read, created and changed.

Source and external id stand behind the question mark, where any character is safe: in a
path, proxies and clients take slashes and dots for parts of it.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from recruit.api.preconditions import refuse_stale
from recruit.api.serializers.query import ExternalIdQuery
from recruit.api.sync import TOLD_BY_LISTS
from recruit.api.views.base import Resource
from recruit.common.refusals import Refused, StaleVersion

M = TypeVar("M", bound=Model)

LOOK_UP, PUT, PATCH = "look_up", "put_named", "patch_named"
QUERIES = {LOOK_UP: ExternalIdQuery, PUT: ExternalIdQuery, PATCH: ExternalIdQuery}
NO_SUCH_ROW = {"404": "There is no such row, or the caller may not see it."}
TOLD: Mapping[str, Mapping[str, str]] = {
    "list": TOLD_BY_LISTS,
    LOOK_UP: NO_SUCH_ROW,
    PATCH: NO_SUCH_ROW,
    PUT: {
        "412": "With `If-None-Match: *` there is one already; with `If-Match` there is"
        " none, or somebody changed it since it was read."
    },
}


class Missing(StaleVersion):
    """There is no row yet, and the caller wanted to change one."""


class ByExternalId(Resource[M]):
    """Adds `/by_external_id` to a resource: one row in one call, however often sent."""

    @property
    def body_context(self) -> dict[str, Any]:
        context = super().body_context
        return {**context, "named": self.query} if self.action == PUT else context

    def created(self, body: Any) -> M:
        """Make a row of a checked body; return it as it is answered."""
        raise NotImplementedError

    def changed(self, row: M, body: Any) -> M:
        """Change a row to what a checked body says; return it as it is answered."""
        raise NotImplementedError

    def look_up(self, request: Request) -> Response:
        """Read one row by its source and external id."""
        if (row := self._named()) is None:
            raise NotFound
        return self.answer_row(row)

    def put_named(self, request: Request) -> Response:
        """Create or replace the row of a source and an external id.

        Every field must be stated, but for these two, which the address says; nested
        lists are replaced as a whole, of documents with their files. To change single
        fields, PATCH the row at its own address. 201 where it was created.
        `If-None-Match: *` only creates, `If-Match` only replaces.
        """
        body = self.checked_body()
        row = self._named()
        if row is None:
            if "If-Match" in request.headers:
                raise Missing(_("There is nothing with this external id."))
            try:
                return self.answer_row(self.created(body), is_new=True)
            except Refused:
                # Somebody else may have made it at the same time.
                row = self._named()
                if row is None:
                    raise
        refuse_stale(request, row)
        return self.answer_row(self.changed(row, body))

    def patch_named(self, request: Request) -> Response:
        """Change what is stated of the row of a source and an external id.

        A part that is named is replaced as a whole. Nothing is created: 404.
        """
        if (row := self._named()) is None:
            raise NotFound
        refuse_stale(request, row)
        return self.answer_row(self.changed(row, self.checked_body()))

    def _named(self) -> M | None:
        named = {name: self.query[name] for name in ("source", "external_id")}
        return self.visible().filter(**named).first()
