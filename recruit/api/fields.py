"""Fields that take exactly what the schema says: no "5" for 5, no 5 for "5".

An empty text in the database is `null` in a body: a value nobody knows.
"""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from recruit.common.fields import FIRST_YEAR, LAST_YEAR

LONGEST_WHOLE_NUMBER = 20  # digits
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,6})?([Zz]|[+-]\d{2}:\d{2})"
)
CANONICAL_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Text(serializers.CharField):
    """Text; its length counts as it was sent, with the blanks that are taken off."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        if self.max_length is not None and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        return super().to_internal_value(data)


class OptionalText(Text):
    """Text that may be unknown: null in bodies, empty in the database."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "allow_null": True, "allow_blank": True})

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        return (True, "") if data is None else super().validate_empty_values(data)

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]
        return super().to_representation(value) or None


class OptionalList(serializers.ListField):
    """A list of which nothing may be known: null in bodies, empty in the database."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "allow_null": True})

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        return (True, []) if data is None else super().validate_empty_values(data)


class Email(serializers.EmailField):
    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class WebAddress(serializers.URLField):
    """A web address; http and https only."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators = [
            URLValidator(schemes=["http", "https"], code="invalid_url")
            if isinstance(one, URLValidator)
            else one
            for one in self.validators
        ]

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Choice(serializers.ChoiceField):
    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=str(data)[:80])
        return super().to_internal_value(data)


class OptionalChoice(Choice):
    """A choice that may be unknown: null in bodies, empty in the database."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "allow_null": True, "allow_blank": False})

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        return (True, "") if data is None else super().validate_empty_values(data)

    def to_representation(self, value: Any) -> Any:
        return super().to_representation(value) or None


class Flag(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=str(data)[:80])
        return data


class WholeNumber(serializers.IntegerField):
    """A whole number; 5.0 is one too, as JSON Schema has it."""

    def to_internal_value(self, data: Any) -> int:
        # Its exponent first: 1e999999999 would be a thousand million digits long.
        if isinstance(data, Decimal) and abs(data.adjusted()) < LONGEST_WHOLE_NUMBER:
            data = int(data) if data == data.to_integral_value() else data
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return data


class Number(serializers.DecimalField):
    """A decimal number, kept exact inside and written as a JSON number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"coerce_to_string": False, **kwargs})

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, bool) or not isinstance(data, int | Decimal):
            self.fail("invalid")
        if isinstance(data, int) and abs(data) >= 10**self.MAX_STRING_LENGTH:
            self.fail("max_string_length")
        return super().to_internal_value(data)

    def to_representation(self, value: Any) -> float | None:  # type: ignore[override]
        return None if value is None else float(value)


@extend_schema_field(
    {"type": "number", "minimum": 0, "exclusiveMaximum": 10 ** (11 - 2)}
)
class AmountAsked(serializers.DecimalField):
    """An amount of money in a parameter, where every number is a text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=11, decimal_places=2, min_value=0, **kwargs)


class Day(serializers.DateField):
    """A date of a career."""

    def to_internal_value(self, value: Any) -> date:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


class Moment(serializers.DateTimeField):
    """A moment with its offset; written in UTC."""

    default_error_messages = {
        "year": _("The year must lie between {first} and {last}."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"default_timezone": UTC, **kwargs})

    def to_internal_value(self, value: Any) -> datetime:
        if not isinstance(value, str) or not MOMENT.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DDThh:mm:ssZ")
        moment = super().to_internal_value(value)
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            self.fail("year", first=FIRST_YEAR, last=LAST_YEAR)
        return moment


class Identifier(serializers.UUIDField):
    def to_internal_value(self, data: Any) -> UUID:
        if not isinstance(data, str) or not CANONICAL_UUID.fullmatch(data):
            self.fail("invalid", value=str(data)[:80])
        return super().to_internal_value(data)
