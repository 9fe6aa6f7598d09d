"""Making the triggers of the audit log, and giving the log an owner of its own.

Where the server is ours, the log and the functions that write it belong to a role that
nobody signs in as. The application's role reads the log, and can neither write nor
change nor drop it. While migrations run it owns the log, and no trigger is there: a
function that names a column which a migration drops would stop the next one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from recruit.audit import triggers
from recruit.deployment.embedded_database.base import embedded_server
from recruit.deployment.postgres import ROLE, SUPERUSER

AUDITOR = "recruit_audit"
FUNCTIONS = ("audit_next_id", "audit_refuse")


def is_ours() -> bool:
    """True where the server is the embedded one, of which we are the superuser too."""
    return connection.settings_dict.get("RECRUIT_HOME") is not None


def ensure_installed() -> bool:
    """Make the triggers unless they are there as they should be; say if it did."""
    with connection.cursor() as cursor:
        schema = _schema(cursor)
        wanted = triggers.digest(schema)
        if not _has_log(cursor) or _is_installed(cursor, wanted):
            return False
    with _superior() as cursor:
        for statement in triggers.statements(schema):
            cursor.execute(statement)
        note = sql.SQL("COMMENT ON TABLE {} IS {}")
        cursor.execute(note.format(sql.Identifier(triggers.LOG), sql.Literal(wanted)))
        if is_ours():
            _take_away(cursor)
    return True


def make_way() -> None:
    """Take the triggers away, and give the log to who migrates."""
    with connection.cursor() as cursor:
        if not _has_log(cursor):
            return
    with _superior() as cursor:
        for table, trigger in _present(cursor):
            drop = sql.SQL("DROP TRIGGER IF EXISTS {} ON {}")
            cursor.execute(drop.format(sql.Identifier(trigger), sql.Identifier(table)))
        if is_ours():
            _give_back(cursor)


@contextmanager
def _superior() -> Iterator[Any]:
    """Give a cursor that may change the log, in one transaction."""
    if not is_ours():
        with transaction.atomic(), connection.cursor() as cursor:
            yield cursor
        return
    server = embedded_server(settings.HOME)
    database = connection.settings_dict["NAME"]
    with server.superuser(database) as superuser, superuser.transaction():
        yield superuser


def _schema(cursor: Any) -> str:
    found = cursor.execute("SELECT current_schema()")
    return str(found.fetchone()[0])


def _has_log(cursor: Any) -> bool:
    found = cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [triggers.LOG])
    return bool(found.fetchone()[0])


def _is_installed(cursor: Any, wanted: str) -> bool:
    cursor.execute(
        "SELECT obj_description(to_regclass(%s), 'pg_class'),"
        " pg_get_userbyid(relowner) FROM pg_class WHERE oid = to_regclass(%s)",
        [triggers.LOG, triggers.LOG],
    )
    found, owner = cursor.fetchone()
    if found != wanted or (is_ours() and owner != AUDITOR):
        return False
    return set(_present(cursor)) == set(triggers.trigger_names())


def _present(cursor: Any) -> list[tuple[str, str]]:
    found = cursor.execute(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
        " AND tgenabled <> 'D' AND tgfoid::regproc::text LIKE %s",
        [f"%{triggers.SUFFIX}"],
    )
    return [(table.strip('"'), name) for table, name in found.fetchall()]


def _take_away(cursor: Any) -> None:
    _make_auditor(cursor)
    _own(cursor, AUDITOR)
    for statement in (
        # Who owns a schema may drop all in it, and who owns the database owned it.
        "ALTER SCHEMA {schema} OWNER TO {superuser}",
        "GRANT USAGE, CREATE ON SCHEMA {schema} TO {role}",
        "REVOKE ALL ON {log} FROM PUBLIC, {role}",
        "GRANT SELECT ON {log} TO {role}",
    ):
        cursor.execute(
            sql.SQL(statement).format(
                log=sql.Identifier(triggers.LOG),
                role=sql.Identifier(ROLE),
                schema=sql.Identifier(_schema(cursor)),
                superuser=sql.Identifier(SUPERUSER),
            )
        )


def _give_back(cursor: Any) -> None:
    _own(cursor, ROLE)


def _own(cursor: Any, role: str) -> None:
    owner = sql.Identifier(role)
    table = sql.SQL("ALTER TABLE {} OWNER TO {}")
    cursor.execute(table.format(sql.Identifier(triggers.LOG), owner))
    function = sql.SQL("ALTER FUNCTION {}() OWNER TO {}")
    made = [one.function for one in triggers.audited_tables()]
    for name in _existing(cursor, [*FUNCTIONS, *made]):
        cursor.execute(function.format(sql.Identifier(name), owner))


def _existing(cursor: Any, names: list[str]) -> list[str]:
    found = cursor.execute(
        "SELECT proname FROM pg_proc WHERE proname = ANY(%s)"
        " AND pronamespace = current_schema()::regnamespace",
        [names],
    )
    return [name for (name,) in found.fetchall()]


def _make_auditor(cursor: Any) -> None:
    # Roles belong to the server, and two processes may make it at once.
    cursor.execute(
        sql.SQL(
            "DO $$ BEGIN CREATE ROLE {} NOLOGIN;"
            " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        ).format(sql.Identifier(AUDITOR))
    )
