"""What is written to the log besides what its triggers write."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from recruit.changes.choices import Gone, Kind


def tell_merged(kind: Kind, *, row_id: UUID, kept_id: UUID) -> None:
    """Say of a row that was deleted in this transaction which one stands for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE changes_change SET gone = %s, kept_id = %s
                WHERE kind = %s AND changed_in = pg_current_xact_id()
                AND row_id = %s""",
            [Gone.MERGED.value, kept_id, kind.value, row_id],
        )


@transaction.atomic
def forget_changes(*, before: datetime) -> int:
    """Forget the changes before a moment, and from when on they are known."""
    with connection.cursor() as cursor:
        # Those who read meanwhile find either the entries or that they are gone.
        cursor.execute("SELECT 1 FROM changes_state FOR UPDATE")
        cursor.execute(
            """WITH forgotten AS (
                DELETE FROM changes_change WHERE changed_at < %s RETURNING changed_in
            ), last AS (
                SELECT changed_in FROM forgotten ORDER BY changed_in DESC LIMIT 1
            ), told AS (
                UPDATE changes_state
                SET forgotten_to = greatest(forgotten_to, last.changed_in) FROM last
            ) SELECT count(*) FROM forgotten""",
            [before],
        )
        count: int = cursor.fetchone()[0]
    return count
