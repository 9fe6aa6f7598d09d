"""The parts of many rows (skills, requirements, moves), written by the database.

Making an object of each row, and reading each of its columns, is most of the time that
a long list takes. Here the database writes the bodies of a row's parts as one text of
JSON, with one query for each kind of part; fields are written as for one row.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import F, ForeignKey, Func, ManyToOneRel, Model, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, NullIf

from recruit.api import fields
from recruit.api.serializers.base import StrictModelSerializer
from recruit.api.serializers.jobs import SkillWords
from recruit.api.serializers.writing import WRITERS, Field, moment

OR_NULL = (fields.OptionalText, fields.OptionalChoice)


class JsonAgg(JSONBAgg):
    """Rows as one array of JSON: not parsed by the server, unlike `jsonb`."""

    function = "JSON_AGG"


def load_parts(
    rows: Sequence[Any], body: "StrictModelSerializer[Any]", names: Sequence[str]
) -> None:
    """Read parts of rows, and let a serializer write them where it writes the rows."""
    found = {name: _bodies(rows, body, name) for name in names if name in body.fields}
    body.steps = [
        (name, _of_row(found[name]), _as_it_is)
        if name in found
        else (name, read, write)
        for name, read, write in body.steps
    ]


def _as_it_is(value: Any) -> Any:
    return value


def _of_row(found: Mapping[Any, Any]) -> Callable[[Any], Any]:
    return lambda row: found.get(row.pk, [])


def _bodies(
    rows: Sequence[Any], body: "StrictModelSerializer[Any]", name: str
) -> Mapping[Any, list[dict[str, Any]]]:
    """Return the bodies of a part of all rows, by row, each in its own order."""
    if not rows:
        return {}
    model: type[Model] = body.Meta.model
    relation = model._meta.get_field(name)
    assert isinstance(relation, ManyToOneRel)  # noqa: S101 (a part)
    assert isinstance(relation.field, ForeignKey)  # noqa: S101 (the same)
    part: type[Model] = relation.related_model
    owner = relation.field.attname
    shown: Mapping[str, Field] = body.fields[name].child.fields  # type: ignore[attr-defined]
    written = JsonAgg(_object(shown), order_by=tuple(part._meta.ordering or ()))
    texts = (
        part._base_manager.filter(**{f"{owner}__in": [row.pk for row in rows]})
        .order_by()
        .values(owner)
        .annotate(written=Cast(written, TextField()))
        .values_list(owner, "written")
    )
    moments = [one for one, field in shown.items() if isinstance(field, fields.Moment)]
    return {owner_id: _read(text, moments) for owner_id, text in texts}


def _object(shown: Mapping[str, Field]) -> Func:
    """Return the body of one row, made by the database."""
    pairs: list[Combinable] = []
    for name, field in shown.items():
        pairs += [Value(name), _column(field)]
    return Func(*pairs, function="JSON_BUILD_OBJECT")


def _column(field: Field) -> Combinable:
    if isinstance(field, SkillWords):
        return F(f"{field.source}__name")
    assert type(field) in WRITERS  # noqa: S101 (JSON has a form for these)
    column = F(str(field.source))
    return NullIf(column, Value("")) if isinstance(field, OR_NULL) else column


def _read(text: str, moments: Sequence[str]) -> list[dict[str, Any]]:
    bodies: list[dict[str, Any]] = json.loads(text)
    for name in moments:  # the server writes them with fewer digits
        for body in bodies:
            if body[name] is not None:
                body[name] = moment(datetime.fromisoformat(body[name]))
    return bodies
