"""Admin pages of talent pools and saved searches: read, changed on their own pages."""

from django.contrib import admin

from recruit.common.admin.base import ReadOnlyAdmin, ReadOnlyInline
from recruit.talent.models import (
    PoolMembership,
    PoolSearch,
    RankingVisit,
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


class PoolSearchInline(ReadOnlyInline):
    model = PoolSearch
    fields = ["search", "added_at", "added_by"]


@admin.register(TalentPool)
class TalentPoolAdmin(ReadOnlyAdmin[TalentPool]):
    list_display = ["name", "owner", "is_shared", "created_at"]
    list_filter = ["is_shared"]
    list_select_related = ["owner"]
    search_fields = ["name", "note", "owner__email"]
    ordering = ["name", "id"]
    inlines = [PoolSearchInline]
    csv_columns = {"name": "name", "owner": "owner__email", "note": "note"}


@admin.register(RankingVisit)
class RankingVisitAdmin(ReadOnlyAdmin[RankingVisit]):
    list_display = ["job", "user", "visited_at"]
    list_filter = ["visited_at"]
    list_select_related = ["job", "user"]
    search_fields = ["job__requisition_code", "job__title", "user__email"]
    ordering = ["-visited_at", "id"]
    csv_columns = {
        "job": "job__requisition_code",
        "user": "user__email",
        "visited_at": "visited_at",
    }


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
