"""The audit log on the admin site: read and taken away, never written."""

import json
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from recruit.audit.models import Entry
from recruit.audit.triggers import audited_tables
from recruit.common.admin.base import ReadOnlyAdmin


class ObjectFilter(admin.SimpleListFilter):
    """By kind of object; asking the log which there are would read all of it."""

    title = _("object")
    parameter_name = "object_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        kinds = sorted({table.object_type for table in audited_tables()})
        return [(one, one) for one in kinds]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Entry]
    ) -> QuerySet[Entry]:
        value = self.value()
        return queryset.filter(object_type=value) if value else queryset


class WayFilter(admin.ChoicesFieldListFilter):
    """By the way somebody came; the name of the column makes no title with "By"."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.title = _("interface")


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin[Entry]):
    list_display = ["happened_at", "written", "actor_name", "came_by"]
    list_filter = [
        "action",
        ObjectFilter,
        ("via", WayFilter),
        "actor_kind",
        "happened_at",
    ]
    date_hierarchy = "happened_at"
    # Besides names: the whole id of an object, user, token or request.
    search_fields = ["actor_name"]
    ordering = ["-id"]
    show_full_result_count = False
    fields = [
        *("happened_at", "action", "object_type", "object_id", "part", "part_id"),
        *("differences", "withheld"),
        *("actor_kind", "actor_name", "actor_id", "on_behalf_of_id"),
        *("via", "address", "request_id"),
    ]
    readonly_fields = ["differences"]
    csv_columns = {
        "happened_at": "happened_at",
        "action": "action",
        "object_type": "object_type",
        "object_id": "object_id",
        "part": "part",
        "part_id": "part_id",
        "before": "before",
        "after": "after",
        "withheld": "withheld",
        "via": "via",
        "actor_kind": "actor_kind",
        "actor_id": "actor_id",
        "actor": "actor_name",
        "on_behalf_of": "on_behalf_of_id",
        "address": "address",
        "request_id": "request_id",
    }

    @admin.display(description=_("what was written"))
    def written(self, entry: Entry) -> str:
        """Return what was done to which row: narrow enough for four columns."""
        part = format_html(" › {}", entry.part) if entry.part else ""
        return format_html(
            '{} <strong>{}</strong>{}<br><code class="audit-id">{}</code>',
            entry.get_action_display(),
            entry.object_type,
            part,
            entry.object_id,
        )

    @admin.display(description=_("by way of"))
    def came_by(self, entry: Entry) -> str:
        """Return the way, and the address that a request came from."""
        address = format_html("<br>{}", entry.address) if entry.address else ""
        return format_html("{}{}", entry.get_via_display(), address)

    @admin.display(description=_("before and after"))
    def differences(self, entry: Entry) -> str:
        """Return a table of what differs."""
        before, after = entry.before or {}, entry.after or {}
        rows = format_html_join(
            "",
            "<tr><th scope='row'>{}</th><td>{}</td><td>{}</td></tr>",
            (
                (name, _told(before, name), _told(after, name))
                for name in sorted({*before, *after})
            ),
        )
        head = format_html(
            "<tr><th scope='col'>{}</th><th scope='col'>{}</th>"
            "<th scope='col'>{}</th></tr>",
            _("column"),
            _("before"),
            _("after"),
        )
        return format_html("<table>{}{}</table>", head, rows) if rows else "-"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Entry], search_term: str
    ) -> tuple[QuerySet[Entry], bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        try:
            wanted = UUID(term)
        except ValueError:
            by_name, _doubles = super().get_search_results(
                request, queryset, search_term
            )
            return by_name | queryset.filter(request_id=term), False
        about = Q(object_id=str(wanted)) | Q(request_id=term)
        by = Q(actor_id=wanted) | Q(on_behalf_of_id=wanted) | Q(part_id=str(wanted))
        return queryset.filter(about | by), False


def _told(values: dict[str, Any], name: str) -> str:
    if name not in values:
        return ""
    value = values[name]
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
