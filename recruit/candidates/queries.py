"""Reads of candidates that the ORM has no words for."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection


def ids_of_emails(addresses: Sequence[str]) -> list[UUID]:
    """Return the people who have any of the addresses (in lower case).

    One look into the index for each address: for `emails && addresses` PostgreSQL
    compares every person with every address.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT found.id FROM unnest(%s::varchar[]) AS wanted (address)"
            " CROSS JOIN LATERAL (SELECT id FROM candidates_candidate"
            " WHERE emails @> ARRAY[wanted.address] OFFSET 0) AS found",
            [list(addresses)],
        )
        return [row[0] for row in cursor.fetchall()]
