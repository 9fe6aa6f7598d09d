"""Files that were sent to be imported, and what became of their rows."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from recruit.accounts.models import ApiToken, User
from recruit.common.ids import uuid7
from recruit.imports.choices import RUNNING, ImportState
from recruit.imports.querysets import (
    FileImportQuerySet,
    ImportedRowQuerySet,
    RejectedRowQuerySet,
)
from recruit.imports.readers import Sender
from recruit.imports.types import FileFormat, ImportKind, Outcome

KEPT = timedelta(days=7)
SOURCE_LENGTH = 100


class FileImport(models.Model):
    """A file on its way into the database; only who sent it gets at it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="imports")
    # By which another system sent the file: its rights hold for the rows.
    token = models.ForeignKey(
        ApiToken, on_delete=models.CASCADE, null=True, related_name="imports"
    )
    kind = models.CharField(max_length=20, choices=ImportKind)
    format = models.CharField(
        max_length=10, choices=FileFormat, default=FileFormat.TABLE
    )
    source = models.CharField(max_length=SOURCE_LENGTH)
    file_name = models.CharField(max_length=200)
    size = models.BigIntegerField()  # bytes
    encoding = models.CharField(max_length=40)
    sheet = models.CharField(max_length=200, blank=True)
    header_row = models.PositiveIntegerField()
    headers = models.JSONField(default=list)
    fields = models.JSONField(default=list)  # of ours, a blank one for no field
    first_rows = models.JSONField(default=list)
    state = models.CharField(
        max_length=20, choices=ImportState, default=ImportState.MAPPING
    )
    # True from the beginning of a run that writes nothing to that of one that does.
    checks_only = models.BooleanField(default=False)
    # Counts the workers that were at it: only the last one may write.
    turn = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(null=True)  # known after the first run
    bytes_read = models.BigIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    created_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)  # the stamp of what it writes
    ended_at = models.DateTimeField(null=True)

    objects = FileImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        indexes = [models.Index(fields=["owner", "-created_at"], name="imports_own")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def folder(self) -> Path:
        return Path(settings.MEDIA_ROOT) / "imports" / str(self.pk)

    @property
    def file(self) -> Path:
        return self.folder / "sent"

    @property
    def claims(self) -> Path:
        """Return where a run keeps the keys that its rows have claimed."""
        return self.folder / f"claims-of-{self.state}"

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def is_check(self) -> bool:
        """True where the figures are of a run that writes nothing."""
        if self.state in {ImportState.CANCELLED, ImportState.FAILED}:
            return self.checks_only
        return self.state in {ImportState.CHECKING, ImportState.CHECKED}

    @property
    def has_columns(self) -> bool:
        """True for a table, whose columns mean what somebody says of them."""
        return self.format == FileFormat.TABLE

    @property
    def sender(self) -> Sender:
        return Sender(self.owner, self.token)

    @property
    def landed(self) -> int:
        return self.created + self.changed + self.unchanged

    @property
    def percent(self) -> int:
        if self.rows_total:
            return min(100 * self.rows_done // self.rows_total, 100)
        return min(100 * self.bytes_read // max(self.size, 1), 100)

    @property
    def task_lock(self) -> str:
        """Return the lock under which a task of this import waits and runs."""
        return f"recruit.imports/{self.pk}"

    @property
    def ignored_headers(self) -> list[str]:
        if not self.has_columns:
            return []
        pairs = zip(self.headers, self.fields, strict=True)
        return [header for header, field in pairs if header and not field]


class RejectedRow(models.Model):
    """A row that did not land, or would not, and why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file_import = models.ForeignKey(
        FileImport, on_delete=models.CASCADE, related_name="rejected_rows"
    )
    number = models.PositiveIntegerField()
    reason = models.TextField()
    cells = ArrayField(models.TextField(blank=True))

    objects = RejectedRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("rejected row")
        verbose_name_plural = _("rejected rows")
        constraints = [
            models.UniqueConstraint(
                fields=["file_import", "number"], name="imports_rejected_once"
            )
        ]

    def __str__(self) -> str:
        return self.reason


class ImportedRow(models.Model):
    """What became of one row, rejected or not."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file_import = models.ForeignKey(
        FileImport,
        on_delete=models.CASCADE,
        related_name="rows",
        db_index=False,  # the unique constraint begins with it
    )
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    # Of the person, job or application; null where there is none, after a dry run too
    object_id = models.UUIDField(null=True)
    # One object per error: field, message, code
    errors = models.JSONField(default=list)

    objects = ImportedRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        constraints = [
            models.UniqueConstraint(
                fields=["file_import", "number"], name="imports_rows_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.outcome}"


class RememberedColumn(models.Model):
    """What a column of a source was last said to mean."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=ImportKind)
    source = models.CharField(max_length=SOURCE_LENGTH)
    header_key = models.TextField()
    field = models.CharField(max_length=40, blank=True)  # blank: it is left out

    class Meta:
        verbose_name = _("remembered column")
        verbose_name_plural = _("remembered columns")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source", "header_key"], name="imports_columns_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.header_key}"
