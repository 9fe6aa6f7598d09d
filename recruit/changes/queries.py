"""What changed, and since when.

A moment cannot tell what is new: a transaction that began before it may commit after
it. So each entry of the log names the transaction that made it, and a reader asks for
all entries from the oldest transaction on that was still running when it last asked
(`Standing.oldest_running`): what commits late is found then, though other rows may come
twice. Entries are kept for some weeks; who asks for older ones learns that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Field, Model
from django.db.models.expressions import RawSQL

from recruit.changes.choices import Gone, Kind

# Another server, another database, or a log that was made anew: what is restored from
# a copy counts its transactions anew.
_DATABASE = """(
    SELECT concat_ws('/', s.system_identifier, p.timeline_id, d.oid,
                     'changes_change'::regclass::oid)
    FROM pg_control_system() s, pg_control_checkpoint() p, pg_database d
    WHERE d.datname = current_database()
)"""

_STANDING = f"""
SELECT epoch::text, database = {_DATABASE},
    pg_snapshot_xmin(now)::text, pg_snapshot_xmax(now)::text, forgotten_to::text,
    now::text
FROM changes_state, pg_current_snapshot() AS now
"""  # noqa: S608 (constants)

_SEES = """(
    was_open AND (%({who}_open)s OR was_named @> ARRAY[%({who})s::uuid])
    OR %(hidden)s AND was_named @> ARRAY[%({who})s::uuid]
)"""
_COULD_SEE = " AND ".join(_SEES.format(who=who) for who in ("user", "account"))
_LAST_SEEN = f"ORDER BY changed_in DESC) FILTER (WHERE {_COULD_SEE}))[1]"
_CHANGES = f"""
SELECT row_id, max(changed_at), (array_agg(gone {_LAST_SEEN},
    (array_agg(changed_at {_LAST_SEEN}, (array_agg(kept_id {_LAST_SEEN}
FROM changes_change
WHERE kind = %(kind)s AND changed_in >= %(since)s::text::xid8 AND row_id > %(after)s
GROUP BY row_id ORDER BY row_id LIMIT %(most)s
"""  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the log stands at a moment."""

    epoch: str
    oldest_running: int
    next_transaction: int
    forgotten_to: int  # entries of this transaction and older ones are gone
    snapshot: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log, to be known again."""

    changed_in: int
    row_id: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that changed, and what may be told of it where it is no longer seen."""

    row_id: UUID
    changed_at: datetime
    gone: Gone
    gone_at: datetime | None  # None: nobody may be told that it was there
    kept_id: UUID | None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is to be told: what they could see, they may be told to be gone."""

    user_id: UUID
    sees_open_rows: bool
    sees_confidential_rows: bool
    # Who asks in the name of the user, and must see the same.
    account_id: UUID | None = None
    account_sees_open_rows: bool = True


def standing() -> Standing:
    """Return where the log stands now; begin a new epoch in a restored database."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING)
        epoch, is_same, oldest, following, forgotten_to, snapshot = cursor.fetchone()
    if not is_same:
        begin_epoch()
        return standing()
    return Standing(epoch, int(oldest), int(following), int(forgotten_to), snapshot)


@transaction.atomic
def begin_epoch() -> None:
    """Forget all entries of another database, so that every reader begins anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE changes_state SET epoch = gen_random_uuid(),
                forgotten_to = '0', database = {_DATABASE}
                WHERE database <> {_DATABASE}"""  # noqa: S608 (a constant)
        )
        if cursor.rowcount:
            cursor.execute("DELETE FROM changes_change")


def newest_entry(kind: Kind) -> Entry | None:
    """Return an entry that stands in the log now, as late a one as there is."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT changed_in::text, row_id::text, changed_at::text
                FROM changes_change WHERE kind = %s
                ORDER BY changed_in DESC, row_id DESC LIMIT 1""",
            [kind.value],
        )
        row = cursor.fetchone()
    return Entry(int(row[0]), row[1], row[2]) if row else None


def stands_in_log(kind: Kind, entry: Entry) -> bool:
    """Return whether the log, restored perhaps, still knows of an entry."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT 1 FROM changes_change WHERE kind = %s
                AND changed_in = %s::text::xid8 AND row_id = %s::uuid
                AND changed_at = %s::timestamptz""",
            [kind.value, str(entry.changed_in), entry.row_id, entry.changed_at],
        )
        return cursor.fetchone() is not None


def changes_since(
    kind: Kind, *, since: int, after: UUID | None, viewer: Viewer, most: int
) -> list[Changed]:
    """Return the rows changed by a transaction or a later one, in order of their ids.

    Begin after a row. The reason why a row is gone is that of the last change at which
    the viewer could still see it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _CHANGES,
            {
                "kind": kind.value,
                "since": str(since),
                "after": after or UUID(int=0),
                "most": most,
                "user": viewer.user_id,
                "user_open": viewer.sees_open_rows,
                "account": viewer.account_id or viewer.user_id,
                "account_open": viewer.account_sees_open_rows
                if viewer.account_id
                else viewer.sees_open_rows,
                "hidden": viewer.sees_confidential_rows,
            },
        )
        return list(_changed(cursor.fetchall()))


def _changed(rows: Sequence[Any]) -> Iterator[Changed]:
    for row_id, changed_at, gone, gone_at, kept_id in rows:
        reason = Gone(gone) if gone else Gone.HIDDEN
        yield Changed(row_id, changed_at, reason, gone_at, kept_id)


# The column of a row as it was in a snapshot, of the rows that changed since.
_BEFORE = """
SELECT DISTINCT ON (row_id) row_id, sorted_before ->> %s AS was
FROM changes_change
WHERE kind = %s AND changed_in >= pg_snapshot_xmin(%s::pg_snapshot)
    AND NOT pg_visible_in_snapshot(changed_in, %s::pg_snapshot)
    AND sorted_before IS NOT NULL
ORDER BY row_id, changed_in
"""


def moved_since(kind: Kind, *, snapshot: str, most: int) -> int | None:
    """Return how many rows were updated since a snapshot, at most so many.

    None where that is no longer known.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT (SELECT count(*) FROM ({_BEFORE} LIMIT %s) AS moved)
                FROM changes_state
                WHERE forgotten_to < pg_snapshot_xmin(%s::pg_snapshot)""",  # noqa: S608
            ["", kind.value, snapshot, snapshot, most, snapshot],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def as_of(kind: Kind, model: type[Model], *, column: str, snapshot: str) -> RawSQL:
    """Return an expression for a column of a row as it was in a snapshot.

    The rows that were updated since are looked up once in a statement, so that all of
    it is read at one moment.
    """
    field = model._meta.get_field(column)
    assert isinstance(field, Field)  # noqa: S101 (a column of the row itself)
    table, type_ = model._meta.db_table, field.db_type(connection)
    return RawSQL(  # noqa: S611 (no word of it comes from outside)
        f"""coalesce((
            (SELECT jsonb_object_agg(row_id::text, was) FROM ({_BEFORE}) AS moved)
            ->> "{table}"."id"::text
        )::{type_}, "{table}"."{column}")""",  # noqa: S608 (names of our own)
        [column, kind.value, snapshot, snapshot],
        output_field=field,
    )
