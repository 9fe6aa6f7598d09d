"""Admin pages of imported files: what was sent, rejected and remembered."""

from django.contrib import admin

from recruit.common.admin.base import ReadOnlyAdmin
from recruit.imports.models import (
    FileImport,
    ImportedRow,
    RejectedRow,
    RememberedColumn,
)


@admin.register(FileImport)
class FileImportAdmin(ReadOnlyAdmin[FileImport]):
    fields = [
        *["file_name", "owner", "kind", "source", "size", "state", "rows_done"],
        *["created", "changed", "unchanged", "rejected", "failure"],
        *["created_at", "begun_at", "ended_at"],
    ]
    list_display = ["file_name", "owner", "kind", "state", "rejected", "created_at"]
    list_filter = ["kind", "state"]
    list_select_related = ["owner"]
    search_fields = ["file_name", "source", "owner__email"]
    ordering = ["-created_at", "id"]
    csv_columns = {
        "file": "file_name",
        "owner": "owner__email",
        "kind": "kind",
        "state": "state",
        "created": "created",
        "changed": "changed",
        "rejected": "rejected",
    }


@admin.register(RejectedRow)
class RejectedRowAdmin(ReadOnlyAdmin[RejectedRow]):
    # What the row said is for who sent the file: it may be about anybody.
    fields = ["file_import", "number", "reason"]
    list_display = ["file_import", "number", "reason"]
    list_filter = ["file_import__kind"]
    list_select_related = ["file_import"]
    search_fields = ["file_import__file_name"]
    ordering = ["file_import", "number"]
    show_full_result_count = False
    csv_columns = {"file": "file_import__file_name", "row": "number"}


@admin.register(ImportedRow)
class ImportedRowAdmin(ReadOnlyAdmin[ImportedRow]):
    # The errors quote what the row said, which is for who sent the file.
    fields = ["file_import", "number", "outcome", "object_id"]
    list_display = ["file_import", "number", "outcome", "object_id"]
    list_filter = ["outcome", "file_import__kind"]
    list_select_related = ["file_import"]
    search_fields = ["file_import__file_name"]
    ordering = ["file_import", "number"]
    show_full_result_count = False
    csv_columns = {
        "file": "file_import__file_name",
        "row": "number",
        "outcome": "outcome",
    }


@admin.register(RememberedColumn)
class RememberedColumnAdmin(ReadOnlyAdmin[RememberedColumn]):
    list_display = ["source", "kind", "header_key", "field"]
    list_filter = ["kind"]
    search_fields = ["source", "header_key", "field"]
    ordering = ["source", "kind", "header_key"]
    csv_columns = {"source": "source", "column": "header_key", "field": "field"}
