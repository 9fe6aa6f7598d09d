"""One partial HNSW index per encoder."""

from hashlib import sha256

from django.db import connection
from psycopg import sql

from matching.models import CandidateEmbedding

CONNECTIONS_PER_VECTOR = 16
CANDIDATES_WHILE_BUILDING = 64

# The advisory lock of whoever builds an index.
BUILDING = 0x484E5357


def index_name(identity: str) -> str:
    """Return the name of an encoder's index."""
    return f"candidate_embeddings_hnsw_{sha256(identity.encode()).hexdigest()[:12]}"


def ensure_hnsw_index(identity: str) -> None:
    """Create the index of an encoder unless there is one or somebody is at it."""
    if _is_valid(index_name(identity)):
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [BUILDING])
        is_ours = cursor.fetchone() == (True,)
    if is_ours:
        try:
            _create(identity)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [BUILDING])


def _create(identity: str) -> None:
    # One that is not valid was begun by somebody who was stopped.
    if _is_valid(index_name(identity)) is False:
        drop_hnsw_index(identity)
    # Building concurrently lets others write meanwhile; a transaction forbids it.
    how = "" if connection.in_atomic_block else "CONCURRENTLY"
    _execute(
        sql.SQL(
            f"CREATE INDEX {how} IF NOT EXISTS {{name}} ON {{table}}"
            " USING hnsw (vector halfvec_cosine_ops)"
            f" WITH (m = {CONNECTIONS_PER_VECTOR},"
            f" ef_construction = {CANDIDATES_WHILE_BUILDING})"
            " WHERE encoder = {encoder}"
        ),
        identity,
    )


def drop_hnsw_index(identity: str) -> None:
    """Remove an encoder's index."""
    _execute(sql.SQL("DROP INDEX IF EXISTS {name}"), identity)


def _is_valid(name: str) -> bool | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.indisvalid FROM pg_index i"
            " JOIN pg_class c ON c.oid = i.indexrelid"
            " WHERE c.relname = %s AND pg_table_is_visible(c.oid)",
            [name],
        )
        row = cursor.fetchone()
    return None if row is None else bool(row[0])


def _execute(statement: sql.SQL, identity: str) -> None:
    filled = statement.format(
        name=sql.Identifier(index_name(identity)),
        table=sql.Identifier(CandidateEmbedding._meta.db_table),
        encoder=sql.Literal(identity),
    )
    with connection.cursor() as cursor:
        cursor.execute(filled.as_string(cursor.connection))
