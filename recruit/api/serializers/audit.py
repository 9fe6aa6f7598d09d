"""Entries of the audit log."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from recruit.api.fields import Choice, Identifier, Moment, OptionalText
from recruit.api.serializers.base import StrictModelSerializer
from recruit.api.serializers.query import PageQuery, Query
from recruit.audit.choices import Action
from recruit.audit.models import Entry
from recruit.audit.triggers import audited_tables

NEEDS_TYPE = _("State the object_type as well.")


class FileFormat(TextChoices):
    NDJSON = "ndjson", "NDJSON"
    CSV = "csv", "CSV"


def object_types() -> list[str]:
    return sorted({table.object_type for table in audited_tables()})


class EntryQuery(Query):
    """The filters of the log."""

    object_id = serializers.CharField(
        required=False,
        max_length=60,
        help_text="Only writes to this object; with `object_type`.",
    )
    actor_id = serializers.UUIDField(
        required=False,
        help_text="Only what this user or token did, or was done on the user's behalf.",
    )
    request_id = serializers.CharField(
        required=False,
        max_length=128,
        help_text="Only what was written in this request (`X-Request-Id`).",
    )
    action = serializers.ChoiceField(
        choices=Action.choices, required=False, help_text="Only writes of this kind."
    )
    since = Moment(required=False, help_text="Only writes at this moment or after it.")
    until = Moment(required=False, help_text="Only writes before this moment.")

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        # Not as the class is made: the tables are known when all apps are.
        fields["object_type"] = serializers.ChoiceField(
            choices=[(one, one) for one in object_types()],
            required=False,
            help_text="Only writes to objects of this kind, their parts included.",
        )
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "object_id" in attrs and "object_type" not in attrs:
            missing = ErrorDetail(str(NEEDS_TYPE), code="needs_object_type")
            raise serializers.ValidationError({"object_type": [missing]})
        return attrs


class AuditQuery(EntryQuery, PageQuery):
    pass


class AuditExportQuery(EntryQuery):
    file_format = Choice(
        choices=FileFormat.choices,
        default=FileFormat.NDJSON.value,
        help_text="One JSON object a line, or CSV for spreadsheets.",
    )


class EntrySerializer(StrictModelSerializer[Entry]):
    """One row that was written."""

    part = OptionalText(
        read_only=True, help_text="The kind of part of the object that was written."
    )
    part_id = OptionalText(read_only=True, help_text="The id of the part.")
    before = serializers.DictField(
        read_only=True, allow_null=True, help_text="What differs, as it was."
    )
    after = serializers.DictField(
        read_only=True, allow_null=True, help_text="What differs, as it is since."
    )
    actor_id = Identifier(
        read_only=True, allow_null=True, help_text="The user or the token."
    )

    class Meta:
        model = Entry
        fields = (
            "id",
            "happened_at",
            "action",
            "object_type",
            "object_id",
            "part",
            "part_id",
            "before",
            "after",
            "withheld",
            "via",
            "actor_kind",
            "actor_id",
            "actor_name",
            "on_behalf_of_id",
            "address",
            "request_id",
        )
        read_only_fields = fields
        extra_kwargs = {
            "happened_at": {"help_text": "When it was written."},
            "action": {"help_text": "What was done to the row."},
            "object_type": {"help_text": "The kind of object, such as `jobs.job`."},
            "object_id": {"help_text": "The id of the object."},
            "withheld": {
                "help_text": "What changed as well; the log does not keep to what."
            },
            "via": {"help_text": "By which way the write has come."},
            "actor_name": {"help_text": "The name of who wrote, as it was then."},
            "on_behalf_of_id": {"help_text": "The user whom a token named."},
            "address": {"help_text": "From which address the request came."},
            "request_id": {"help_text": "The id of the request, as in the logs."},
        }
