"""The parts of many rows (skills, requirements, moves), written without their models.

Making an object of each row is most of the time that a long list takes. Here columns
become bodies at once, with one query for each kind of part; fields are written as for
one row.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import ForeignKey, ManyToOneRel, Model

from recruit.api.serializers.base import StrictModelSerializer
from recruit.api.serializers.jobs import SkillWords
from recruit.api.serializers.writing import WRITERS, Writer

Column = tuple[str, str, Writer]  # name in the body, path of the column, how to write


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
    model: type[Model] = body.Meta.model
    relation = model._meta.get_field(name)
    assert isinstance(relation, ManyToOneRel)  # noqa: S101 (a part)
    assert isinstance(relation.field, ForeignKey)  # noqa: S101 (the same)
    part: type[Model] = relation.related_model
    owner = relation.field.attname
    columns = _columns(body.fields[name].child)  # type: ignore[attr-defined]
    values = (
        part._base_manager.filter(**{f"{owner}__in": [row.pk for row in rows]})
        .order_by(*(part._meta.ordering or ()))
        .values_list(owner, *(path for _name, path, _write in columns))
    )
    found: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    writers = [(one, write) for one, _path, write in columns]
    read: Iterable[tuple[Any, ...]] = values if rows else ()
    for owner_id, *row in read:
        found[owner_id].append(
            {
                one: None if value is None else write(value)
                for (one, write), value in zip(writers, row, strict=True)
            }
        )
    return found


def _columns(child: "StrictModelSerializer[Any]") -> list[Column]:
    return [
        (name, f"{field.source}__name", str)
        if isinstance(field, SkillWords)
        else (name, str(field.source), WRITERS[type(field)])
        for name, field in child.fields.items()
    ]
