"""Documents about people, with the files that they came as."""

from typing import Any

from rest_framework import serializers

from recruit.api import protected
from recruit.api.fields import Choice, Moment, Text
from recruit.api.serializers.base import (
    StrictModelSerializer,
    StrictSerializer,
    WholeSerializer,
)
from recruit.api.serializers.candidates import DocumentSerializer
from recruit.api.serializers.query import Query
from recruit.candidates.choices import DocumentKind
from recruit.candidates.models import Document
from recruit.common.fields import LINE_LENGTH, TEXT_LENGTH


class RawDocumentQuery(Query):
    """What is said of a document whose file is the body."""

    title = serializers.CharField(
        required=False, max_length=LINE_LENGTH, help_text="Else the name of the file."
    )
    kind = serializers.ChoiceField(choices=DocumentKind.choices, required=False)


class DocumentRowSerializer(DocumentSerializer):
    """A text about a candidate, and the file that it came as, if it did."""

    class Meta(DocumentSerializer.Meta):
        fields = (*DocumentSerializer.Meta.fields, "file_name", "size", "digest")
        extra_kwargs = {
            **DocumentSerializer.Meta.extra_kwargs,
            "file_name": {"read_only": True, "help_text": "As its sender called it."},
            "size": {"read_only": True, "help_text": "Bytes of the file."},
            "digest": {"read_only": True, "help_text": "SHA-256 of the file."},
        }

    def to_representation(self, instance: Document) -> Any:
        body = super().to_representation(instance)
        return protected.shown(body, self.context.get("access"))


class WholeDocumentSerializer(WholeSerializer, DocumentRowSerializer):
    """A document stated whole, for PUT; its file stays."""


class DocumentRowHeadSerializer(StrictModelSerializer[Document]):
    """A document in a list: without its text."""

    class Meta:
        model = Document
        fields = (
            *("id", "kind", "title", "media_type", "added_at"),
            *("file_name", "size", "digest"),
        )
        read_only_fields = fields


class DocumentFormSerializer(StrictSerializer):
    """A file with what is said of it, as a form."""

    file = serializers.FileField(help_text="PDF, DOCX, ODT, RTF, TXT or MD, to 20 MiB.")
    title = Text(
        required=False, max_length=LINE_LENGTH, help_text="Else the name of the file."
    )
    kind = Choice(choices=DocumentKind.choices, required=False)
    text = Text(
        required=False,
        max_length=TEXT_LENGTH,
        help_text="What the file says; a plain text is read without it.",
    )


class DownloadSerializer(StrictSerializer):
    """Where a file can be had for some minutes, by whoever has the address."""

    url = serializers.URLField(read_only=True)
    expires_at = Moment(read_only=True)
