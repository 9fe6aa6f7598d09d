"""Files that another system sends: kept, understood and started in one step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from recruit.accounts.choices import Scope
from recruit.imports.choices import ImportState
from recruit.imports.columns import ByHeader, assigned
from recruit.imports.lines import ENCODING, open_lines
from recruit.imports.look import ROWS_SHOWN, look_at
from recruit.imports.models import FileImport
from recruit.imports.operations import folder_of, shown, start, write_file
from recruit.imports.readers import Sender
from recruit.imports.table import open_table
from recruit.imports.types import FileFormat, ImportKind, UnusableFile

MOST_ROWS = 100_000
CELL_SHOWN = 200  # characters
PROTECTED = frozenset({"email", "phone"})


@dataclass(frozen=True, slots=True)
class Sent:
    """What a sender says of a file."""

    kind: ImportKind
    format: FileFormat
    source: str
    file_name: str
    dry_run: bool = False
    # What columns of a table mean whose headers do not say so
    mapping: Mapping[str, str] = field(default_factory=dict)


def send_file(
    chunks: Iterable[bytes], sent: Sent, *, sender: Sender, sent_at: datetime
) -> FileImport:
    """Keep a file and have the worker import it, or check it for a dry run.

    Raise UnusableFile, and keep nothing, where nothing of it can be imported.
    """
    kept = FileImport(
        owner=sender.user,
        token=sender.token,
        kind=sent.kind,
        format=sent.format,
        source=sent.source,
        file_name=sent.file_name[:200],
        created_at=sent_at,
    )
    with folder_of(kept):
        write_file(chunks, kept)
        if sent.format == FileFormat.LINES:
            _understand_lines(kept)
        else:
            _understand_table(kept, sent.mapping)
        with transaction.atomic():
            kept.save()
            if sent.dry_run:
                start(kept, ImportState.CHECKING, None)
            else:
                start(kept, ImportState.IMPORTING, sent_at)
    return kept


def _understand_lines(kept: FileImport) -> None:
    kept.encoding, kept.header_row = ENCODING, 0
    # Rejected rows are shown, and come back, as the lines that they were.
    kept.headers, kept.fields = ["row"], [""]
    count = 0
    with kept.file.open("rb") as stream:
        for record in open_lines(stream, ImportKind(kept.kind)).records:
            count += 1
            _refuse_many(count)
            if count <= ROWS_SHOWN:
                kept.first_rows.append(shown([record.cells[0][:CELL_SHOWN]]))
    if not count:
        raise UnusableFile(_("The file is empty."))
    kept.rows_total = count


def _understand_table(kept: FileImport, mapping: Mapping[str, str]) -> None:
    kind = ImportKind(kept.kind)
    look = look_at(kept.file, kind=kind, known=mapping)
    choice = ByHeader(kind, mapping)
    headers = [column.header for column in look.columns]
    choice.refuse_unknown(headers)
    fields = choice.fields(headers)
    assigned(kind, headers, fields)
    _refuse_protected(kept, fields)
    kept.encoding, kept.sheet = look.encoding, look.sheet[:200]
    kept.header_row = look.header_row
    kept.headers = headers
    kept.fields = [name or "" for name in fields]
    kept.first_rows = [shown(row) for row in look.first_rows]
    kept.rows_total = _count(kept, choice)


def _refuse_protected(kept: FileImport, fields: Sequence[str | None]) -> None:
    if kept.sender.has_scope(Scope.PROTECTED):
        return
    if not PROTECTED.isdisjoint(fields):
        raise UnusableFile(
            _(
                "The token lacks the scope %(scope)s, which these columns"
                " need: %(these)s"
            )
            % {"scope": Scope.PROTECTED.value, "these": ", ".join(sorted(PROTECTED))}
        )


def _count(kept: FileImport, choice: ByHeader) -> int:
    count = 0
    with kept.file.open("rb") as stream, open_table(stream, choice) as table:
        for _record in table.records:
            count += 1
            _refuse_many(count)
    return count


def _refuse_many(count: int) -> None:
    if count > MOST_ROWS:
        raise UnusableFile(
            _("The file has more than %(most)d rows. Send it in parts.")
            % {"most": MOST_ROWS}
        )
