"""Admin pages of the event log: read, never written."""

import json
from uuid import UUID

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from recruit.common.admin.base import ReadOnlyAdmin, ReadOnlyInline
from recruit.events.models import Event, PendingEvent


class PendingInline(ReadOnlyInline):
    model = PendingEvent


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin[Event]):
    list_display = ["happened_at", "kind", "actor_name", "actor_kind", "briefly"]
    list_filter = ["kind", "actor_kind"]
    date_hierarchy = "happened_at"
    # Besides these: the whole id of a job, candidate, application or actor.
    search_fields = ["actor_name"]
    ordering = ["-happened_at", "-id"]
    show_full_result_count = False
    inlines = [PendingInline]
    csv_columns = {
        "happened_at": "happened_at",
        "kind": "kind",
        "actor_kind": "actor_kind",
        "actor": "actor_name",
        "on_behalf_of": "on_behalf_of_id",
        "job_ids": "job_ids",
        "candidate_ids": "candidate_ids",
        "application_id": "application_id",
        "details": "details",
    }

    @admin.display(description=_("details"))
    def briefly(self, event: Event) -> str:
        """Return the beginning; one import may name a thousand skills."""
        return Truncator(json.dumps(event.details, ensure_ascii=False)).chars(120)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Event], search_term: str
    ) -> tuple[QuerySet[Event], bool]:
        try:
            wanted = UUID(search_term.strip())
        except ValueError:
            return super().get_search_results(request, queryset, search_term)
        about = (
            Q(job_ids__contains=[wanted])
            | Q(candidate_ids__contains=[wanted])
            | Q(application_id=wanted)
            | Q(actor_id=wanted)
            | Q(on_behalf_of_id=wanted)
        )
        return queryset.filter(about), False


@admin.register(PendingEvent)
class PendingEventAdmin(ReadOnlyAdmin[PendingEvent]):
    list_display = ["event", "reader"]
    list_filter = ["reader", "event__kind"]
    list_select_related = ["event"]
    search_fields = ["event__actor_name"]
    ordering = ["id"]
    show_full_result_count = False
    csv_columns = {
        "reader": "reader",
        "kind": "event__kind",
        "happened_at": "event__happened_at",
        "event_id": "event_id",
    }
