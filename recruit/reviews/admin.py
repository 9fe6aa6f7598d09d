"""Admin pages of screenings and of what hiring managers answered: read only."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from recruit.common.admin.base import ReadOnlyAdmin, ReadOnlyInline
from recruit.reviews.models import Decision, Review, Screening


class DecisionInline(ReadOnlyInline):
    model = Decision
    fk_name = "screening"
    fields = ["candidate", "verdict", "reason", "decided_at", "undone_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Decision]:
        return super().get_queryset(request).select_related("candidate", "reason")


@admin.register(Screening)
class ScreeningAdmin(ReadOnlyAdmin[Screening]):
    list_display = ["job", "user", "screened", "started_at"]
    list_filter = ["screened"]
    list_select_related = ["job", "user"]
    search_fields = ["job__requisition_code", "job__title", "user__email"]
    ordering = ["-started_at", "id"]
    inlines = [DecisionInline]
    csv_columns = {
        "job": "job__requisition_code",
        "user": "user__email",
        "screened": "screened",
        "started_at": "started_at",
    }


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin[Review]):
    list_display = ["application", "user", "answer", "answered_at"]
    list_filter = ["answer"]
    list_select_related = ["application__job", "application__candidate", "user"]
    search_fields = ["application__job__requisition_code", "user__email", "note"]
    ordering = ["-answered_at", "id"]
    csv_columns = {
        "application_id": "application_id",
        "user": "user__email",
        "answer": "answer",
        "note": "note",
        "answered_at": "answered_at",
    }
