"""Asking the log of changes in tests."""

from contextlib import contextmanager
from uuid import UUID, uuid4

from django.db import connection, connections

from recruit.accounts.models import User
from recruit.candidates.models import Candidate
from recruit.changes.choices import Gone, Kind
from recruit.changes.queries import (
    Viewer,
    changes_since,
)
from tests.factories import NOW

EVERYBODY = Viewer(uuid4(), sees_open_rows=True, sees_confidential_rows=True)


def begin_anew() -> None:
    """Empty the log, as if everything that is there had long been told."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM changes_change")


def told(kind: Kind, viewer: Viewer = EVERYBODY, since: int = 0):
    return changes_since(kind, since=since, after=None, viewer=viewer, most=1000)


def changed(kind: Kind) -> set[UUID]:
    return {one.row_id for one in told(kind)}


def gone(kind: Kind, viewer: Viewer = EVERYBODY) -> dict[UUID, Gone]:
    rows = told(kind, viewer)
    return {one.row_id: one.gone for one in rows if one.gone_at is not None}


def viewer_of(user: User, *, confidential: bool = True) -> Viewer:
    return Viewer(
        user.pk,
        sees_open_rows=user.is_recruiting,
        sees_confidential_rows=confidential,
    )


@contextmanager
def other_transaction():
    """Give a cursor of a transaction beside this one, not yet committed."""
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            yield cursor
        other.commit()
    finally:
        other.close()


def new_row(cursor):
    """Insert a candidate with a cursor; return its id."""
    pk = uuid4()
    model = Candidate(id=pk, created_at=NOW, profile_changed_at=NOW, updated_at=NOW)
    fields = [one for one in Candidate._meta.concrete_fields if one.name != "id"]
    columns = ", ".join(f'"{one.column}"' for one in fields)
    values = ", ".join(["%s"] * len(fields))
    cursor.execute(
        f"INSERT INTO candidates_candidate (id, {columns})"  # noqa: S608 (our own)
        f" VALUES (%s, {values})",
        [pk, *(one.value_from_object(model) for one in fields)],
    )
    return pk
