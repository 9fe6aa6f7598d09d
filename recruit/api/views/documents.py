"""/candidates/{id}/documents: texts and files; /downloads: the files themselves."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from recruit.accounts.choices import Scope
from recruit.api.downloads import VALID, document_of, signed
from recruit.api.parsers import JsonParser
from recruit.api.preconditions import expected_version
from recruit.api.protected import refuse_unless_protected
from recruit.api.serializers.documents import (
    DocumentFormSerializer,
    DocumentRowHeadSerializer,
    DocumentRowSerializer,
    DownloadSerializer,
    RawDocumentQuery,
    WholeDocumentSerializer,
)
from recruit.api.serializers.parts import PartQuery
from recruit.api.uploads import MIB, FileParser, FormParser, media_type_of
from recruit.api.views.parts import PartRows
from recruit.candidates import files
from recruit.candidates.documents import SentFile, add_document_file
from recruit.candidates.inputs import DocumentInput
from recruit.candidates.media import ALIASES, MEDIA_TYPES, UNSAID
from recruit.candidates.models import Document
from recruit.candidates.parts import DOCUMENTS
from recruit.common.downloads import attachment

RAW = {"type": "string", "format": "binary"}
TAKEN = {*MEDIA_TYPES, *ALIASES, *UNSAID}
NAMED = ("application/json", "multipart/form-data", *MEDIA_TYPES)


class Documents(PartRows[Document]):
    """Documents about a candidate, such as CVs, and their files."""

    read_scope = Scope.DOCUMENTS_READ
    write_scope = Scope.DOCUMENTS_WRITE
    query_classes = {"list": PartQuery, "create": RawDocumentQuery}
    page_order = ("added_at", "id")
    part, input_class = DOCUMENTS, DocumentInput
    called = {"rows": "documents", "one": "one document"}
    row_class = DocumentRowSerializer
    list_class = DocumentRowHeadSerializer
    body_classes = {
        "create": DocumentRowSerializer,
        "update": WholeDocumentSerializer,
        "partial_update": DocumentRowSerializer,
    }
    takes_files = frozenset({"create"})
    most_bytes: ClassVar[int] = 20 * MIB
    told: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "create": {"413": "The file is larger than 20 MiB."}
    }

    def get_parsers(self) -> list[Any]:
        if "create" in self.action_map.values():
            return [JsonParser(), FormParser(), FileParser()]
        return super().get_parsers()

    def visible(self) -> "QuerySet[Document]":
        documents = super().visible()
        return documents.defer("text") if self.action == "list" else documents

    @extend_schema(
        request={
            "application/json": DocumentRowSerializer,
            "multipart/form-data": DocumentFormSerializer,
            **dict.fromkeys(MEDIA_TYPES, RAW),
        }
    )
    def create(self, request: Request, pk: UUID) -> Response:
        """Add a document to a candidate: as a text, or as a file of up to 20 MiB.

        A text comes as JSON. A file comes in a form, or is the body itself: then
        `Content-Type` says what it is and `Content-Disposition` how it is called. PDF,
        DOCX, ODT, RTF, TXT and MD are taken, without programs inside; plain text is
        read. The file stays, whatever becomes of the text.
        """
        if isinstance(request.data, UploadedFile):
            media_type_of(request, TAKEN, named=NAMED)
            sent = _file_of_body(request, request.data)
            return self._add(sent, dict(self.query))
        stated_type = (request.content_type or "").partition(";")[0].strip().lower()
        if stated_type in TAKEN:  # REST framework hands over no body as no fields
            raise ValidationError(
                {"file": [ErrorDetail(_("The file is empty."), "empty")]}
            )
        if stated_type == "multipart/form-data":
            form = DocumentFormSerializer(data=request.data)
            form.is_valid(raise_exception=True)
            stated = dict(form.validated_data)
            return self._add(_file_of_form(stated.pop("file")), stated)
        return super().create(request, pk)

    def _add(self, sent: SentFile, stated: dict[str, Any]) -> Response:
        person = self.person
        person, document = add_document_file(
            candidate_id=person.pk,
            sent=sent,
            stated=DocumentInput(
                stated.pop("title", ""), stated.pop("text", ""), **stated
            ),
            actor=self.access.actor,
            changed_at=timezone.now(),
            expected_version=expected_version(self.request, person),
        )
        return self.answer_part(document.pk, person, is_new=True)

    def _change(self, part_id: UUID) -> Response:
        stated = self.request.data
        held = self._row(part_id)
        if isinstance(stated, Mapping) and held.has_file:
            media_type = stated.get("media_type", held.media_type)
            if media_type != held.media_type:
                sentence = _("The file says what it is; send another one instead.")
                detail = ErrorDetail(sentence, code="refused")
                raise ValidationError({"media_type": [detail]})
        return super()._change(part_id)

    @extend_schema(responses=DownloadSerializer)
    def download(self, request: Request, pk: UUID, part_id: UUID) -> Response:
        """Ask for an address of the file that works for 5 minutes without a token.

        With the scope `candidates:protected`: a file says contacts as it was sent.
        """
        document = self._row(part_id)
        if not document.has_file:
            raise NotFound
        refuse_unless_protected(self.access)
        now = timezone.now()
        path = f"/api/v1/downloads/{signed(document.pk, now=now)}"
        address = request.build_absolute_uri(path)
        body = DownloadSerializer({"url": address, "expires_at": now + VALID})
        return Response(body.data)


def _file_of_form(file: "UploadedFile[bytes]") -> SentFile:
    return SentFile(file.chunks(), file.name or "", file.content_type or "")


def _file_of_body(request: Request, file: "UploadedFile[bytes]") -> SentFile:
    disposition = request.headers.get("Content-Disposition", "")
    _kind, parameters = parse_header_parameters(disposition)
    name = str(parameters.get("filename", ""))
    return SentFile(file.chunks(), name, request.content_type or "")


class Downloads(APIView):
    """A file, by an address that was given out for some minutes."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    schema = None

    def get(self, request: Request, word: str) -> HttpResponseBase:
        document_id = document_of(word, now=timezone.now())
        document = Document.objects.filter(pk=document_id, size__isnull=False).first()
        if document is None:
            raise NotFound
        try:
            return attachment(
                files.path_of(document.pk),
                name=document.saved_as,
                media_type=document.media_type,
            )
        except FileNotFoundError as error:
            raise NotFound from error
