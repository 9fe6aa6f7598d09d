"""What an import would do with the first rows of a file."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.imports.columns import ByHeader
from recruit.imports.importer import Origin
from recruit.imports.landing import Landing
from recruit.imports.run import importer_for
from recruit.imports.seen import SeenRows
from recruit.imports.table import open_table, opened
from recruit.imports.types import (
    DEFAULT_SOURCE,
    Column,
    ImportKind,
    RowResult,
)

ROWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """The columns of a file and what would become of its first rows."""

    kind: ImportKind
    encoding: str
    delimiter: str
    columns: tuple[Column, ...]
    rows: tuple[RowResult, ...]  # their cells stand in the order of the columns
    has_more: bool


def preview(
    file: Path | BinaryIO,
    *,
    kind: ImportKind,
    actor: Actor,
    previewed_at: datetime,
    viewer: User | None = None,
    source: str = DEFAULT_SOURCE,
    limit: int = ROWS_SHOWN,
) -> Preview:
    """Try the first rows and write nothing.

    Raise UnusableFile, as `run_import` does. The stream is left where reading ended.
    """
    origin = Origin(source, actor, previewed_at, viewer)
    with (
        opened(file) as stream,
        open_table(stream, ByHeader(kind)) as table,
        SeenRows() as seen,
    ):
        first = list(islice(table.records, limit))
        has_more = next(table.records, None) is not None
        landing = Landing(table, importer_for(kind, origin, seen), dry_run=True)
        return Preview(
            kind=kind,
            encoding=table.encoding,
            delimiter=table.delimiter,
            columns=table.columns,
            rows=tuple(landing.land(first)),
            has_more=has_more,
        )
