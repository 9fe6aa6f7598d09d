"""The triggers that write the audit log, made from `tables` and the models.

For each table one function and a trigger for each kind of statement. They run once a
statement over all its rows, so that bulk writes cost little.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from django.apps import apps
from django.db.models import Field, Model
from psycopg import sql

from recruit.audit.tables import AUDITED, STAMPS, Audited
from recruit.common.telling import SETTING

LOG = "audit_entry"
SUFFIX = "_audit"
TRUNCATED = "audit_truncated"

# OLD and NEW TABLE of each kind of statement.
_GONE, _ADDED = "REFERENCING OLD TABLE AS gone", "REFERENCING NEW TABLE AS added"
_EVENTS = {
    "INSERT": _ADDED,
    "UPDATE": "REFERENCING OLD TABLE AS gone NEW TABLE AS added",
    "DELETE": _GONE,
    "TRUNCATE": "",
}

_FUNCTION = sql.SQL("""
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = {schema}, pg_temp AS {body}""")

_BODY = sql.SQL("""
DECLARE
  told jsonb := coalesce(nullif(current_setting({setting}, true), ''), '{{}}')::jsonb;
BEGIN
  IF TG_OP = 'INSERT' THEN
    {inserted};
  ELSIF TG_OP = 'UPDATE' THEN
    {updated};
  ELSIF TG_OP = 'DELETE' THEN
    {deleted};
  ELSE
    {truncated};
  END IF;
  RETURN NULL;
END""")

_INTO = sql.SQL("""INSERT INTO {log} (
      action, object_type, object_id, part, part_id, before, after, withheld,
      via, actor_kind, actor_id, actor_name, on_behalf_of_id, address, request_id)
    SELECT seen.action, {object_type}, seen.object_id, {part}, seen.part_id,
      seen.before, seen.after, seen.withheld,
      coalesce(told->>'via', 'sql'), coalesce(told->>'kind', 'system'),
      (told->>'id')::uuid, coalesce(told->>'name', session_user),
      (told->>'on_behalf_of')::uuid, (told->>'address')::inet, told->>'request'
    FROM (SELECT {action} AS action, {object_id} AS object_id, {part_id} AS part_id,
      {before} AS before, {after} AS after, {withheld} AS withheld {rows}) AS seen
    {condition}""")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what the log is told of its columns."""

    name: str
    object_type: str  # the model of the row, or of what it is a part of
    object_column: str
    part: str  # the model of a part, else nothing
    key: str
    kept: tuple[str, ...]
    withheld: tuple[str, ...]
    in_sum: str

    @property
    def function(self) -> str:
        return f"{self.name}{SUFFIX}"


def label(model: type[Model]) -> str:
    """Return the name of a model as the log writes it: `jobs.job`."""
    return str(model._meta.label_lower)


def table_of(audited: Audited) -> Table:
    """Return what the triggers of a table are made from."""
    model = apps.get_model(audited.model)
    meta = model._meta
    columns = [field.column for field in meta.local_fields if field.column]
    noted = [one for one in columns if one not in (*audited.unnoted, *STAMPS)]
    withheld = set(audited.withheld)
    key = str(meta.pk.column)
    if audited.kept is not None:
        withheld = {*noted} - {*audited.kept, key}
    whole, column = model, key
    if audited.part_of:
        field = meta.get_field(audited.part_of)
        assert isinstance(field, Field) and field.remote_field  # noqa: S101, PT018
        whole, column = field.remote_field.model, str(field.column)
    return Table(
        name=meta.db_table,
        object_type=label(whole),
        object_column=column,
        part=label(model) if audited.part_of else "",
        key=key,
        kept=tuple(one for one in noted if one not in withheld),
        withheld=tuple(one for one in noted if one in withheld),
        in_sum=audited.in_sum,
    )


@cache
def audited_tables() -> tuple[Table, ...]:
    """Return all tables of the log, those of apps that are not installed left out."""
    installed = {config.label for config in apps.get_app_configs()}
    return tuple(
        table_of(one) for one in AUDITED if one.model.split(".")[0] in installed
    )


def statements(schema: str) -> list[sql.Composed]:
    """Return what makes the functions and triggers of all tables."""
    made = []
    for table in audited_tables():
        made.append(_function(table, schema))
        made.extend(_triggers(table))
    return made


@cache
def digest(schema: str) -> str:
    """Return what differs as soon as any function or trigger is another."""
    text = "\n".join(one.as_string() for one in statements(schema))
    return sha256(text.encode()).hexdigest()


def trigger_names() -> Iterator[tuple[str, str]]:
    """Yield each table and trigger."""
    for table in audited_tables():
        for event in _EVENTS:
            yield table.name, _trigger_name(event)


def _trigger_name(event: str) -> str:
    return f"audit_{event.lower()}"


def _triggers(table: Table) -> Iterator[sql.Composed]:
    for event, references in _EVENTS.items():
        yield sql.SQL(
            "CREATE OR REPLACE TRIGGER {trigger} AFTER {event} ON {table}"
            " {references} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        ).format(
            trigger=sql.Identifier(_trigger_name(event)),
            event=sql.SQL(event),
            table=sql.Identifier(table.name),
            references=sql.SQL(references),
            function=sql.Identifier(table.function),
        )


