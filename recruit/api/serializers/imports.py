"""Files of rows sent at once, and what became of each row."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from rest_framework import serializers

from recruit.api.fields import (
    Choice,
    Identifier,
    Moment,
    OptionalText,
    Text,
    WholeNumber,
)
from recruit.api.serializers.base import StrictSerializer
from recruit.api.serializers.query import PageQuery, Query
from recruit.applications.choices import Outcome as EndedAs
from recruit.common.fields import LINE_LENGTH
from recruit.imports.choices import ImportState
from recruit.imports.models import SOURCE_LENGTH
from recruit.imports.readers import ApplicationStated, Reference
from recruit.imports.types import FileFormat, ImportKind, Outcome
from recruit.jobs.models import CODE_LENGTH

MAP = "map["
# The word of the API for what the pages call changed.
STATUS_OF = {Outcome.CHANGED.value: "updated"}
OUTCOME_OF = {"updated": Outcome.CHANGED.value}
STATUSES = [STATUS_OF.get(outcome, outcome) for outcome in Outcome.values]
STATUS_CHOICES = [(one, one) for one in STATUSES]


class SendQuery(Query):
    """What is said of a file beside it."""

    of = serializers.ChoiceField(
        choices=ImportKind.choices, help_text="What the rows are."
    )
    source = Text(  # type: ignore[assignment]
        max_length=SOURCE_LENGTH,
        help_text="The system the ids of the rows come from.",
    )
    dry_run = serializers.BooleanField(
        default=False, help_text="Check every row and write nothing."
    )

    def checked(self, parameters: QueryDict) -> None:
        """Take `map[Their column]=field` for a mapping, and check the rest."""
        plain = parameters.copy()
        mapping: dict[str, str] = {}
        for name, values in parameters.lists():
            if name.startswith(MAP) and name.endswith("]") and len(values) == 1:
                mapping[name.removeprefix(MAP)[:-1]] = values[0]
                del plain[name]
        super().checked(plain)
        self.validated_data["map"] = mapping


class ApplicationLineSerializer(StrictSerializer):
    """One line of applications: what POST /applications takes, and where it stands."""

    job = Identifier(required=False, allow_null=True)
    job_source = OptionalText(required=False, max_length=SOURCE_LENGTH)
    job_external_id = OptionalText(required=False, max_length=LINE_LENGTH)
    requisition_code = OptionalText(required=False, max_length=CODE_LENGTH)
    candidate = Identifier(required=False, allow_null=True)
    candidate_source = OptionalText(required=False, max_length=SOURCE_LENGTH)
    candidate_external_id = OptionalText(required=False, max_length=LINE_LENGTH)
    source = OptionalText(required=False, max_length=SOURCE_LENGTH)  # type: ignore[assignment]
    external_id = OptionalText(required=False, max_length=LINE_LENGTH)
    applied_at = Moment(required=False, allow_null=True)
    stage = OptionalText(required=False, max_length=LINE_LENGTH)
    outcome = Choice(choices=EndedAs.choices, required=False, allow_null=True)
    disposition_reason = OptionalText(required=False, max_length=LINE_LENGTH)

    @staticmethod
    def stated(checked: Mapping[str, Any]) -> ApplicationStated:
        """Return what a checked line says."""
        outcome = checked.get("outcome")
        return ApplicationStated(
            job=_reference(checked, "job", checked.get("requisition_code", "")),
            candidate=_reference(checked, "candidate"),
            source=checked.get("source", ""),
            external_id=checked.get("external_id", ""),
            applied_at=checked.get("applied_at"),
            stage=checked.get("stage", ""),
            outcome=EndedAs(outcome) if outcome else None,
            reason=checked.get("disposition_reason", ""),
        )


def _reference(checked: Mapping[str, Any], name: str, code: str = "") -> Reference:
    return Reference(
        id=checked.get(name),
        source=checked.get(f"{name}_source", ""),
        external_id=checked.get(f"{name}_external_id", ""),
        code=code,
    )


class ImportsQuery(PageQuery):
    of = serializers.ChoiceField(choices=ImportKind.choices, required=False)
    state = serializers.ChoiceField(choices=ImportState.choices, required=False)


class ImportRowsQuery(PageQuery):
    status = serializers.ChoiceField(choices=STATUS_CHOICES, required=False)


class ImportSerializer(StrictSerializer):
    """A file of rows, and how far it is."""

    id = Identifier(read_only=True)
    of = Choice(source="kind", choices=ImportKind.choices, read_only=True)
    format = Choice(choices=FileFormat.choices, read_only=True)
    source = Text(read_only=True)  # type: ignore[assignment]
    file_name = Text(read_only=True)
    size = WholeNumber(read_only=True, help_text="Bytes of the file.")
    dry_run = serializers.BooleanField(source="is_check", read_only=True)
    state = Choice(choices=ImportState.choices, read_only=True)
    rows_total = WholeNumber(read_only=True, allow_null=True)
    rows_read = WholeNumber(source="rows_done", read_only=True)
    created = WholeNumber(read_only=True)
    updated = WholeNumber(source="changed", read_only=True)
    unchanged = WholeNumber(read_only=True)
    rejected = WholeNumber(read_only=True)
    failure = OptionalText(read_only=True, help_text="Why the file as a whole failed.")
    created_at = Moment(read_only=True)
    ended_at = Moment(read_only=True, allow_null=True)


class RowErrorSerializer(StrictSerializer):
    """One thing that is wrong with a row."""

    field = Text(read_only=True, allow_null=True)
    message = Text(read_only=True)
    code = Text(read_only=True)


class Status(Choice):
    """What became of a row."""

    def to_representation(self, value: Any) -> Any:
        return STATUS_OF.get(str(value), str(value))


class ImportRowSerializer(StrictSerializer):
    """What became of one row."""

    row = WholeNumber(
        source="number",
        read_only=True,
        help_text="The line of the file; in a table the header is row 1.",
    )
    status = Status(source="outcome", choices=STATUS_CHOICES, read_only=True)
    id = Identifier(
        source="object_id",
        read_only=True,
        allow_null=True,
        help_text="Of the candidate, job or application; null where there is none, or"
        " where the job hides whose application it is.",
    )
    errors = RowErrorSerializer(many=True, read_only=True)  # type: ignore[assignment]
