"""What all bodies share: unknown fields are refused, nothing is guessed."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.validators import UniqueValidator

from recruit.api import fields
from recruit.api.serializers.writing import Step, steps_of, write
from recruit.common.fields import LIST_LENGTH

M = TypeVar("M", bound=models.Model)

UNKNOWN = _("There is no such field.")
# What text fields check anyway, and what the operations check without a race.
LEFT_OUT = (ProhibitNullCharactersValidator, UniqueValidator)
READ_ONLY = _("This field cannot be written.")


class StrictSerializer(serializers.Serializer[Any]):
    """A body in which every field must be known and writable."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, Mapping):
            self._refuse_other_fields(data)
        values: dict[str, Any] = super().to_internal_value(data)
        return values

    def _refuse_other_fields(self, body: Mapping[str, Any]) -> None:
        errors = {}
        for name in body:
            if name not in self.fields:
                errors[name[:80]] = [ErrorDetail(str(UNKNOWN), code="unknown_field")]
            elif self.fields[name].read_only:
                errors[name] = [ErrorDetail(str(READ_ONLY), code="read_only")]
        if errors:
            raise serializers.ValidationError(errors)


class NothingSerializer(StrictSerializer):
    """A body without fields."""


class StrictModelSerializer(StrictSerializer, serializers.ModelSerializer[M]):
    """A body whose fields take their types and limits from a model.

    Uniqueness is left to the operations: a check here would be a race, and would ask
    about rows the caller may not see.
    """

    serializer_choice_field = fields.Choice
    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.CharField: fields.Text,
        models.TextField: fields.Text,
        models.EmailField: fields.Email,
        models.URLField: fields.WebAddress,
        models.BooleanField: fields.Flag,
        models.PositiveIntegerField: fields.WholeNumber,
        models.PositiveSmallIntegerField: fields.WholeNumber,
        models.DecimalField: fields.Number,
        models.DateField: fields.Day,
        models.DateTimeField: fields.Moment,
        models.UUIDField: fields.Identifier,
        ArrayField: serializers.ListField,
    }

    @cached_property
    def steps(self) -> list[Step]:
        return steps_of(self)

    def to_representation(self, instance: M) -> dict[str, Any]:
        return write(instance, self.steps)

    def build_standard_field(
        self, field_name: str, model_field: Any
    ) -> tuple[type[serializers.Field[Any, Any, Any, Any]], dict[str, Any]]:
        field_class, kwargs = super().build_standard_field(field_name, model_field)
        if "validators" in kwargs:
            kwargs["validators"] = [
                validator
                for validator in kwargs["validators"]
                if not isinstance(validator, LEFT_OUT)
            ]
        if isinstance(model_field, ArrayField):
            kwargs.update(max_length=LIST_LENGTH, validators=[])
        if isinstance(model_field, models.CharField | models.TextField) and (
            model_field.blank
        ):
            kwargs.pop("allow_blank", None)
            field_class = (
                fields.OptionalChoice if model_field.choices else fields.OptionalText
            )
        return field_class, kwargs

    def get_uniqueness_extra_kwargs(
        self, field_names: Any, declared_fields: Any, extra_kwargs: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        return extra_kwargs, {}

    def get_unique_together_validators(self) -> list[Any]:
        return []

    def get_unique_for_date_validators(self) -> list[Any]:
        return []


class WholeSerializer(serializers.Serializer[Any]):
    """Every field that can be written must be stated: nothing is reset by silence."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        stated = super().get_fields()
        for field in stated.values():
            field.required = not field.read_only
        return stated


class NamedSerializer(serializers.Serializer[Any]):
    """A body whose source and external id the address says (`named` in the context)."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        stated = super().get_fields()
        for name in ("source", "external_id"):
            del stated[name]
        return stated

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        checked: dict[str, Any] = super().validate(attrs)
        return {**checked, **self.context["named"]}


def rows_of(
    serializer_class: type[serializers.Serializer[Any]], *, most: int
) -> "serializers.ListSerializer[Any]":
    """Return an optional list of nested rows, at most so many."""
    rows: serializers.ListSerializer[Any] = serializer_class(
        many=True, required=False, max_length=most
    )  # type: ignore[call-arg, assignment]
    return rows