def _function(table: Table, schema: str) -> sql.Composed:
    make = _summing if table.in_sum else _each
    body = _BODY.format(
        setting=sql.Literal(SETTING),
        truncated=_truncated(table),
        **{name: part for name, part in make(table)},  # noqa: C416
    )
    return _FUNCTION.format(
        function=sql.Identifier(table.function),
        schema=sql.Identifier(schema),
        body=sql.Literal(body.as_string()),
    )


def _entry(table: Table, **given: sql.Composable) -> sql.Composed:
    """Return an INSERT into the log; what is not given is nothing."""
    nothing = {
        "part_id": sql.SQL("''"),
        "before": sql.SQL("NULL::jsonb"),
        "after": sql.SQL("NULL::jsonb"),
        "withheld": sql.SQL("'{}'::text[]"),
        "condition": sql.SQL(""),
    }
    return _INTO.format(
        log=sql.Identifier(LOG),
        object_type=sql.Literal(table.object_type),
        part=sql.Literal(table.part),
        **{**nothing, **given},
    )


def _each(table: Table) -> Iterator[tuple[str, sql.Composed]]:
    """Yield what a row in the log for each row makes."""
    for name, alias, action, side in (
        ("inserted", "added", "created", "after"),
        ("deleted", "gone", "deleted", "before"),
    ):
        values = {side: _values(table.kept, alias)}
        yield (
            name,
            _entry(
                table,
                action=sql.Literal(action),
                object_id=_text(alias, table.object_column),
                part_id=_part_id(table, _text(alias, table.key)),
                rows=sql.SQL("FROM {}").format(sql.Identifier(alias)),
                **values,
            ),
        )
    yield "updated", _updated(table)


def _updated(table: Table) -> sql.Composed:
    either = sql.SQL("coalesce({}, {})")
    key = either.format(_text("added", table.key), _text("gone", table.key))
    whole = either.format(
        _text("added", table.object_column), _text("gone", table.object_column)
    )
    return _entry(
        table,
        action=sql.Literal("changed"),
        object_id=whole,
        part_id=_part_id(table, key),
        before=_differing(table.kept, "gone"),
        after=_differing(table.kept, "added"),
        withheld=_changed_names(table.withheld),
        # Full: a key that was changed by hand is not lost.
        rows=sql.SQL("FROM gone FULL JOIN added ON added.{key} = gone.{key}").format(
            key=sql.Identifier(table.key)
        ),
        condition=sql.SQL(
            "WHERE seen.before <> '{}' OR seen.after <> '{}' OR seen.withheld <> '{}'"
        ),
    )


def _summing(table: Table) -> Iterator[tuple[str, sql.Composed]]:
    """Yield what one row in the log for each whole makes, which says so alone."""
    column = sql.Identifier(table.object_column)
    gone = sql.SQL("SELECT {} AS whole FROM gone").format(column)
    added = sql.SQL("SELECT {} AS whole FROM added").format(column)
    for name, action, rows in (
        ("inserted", "created", added),
        ("updated", "changed", sql.SQL("{} UNION {}").format(gone, added)),
        ("deleted", "deleted", gone),
    ):
        yield (
            name,
            _entry(
                table,
                action=sql.Literal(action),
                object_id=sql.SQL("parts.whole::text"),
                withheld=sql.SQL("ARRAY[{}]").format(sql.Literal(table.in_sum)),
                rows=sql.SQL("FROM ({}) AS parts GROUP BY parts.whole").format(rows),
            ),
        )


def _truncated(table: Table) -> sql.Composed:
    return _entry(
        table,
        action=sql.Literal("emptied"),
        object_id=sql.SQL("''"),
        rows=sql.SQL(""),
    )


def _part_id(table: Table, key: sql.Composable) -> sql.Composable:
    return key if table.part else sql.SQL("''")


def _text(alias: str, column: str) -> sql.Composed:
    return sql.SQL("{}::text").format(sql.Identifier(alias, column))


def _values(columns: Iterable[str], alias: str) -> sql.Composed:
    pairs = [
        sql.SQL("{}, {}").format(sql.Literal(one), sql.Identifier(alias, one))
        for one in columns
    ]
    return sql.SQL("jsonb_build_object({})").format(sql.SQL(", ").join(pairs))


def _differing(columns: Iterable[str], alias: str) -> sql.Composed:
    """Return the columns that differ, with their values on one side."""
    cases = [
        sql.SQL(
            "CASE WHEN {} IS DISTINCT FROM {} THEN jsonb_build_object({}, {})"
            " ELSE '{{}}' END"
        ).format(
            sql.Identifier("gone", one),
            sql.Identifier("added", one),
            sql.Literal(one),
            sql.Identifier(alias, one),
        )
        for one in columns
    ]
    return sql.SQL("({})").format(
        sql.SQL(" || ").join([sql.SQL("'{}'::jsonb"), *cases])
    )


def _changed_names(columns: Iterable[str]) -> sql.Composed:
    cases = [
        sql.SQL("CASE WHEN {} IS DISTINCT FROM {} THEN {} END").format(
            sql.Identifier("gone", one), sql.Identifier("added", one), sql.Literal(one)
        )
        for one in columns
    ]
    listed = sql.SQL(", ").join(cases)
    return sql.SQL("array_remove(ARRAY[{}]::text[], NULL)").format(listed)
