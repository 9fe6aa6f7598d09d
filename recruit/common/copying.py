"""Many rows into a table at once."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, models
from psycopg.types.json import Jsonb

from recruit.common.telling import tell_now

M = TypeVar("M", bound=models.Model)


def copy_rows(model: type[M], rows: Sequence[M]) -> None:
    """Insert new, checked rows with COPY, several times quicker than INSERT.

    Integrity errors are raised as Django's own.
    """
    if not rows:
        return
    fields = model._meta.concrete_fields
    for field in fields:
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            for row in rows:
                field.pre_save(row, add=True)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields if field.column)
    values = attrgetter(*(field.attname for field in fields))
    objects = [n for n, field in enumerate(fields) if _is_json(field)]
    tell_now(connection)
    statement = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(_prepared(values(row), objects) if objects else values(row))
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias


def _is_json(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.JSONField)


def _prepared(values: tuple[Any, ...], objects: Sequence[int]) -> list[Any]:
    # A list would be written as an array.
    prepared = list(values)
    for place in objects:
        prepared[place] = Jsonb(prepared[place])
    return prepared
