"""Writing rows as bodies quickly: what REST framework asks of each field of each row is
asked once, when the first row is written.

The bodies are those of REST framework itself, which the tests compare.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any

from rest_framework import serializers
from rest_framework.fields import SkipField

from recruit.api import fields

Field = serializers.Field[Any, Any, Any, Any]
Writer = Callable[[Any], Any]


def _as_it_is(value: Any) -> Any:
    return value


def _or_null(value: Any) -> Any:
    return value or None


def moment(value: datetime) -> str:
    """Return a moment as bodies hold it, in UTC."""
    # As REST framework does: the offset of UTC is a Z.
    text = value.astimezone(UTC).isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def _day(value: date) -> str:
    return value.isoformat()


# Of exactly these classes; values come from columns that hold nothing else.
WRITERS: Mapping[type, Writer] = {
    fields.Text: str,
    fields.Email: str,
    fields.OptionalText: _or_null,
    fields.OptionalChoice: _or_null,
    fields.Choice: _as_it_is,
    fields.Flag: _as_it_is,
    fields.WholeNumber: _as_it_is,
    fields.Number: float,
    fields.Day: _day,
    fields.Moment: moment,
    fields.Identifier: str,
}

Step = tuple[str, Callable[[Any], Any], Writer]


def steps_of(serializer: "serializers.ModelSerializer[Any]") -> list[Step]:
    """Return the name of each field, how to read it of a row, and how to write it."""
    model = serializer.Meta.model
    return [
        (name, _reader(field, model), _writer(field))
        for name, field in serializer.fields.items()
        if not field.write_only
    ]


def write(row: Any, steps: list[Step]) -> dict[str, Any]:
    """Return the body of a row; what a row lacks and need not have is left out."""
    body = {}
    for name, read, write_ in steps:
        try:
            value = read(row)
        except SkipField:
            continue
        body[name] = None if value is None else write_(value)
    return body


_PLAIN = serializers.Field.get_attribute


def _reader(field: Field, model: type) -> Callable[[Any], Any]:
    is_plain = type(field).get_attribute is _PLAIN and len(field.source_attrs) == 1
    # A method has to be called; REST framework knows how.
    if is_plain and not callable(getattr(model, field.source_attrs[0], None)):
        return attrgetter(field.source_attrs[0])
    return field.get_attribute


def _is_list_of_rows(field: Field) -> bool:
    return isinstance(field, serializers.ListSerializer) and hasattr(
        field.child, "steps"
    )


def _writer(field: Field) -> Writer:
    if _is_list_of_rows(field):
        write_row = field.child.to_representation  # type: ignore[attr-defined]
        return lambda rows: [write_row(row) for row in rows.all()]
    return WRITERS.get(type(field), field.to_representation)
