"""Files sent to be imported, for tests."""

from typing import Any
from uuid import UUID

from recruit.accounts.models import User
from recruit.imports import tasks
from recruit.imports.models import FileImport
from recruit.imports.operations import keep_file, start_check, start_import
from recruit.imports.types import ImportKind
from tests.factories import NOW, make_user


def kept(content: str | bytes, owner: User | None = None, **said: Any) -> FileImport:
    """Keep a file as the page does."""
    said = {"kind": ImportKind.CANDIDATES, "source": "old-ats", **said}
    return keep_file(
        [content.encode() if isinstance(content, str) else content],
        owner=owner or make_user(),
        file_name="people.csv",
        kept_at=NOW,
        **said,
    )


def work_on(import_id: UUID) -> FileImport:
    """Do what the worker would, and return what came of it."""
    tasks.run_file_import(import_id=str(import_id))
    return FileImport.objects.get(pk=import_id)


def checked(one: FileImport) -> FileImport:
    start_check(import_id=one.pk)
    return work_on(one.pk)


def imported_file(one: FileImport) -> FileImport:
    start_import(import_id=one.pk, begun_at=NOW)
    return work_on(one.pk)


def figures(one: FileImport) -> tuple[int, int, int, int]:
    return one.created, one.changed, one.unchanged, one.rejected
