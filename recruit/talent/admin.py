"""Admin pages of talent pools and saved searches: read, changed on their own pages."""

from django.contrib import admin

from recruit.common.admin.base import ReadOnlyAdmin, ReadOnlyInline
from recruit.talent.models import (
    PoolMembership,
    SavedSearch,
    SearchVisit,
    TalentPool,
)


class VisitInline(ReadOnlyInline):
    model = SearchVisit
    fields = ["user", "visited_at"]


@admin.register(SavedSearch)
class SavedSearchAdmin(ReadOnlyAdmin[SavedSearch]):
    list_display = ["name", "owner", "is_shared", "query", "created_at"]
    list_filter = ["is_shared"]
    list_select_related = ["owner"]
    search_fields = ["name", "query", "owner__email"]
    ordering = ["name", "id"]
    inlines = [VisitInline]
    csv_columns = {"name": "name", "owner": "owner__email", "query": "query"}


@admin.register(TalentPool)
class TalentPoolAdmin(ReadOnlyAdmin[TalentPool]):
    list_display = ["name", "owner", "is_shared", "created_at"]
    list_filter = ["is_shared"]
    list_select_related = ["owner"]
    search_fields = ["name", "note", "owner__email"]
    ordering = ["name", "id"]
    csv_columns = {"name": "name", "owner": "owner__email", "note": "note"}


@admin.register(PoolMembership)
class PoolMembershipAdmin(ReadOnlyAdmin[PoolMembership]):
    list_display = ["pool", "candidate", "added_at", "added_by"]
    list_filter = ["added_at"]
    list_select_related = ["pool", "candidate"]
    search_fields = ["pool__name", "added_by"]
    ordering = ["-added_at", "id"]
    show_full_result_count = False
    csv_columns = {
        "pool": "pool__name",
        "candidate_id": "candidate_id",
        "added_at": "added_at",
        "added_by": "added_by",
    }
