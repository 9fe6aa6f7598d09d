"""/imports: many rows at once, done by the worker, with a result for each."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ErrorDetail, PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from recruit.accounts.choices import Scope
from recruit.api.serializers.base import NothingSerializer
from recruit.api.serializers.imports import (
    OUTCOME_OF,
    ImportRowSerializer,
    ImportRowsQuery,
    ImportSerializer,
    ImportsQuery,
    SendQuery,
)
from recruit.api.uploads import (
    MIB,
    CsvParser,
    NdjsonParser,
    chunks_of,
    media_type_of,
)
from recruit.api.views.base import Resource
from recruit.imports.models import FileImport, ImportedRow
from recruit.imports.operations import cancel, resume, start_import
from recruit.imports.querysets import FileImportQuerySet, ImportedRowQuerySet
from recruit.imports.readers import Sender
from recruit.imports.sending import Sent, send_file
from recruit.imports.types import FileFormat, ImportKind, UnusableFile

WRITE_SCOPES = {
    ImportKind.CANDIDATES: Scope.CANDIDATES_WRITE,
    ImportKind.JOBS: Scope.JOBS_WRITE,
    ImportKind.APPLICATIONS: Scope.APPLICATIONS_WRITE,
}
FORMATS = {
    NdjsonParser.media_type: FileFormat.LINES,
    CsvParser.media_type: FileFormat.TABLE,
}
BODY = {"type": "string", "format": "binary"}
COLUMNS = OpenApiParameter(
    "map",
    {"type": "object", "additionalProperties": {"type": "string"}},
    style="deepObject",
    description="For CSV: `map[Their column]=field`; a blank field leaves it out.",
)


class Imports(Resource[FileImport]):
    """Files of up to 100,000 rows that the caller has sent, here or on the page."""

    read_scope = Scope.IMPORTS_READ
    write_scope = Scope.IMPORTS_WRITE
    query_classes = {"list": ImportsQuery, "create": SendQuery}
    row_class = ImportSerializer
    body_classes = {
        "cancel": NothingSerializer,
        "resume": NothingSerializer,
        "start": NothingSerializer,
    }
    takes_files = frozenset({"create"})
    most_bytes: ClassVar[int] = 256 * MIB
    told: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "create": {"413": "The file is larger than 256 MiB."}
    }

    def get_parsers(self) -> list[Any]:
        # Before the action is known: by what sends a file and what acts on one.
        if "create" in self.action_map.values():
            return [NdjsonParser(), CsvParser()]
        return super().get_parsers()

    def visible(self) -> FileImportQuerySet:
        return self.access.imports().select_related("token")

    def list(self, request: Request) -> Response:
        """List the caller's files of the last days, newest first."""
        files = self.visible()
        if "of" in self.query:
            files = files.filter(kind=self.query["of"])
        if "state" in self.query:
            files = files.filter(state=self.query["state"])
        return self.answer_page(files)

    @extend_schema(
        parameters=[COLUMNS],
        request=dict.fromkeys(FORMATS, BODY),
        responses={202: ImportSerializer},
    )
    def create(self, request: Request) -> Response:
        """Send up to 100,000 rows as NDJSON or CSV; the worker takes them in.

        Each line of NDJSON is a body as the POST of its kind takes it. A row whose
        `source` and `external_id` are there already is updated, and a part that it
        names is replaced. Each row lands whole or is rejected with its errors.

        A row of applications names its job (`job`, `requisition_code`, or
        `job_external_id` with `job_source`) and its candidate (`candidate`, or
        `candidate_external_id` with `candidate_source`), and may say `applied_at`,
        `stage`, `outcome` and `disposition_reason`: who stands elsewhere is moved.
        """
        kind = ImportKind(self.query["of"])
        self._refuse_without(WRITE_SCOPES[kind])
        format_ = FORMATS[media_type_of(request, FORMATS)]
        ending = "ndjson" if format_ == FileFormat.LINES else "csv"
        sent = Sent(
            kind=kind,
            format=format_,
            source=self.query["source"],
            file_name=f"{self.query['source']}.{ending}",
            dry_run=self.query["dry_run"],
            mapping=self.query["map"],
        )
        try:
            kept = send_file(
                chunks_of(request),
                sent,
                sender=Sender(self.access.user, self.access.token),
                sent_at=timezone.now(),
            )
        except UnusableFile as error:
            raise ValidationError(
                {"non_field_errors": [ErrorDetail(str(error), "unusable_file")]}
            ) from error
        return self._accepted(kept, f"{request.path}/{kept.pk}")

    def _refuse_without(self, scope: Scope) -> None:
        if not self.access.has_scope(scope):
            raise PermissionDenied(
                _("The token lacks the scope %s.") % scope.value, code="missing_scope"
            )

    def _accepted(self, one: FileImport, path: str) -> Response:
        return Response(
            ImportSerializer(one).data,
            status=HTTPStatus.ACCEPTED,
            headers={"Location": self.request.build_absolute_uri(path)},
        )

    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Read how far a file is, and the figures of its rows."""
        return self.answer_row(self.get_object())

    def cancel(self, request: Request, pk: UUID) -> Response:
        """Stop before the next batch of rows; what has landed stays."""
        one = self.get_object()
        self.checked_body()
        return self.answer_row(cancel(import_id=one.pk))

    def resume(self, request: Request, pk: UUID) -> Response:
        """Go on after the last row that landed."""
        one = self.get_object()
        self._refuse_without(WRITE_SCOPES[ImportKind(one.kind)])
        self.checked_body()
        return self.answer_row(resume(import_id=one.pk))

    def start(self, request: Request, pk: UUID) -> Response:
        """Import what a dry run has checked, without sending it again."""
        one = self.get_object()
        self._refuse_without(WRITE_SCOPES[ImportKind(one.kind)])
        self.checked_body()
        return self.answer_row(start_import(import_id=one.pk, begun_at=timezone.now()))


class ImportRows(Resource[ImportedRow]):
    """What became of the rows of one file."""

    read_scope = Scope.IMPORTS_READ
    query_classes = {"list": ImportRowsQuery}
    row_class = ImportRowSerializer
    page_order = ("number",)

    def visible(self) -> ImportedRowQuerySet:
        return ImportedRow.objects.filter(file_import__in=self.access.imports())

    def list(self, request: Request, pk: UUID) -> Response:
        """List the results of the rows read so far, in the order of the file."""
        one = get_object_or_404(self.access.imports(), pk=pk)
        rows = self.visible().filter(file_import=one)
        if status := self.query.get("status"):
            rows = rows.filter(outcome=OUTCOME_OF.get(status, status))
        return self.answer_page(rows)
