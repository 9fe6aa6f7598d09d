"""Named conditions on imports."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from recruit.accounts.models import User
from recruit.imports.choices import RUNNING

if TYPE_CHECKING:
    from recruit.imports.models import FileImport, ImportedRow, RejectedRow


class FileImportQuerySet(models.QuerySet["FileImport"]):
    def of(self, owner: User) -> "FileImportQuerySet":
        return self.filter(owner=owner)

    def newest_first(self) -> "FileImportQuerySet":
        return self.order_by("-created_at", "-id")

    def left_alone_since(self, moment: datetime) -> "FileImportQuerySet":
        """Return those that nobody will come back to."""
        return self.filter(created_at__lt=moment).exclude(state__in=RUNNING)


class RejectedRowQuerySet(models.QuerySet["RejectedRow"]):
    def in_order(self) -> "RejectedRowQuerySet":
        return self.order_by("number")


class ImportedRowQuerySet(models.QuerySet["ImportedRow"]):
    def of(self, owner: User) -> "ImportedRowQuerySet":
        return self.filter(file_import__owner=owner)
