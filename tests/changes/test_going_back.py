"""The triggers of notes and talent pools can be taken away and made again."""

from importlib import import_module

import pytest
from django.db import connection

migration = import_module("recruit.changes.migrations.0003_notes_and_talent_pools")


def there():
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tgname, tgrelid::regclass::text FROM pg_trigger
                WHERE tgname LIKE 'changes_of_notes_and_pools_%' UNION ALL
                SELECT proname, '' FROM pg_proc WHERE proname LIKE 'changes_of_%'"""
        )
        return set(cursor.fetchall())


@pytest.mark.django_db
class TestMigration:
    def test_goes_back_and_forth(self):
        before = there()
        operations = migration.Migration.operations
        with connection.cursor() as cursor:
            for one in reversed(operations):
                cursor.execute(one.reverse_sql)
            less = there()
            for one in operations:
                cursor.execute(one.sql)

        assert not any(name.startswith("changes_of_notes_and_") for name, _ in less)
        assert ("changes_of_pools", "") in before - less
        assert there() == before
