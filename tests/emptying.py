"""Emptying the tables after a test that committed."""

from django.core.management.color import no_style
from django.db import connection
from django.test import TransactionTestCase
from psycopg import sql

# Rows that `migrate` lays by the models alone, and that no test changes.
KEPT = {"auth_permission", "django_content_type"}
HOLDS_ROWS = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")


def empty_tables(_test_case: TransactionTestCase) -> None:
    """Empty the tables that hold rows; Django's `flush` takes as long for each other.

    It lays permissions and triggers anew besides, which are still there.
    """
    tables = set(connection.introspection.django_table_names(only_existing=True)) - KEPT
    ask = sql.SQL(" UNION ALL ").join(
        HOLDS_ROWS.format(sql.Literal(table), sql.Identifier(table)) for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(ask)
        full = [table for (table,) in cursor.fetchall()]
    connection.ops.execute_sql_flush(
        connection.ops.sql_flush(no_style(), full, allow_cascade=True)
    )
