"""Telling the database, with each write, who makes it.

What is told stands before the statement, in the same message to the server, and holds
until the transaction ends. `pghistory.context` does so too, but it rewrites statements
that hold a bare % and cannot read those that psycopg composed; both occur here.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from recruit.common.doing import present

SETTING = "recruit.audit"
_WRITES = re.compile(r"\s*(?:insert|update|delete|merge|truncate|copy|call|do)\b", re.I)
_READS_FIRST = re.compile(r"\s*with\b", re.I)
_WRITES_LATER = re.compile(r"\b(?:insert|update|delete|merge)\b", re.I)


def tell_from(connection: BaseDatabaseWrapper) -> None:
    """Have every write of a connection told of."""
    if tell not in connection.execute_wrappers:
        connection.execute_wrappers.append(tell)


def tell(
    execute: Callable[..., Any],
    statement: Any,
    params: Any,
    many: bool,  # noqa: FBT001  Django's signature
    context: Any,
) -> Any:
    """Run a statement, and before it tell who runs it where it writes."""
    if not writes(statement):
        return execute(statement, params, many, context)
    cursor = context["cursor"].cursor
    if many or not isinstance(statement, str):
        _tell_apart(cursor, in_transaction=context["connection"].in_atomic_block)
        return execute(statement, params, many, context)
    told = _setting(is_local=True).as_string(cursor.connection)
    if params is not None:
        told = told.replace("%", "%%")
    answer = execute(f"{told}; {statement}", params, many, context)
    while cursor.nextset():
        pass
    return answer


def tell_now(connection: BaseDatabaseWrapper) -> None:
    """Tell who writes before what no statement goes before: COPY."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        _tell_apart(cursor.cursor, in_transaction=connection.in_atomic_block)


def writes(statement: Any) -> bool:
    """Say whether a statement may write rows."""
    if isinstance(statement, sql.Composable):
        statement = statement.as_string()
    if isinstance(statement, bytes):
        statement = statement.decode("utf-8", "replace")
    if _WRITES.match(statement):
        return True
    return bool(_READS_FIRST.match(statement) and _WRITES_LATER.search(statement))


def _tell_apart(cursor: Any, *, in_transaction: bool) -> None:
    # Outside a transaction it holds until the next write of this connection tells anew.
    cursor.execute(_setting(is_local=in_transaction))


def _setting(*, is_local: bool) -> sql.Composed:
    return sql.SQL("SELECT set_config({}, {}, {})").format(
        sql.Literal(SETTING), sql.Literal(present().told()), sql.Literal(is_local)
    )
