"""Files for the tests of imports, made in memory."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from recruit.imports.run import run_import
from recruit.imports.types import ImportKind, ImportResult
from tests.factories import ACTOR, NOW


def table(*rows: Sequence[object], delimiter: str = ",") -> str:
    """Return rows as the text of a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def imported(
    content: str | bytes, kind: ImportKind = ImportKind.CANDIDATES, **options: Any
) -> ImportResult:
    """Import the content of a file."""
    stream = io.BytesIO(content.encode() if isinstance(content, str) else content)
    options.setdefault("imported_at", NOW)
    return run_import(stream, kind=kind, actor=ACTOR, **options)


def jobs_imported(content: str | bytes, **options: Any) -> ImportResult:
    return imported(content, ImportKind.JOBS, **options)


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    """Return how many were created, changed, unchanged, rejected."""
    return result.created, result.changed, result.unchanged, result.rejected


def reasons(result: ImportResult) -> list[str]:
    return [row.reason for row in result.rejected_rows]
