"""/audit_log: every write, for administrators."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from recruit.accounts.choices import Scope
from recruit.api.audited import entries_for
from recruit.api.permissions import AdministratorsOnly, TokenHoldsScope
from recruit.api.serializers.audit import (
    AuditExportQuery,
    AuditQuery,
    EntrySerializer,
    FileFormat,
)
from recruit.api.views.base import Resource
from recruit.audit.models import Entry
from recruit.audit.querysets import EntryQuerySet
from recruit.common.admin.export import csv_lines

CHUNK_SIZE = 2000
LINES = {"type": "string", "description": "The log as a file."}
NDJSON_LINE = '{"action": "changed", "object_type": "jobs.job"}\n'
CSV_LINES = "action,object_type\r\nchanged,jobs.job\r\n"
COLUMNS = tuple(EntrySerializer().fields)
MEDIA_TYPES = {
    FileFormat.NDJSON: "application/x-ndjson",
    FileFormat.CSV: "text/csv; charset=utf-8",
}


class AuditLog(Resource[Entry]):
    """Who has changed what, when and from where."""

    permission_classes = [IsAuthenticated, TokenHoldsScope, AdministratorsOnly]
    read_scope = write_scope = Scope.AUDIT_READ  # and nothing can be written
    query_classes = {"list": AuditQuery, "export": AuditExportQuery}
    row_class = EntrySerializer
    page_order = ("-id",)  # ids follow time

    def visible(self) -> QuerySet[Entry]:
        return entries_for(self.access)

    def perform_content_negotiation(
        self,
        request: Request,
        force: bool = False,  # noqa: FBT001, FBT002
    ) -> Any:
        if self.action == "export":  # the parameter says what comes
            return JSONRenderer(), JSONRenderer.media_type
        return super().perform_content_negotiation(request, force)

    def list(self, request: Request) -> Response:
        """List what was written, newest first.

        For administrators, with the scope `audit:read`. `before` and `after` hold what
        differs; `withheld` names columns that changed and of which nothing is kept:
        passwords, secrets, the texts of notes, and all that describes a person. Writes
        about confidential jobs are left out unless the caller may see the job.
        """
        return self.answer_page(self._asked())

    @extend_schema(
        responses={
            (200, "application/x-ndjson"): LINES | {"examples": [NDJSON_LINE]},
            (200, "text/csv"): LINES | {"examples": [CSV_LINES]},
        }
    )
    def export(self, request: Request) -> StreamingHttpResponse:
        """Take the log away as a file, newest first, with the filters of the list.

        One JSON object a line (`file_format=ndjson`) or CSV. The file is sent as it is
        read, however long it is.
        """
        rows = self._asked().order_by(*self.page_order).iterator(chunk_size=CHUNK_SIZE)
        kind = FileFormat(self.query["file_format"])
        lines = _csv(rows) if kind is FileFormat.CSV else _ndjson(rows)
        named = f'attachment; filename="audit-log.{kind.value}"'
        return StreamingHttpResponse(
            lines,
            content_type=MEDIA_TYPES[kind],
            headers={"Content-Disposition": named, "Cache-Control": "no-store"},
        )

    def _asked(self) -> EntryQuerySet:
        asked, entries = self.query, entries_for(self.access)
        if "object_type" in asked:
            entries = entries.about(asked["object_type"], asked.get("object_id", ""))
        if "actor_id" in asked:
            entries = entries.by(asked["actor_id"])
        if "since" in asked:
            entries = entries.since(asked["since"])
        if "until" in asked:
            entries = entries.until(asked["until"])
        for name in ("request_id", "action"):
            if name in asked:
                entries = entries.filter(**{name: asked[name]})
        return entries


def _bodies(rows: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    shown = EntrySerializer()
    return (dict(shown.to_representation(row)) for row in rows)


def _ndjson(rows: Iterable[Entry]) -> Iterator[str]:
    for body in _bodies(rows):
        yield json.dumps(body, ensure_ascii=False, default=str) + "\n"


def _csv(rows: Iterable[Entry]) -> Iterator[str]:
    cells = ([_cell(body[name]) for name in COLUMNS] for body in _bodies(rows))
    return csv_lines(COLUMNS, cells)


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
