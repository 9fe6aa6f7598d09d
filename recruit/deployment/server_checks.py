"""Whether a PostgreSQL server is new enough and has pgvector."""

import re

from django.db import OperationalError, ProgrammingError, connection
from psycopg import errors

from recruit.deployment.command_line import explanation
from recruit.deployment.failures import DatabaseUnavailable

POSTGRESQL_NEEDED = 16
PGVECTOR_NEEDED = (0, 8)
VERSION_FACTOR = 10_000


def checked_server() -> str:
    """Return the versions of the server; raise DatabaseUnavailable if too old."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        sentence = explanation(error.__cause__)
        if sentence is None:
            raise
        raise DatabaseUnavailable(sentence) from error
    number = int(_value("SHOW server_version_num"))
    check_postgresql(number)
    _make_extension()
    version = _value("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
    check_pgvector(version)
    postgresql = f"{number // VERSION_FACTOR}.{number % VERSION_FACTOR}"
    return f"PostgreSQL {postgresql}, pgvector {version}"


def check_postgresql(version_number: int) -> None:
    """Raise DatabaseUnavailable for a server that is too old."""
    major = version_number // VERSION_FACTOR
    if major < POSTGRESQL_NEEDED:
        raise DatabaseUnavailable(
            f"The server in DATABASE_URL is PostgreSQL {major}, and"
            f" {POSTGRESQL_NEEDED} or newer is needed. Upgrade it, or unset"
            " DATABASE_URL to use the embedded server."
        )


def check_pgvector(version: str) -> None:
    """Raise DatabaseUnavailable for an extension that is too old."""
    if tuple(int(part) for part in re.findall(r"\d+", version)[:2]) < PGVECTOR_NEEDED:
        needed = ".".join(map(str, PGVECTOR_NEEDED))
        raise DatabaseUnavailable(
            f"The database has pgvector {version}, and {needed} or newer is needed."
            " Install a newer one on the server, then run there: ALTER EXTENSION"
            " vector UPDATE."
        )


def _make_extension() -> None:
    try:
        _run("CREATE EXTENSION IF NOT EXISTS vector")
    except (OperationalError, ProgrammingError) as error:
        if isinstance(error.__cause__, errors.InsufficientPrivilege):
            raise DatabaseUnavailable(
                "The database has no pgvector, and its user may not add it. Ask its"
                " administrator to run there: CREATE EXTENSION vector."
            ) from error
        raise DatabaseUnavailable(
            "The server in DATABASE_URL does not have pgvector. Install it there"
            " (Debian: the package postgresql-NN-pgvector), or unset DATABASE_URL to"
            " use the embedded server."
        ) from error


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _value(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        (value,) = cursor.fetchone()
    return str(value)
