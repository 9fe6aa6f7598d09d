"""What an import takes, says while it runs, and returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from recruit.common.refusals import Refused

DEFAULT_SOURCE = "csv"


class ImportKind(TextChoices):
    JOBS = "jobs", _("Jobs")
    CANDIDATES = "candidates", _("Candidates")
    APPLICATIONS = "applications", _("Applications")


class FileFormat(TextChoices):
    """How the rows stand in a file."""

    TABLE = "table", _("Table")
    LINES = "ndjson", _("One JSON object a line")


class Outcome(TextChoices):
    """What became of one row."""

    CREATED = "created", _("Created")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    REJECTED = "rejected", _("Rejected")


class UnusableFile(Refused):
    """Nothing of the file can be imported; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the file, numbered as a spreadsheet does: the header is row 1."""

    number: int
    cells: tuple[str, ...]
    problem: str = ""  # why the file's text could not be read as a row


@dataclass(frozen=True, slots=True)
class Row:
    """A record with its recognised cells by the name of our field."""

    record: Record
    values: Mapping[str, str]

    @property
    def number(self) -> int:
        return self.record.number


@dataclass(frozen=True, slots=True)
class RowError:
    """One thing that is wrong with a row; field is None for the row as a whole."""

    field: str | None
    message: str
    code: str


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row; a rejected one says why, naming row and field."""

    record: Record
    outcome: Outcome
    reason: str = ""
    object_id: UUID | None = None  # of what the row speaks of, where it is there
    errors: tuple[RowError, ...] = ()

    @property
    def number(self) -> int:
        return self.record.number


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file and the field it means; None for one that is ignored."""

    header: str
    field: str | None


@dataclass(slots=True)
class ImportResult:
    """What became of the rows of a file."""

    kind: ImportKind
    source: str
    dry_run: bool
    encoding: str
    delimiter: str
    columns: tuple[Column, ...]
    counts: dict[Outcome, int] = field(
        default_factory=lambda: dict.fromkeys(Outcome, 0)
    )
    # The first rejected rows, for showing; the writer receives all of them.
    rejected_rows: list[RowResult] = field(default_factory=list)

    @property
    def created(self) -> int:
        return self.counts[Outcome.CREATED]

    @property
    def changed(self) -> int:
        return self.counts[Outcome.CHANGED]

    @property
    def unchanged(self) -> int:
        return self.counts[Outcome.UNCHANGED]

    @property
    def rejected(self) -> int:
        return self.counts[Outcome.REJECTED]

    @property
    def landed(self) -> int:
        return self.created + self.changed + self.unchanged

    @property
    def total(self) -> int:
        return self.landed + self.rejected

    @property
    def ignored_headers(self) -> tuple[str, ...]:
        """Return the headers of the columns that mean nothing here."""
        ignored = (column.header for column in self.columns if column.field is None)
        return tuple(filter(None, ignored))


class Progress(Protocol):
    """Hears how far an import is."""

    def __call__(self, *, rows: int, bytes_read: int) -> None: ...
