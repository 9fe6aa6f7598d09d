"""Admin pages of matching: read, never written."""

from typing import TypeVar
from uuid import UUID

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from matching.models import CandidateSearch, EmbeddingListing, ParkedProfile
from recruit.common.admin.base import NamedValuesFilter, ReadOnlyAdmin

M = TypeVar("M", bound=Model)


class FoundByIdAdmin(ReadOnlyAdmin[M]):
    """Rows found by the whole id of what they speak of, besides the search fields."""

    subject_field = "subject_id"
    show_full_result_count = False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[M], search_term: str
    ) -> tuple[QuerySet[M], bool]:
        try:
            wanted = UUID(search_term.strip())
        except ValueError:
            return super().get_search_results(request, queryset, search_term)
        return queryset.filter(**{self.subject_field: wanted}), False


@admin.register(EmbeddingListing)
class EmbeddingListingAdmin(FoundByIdAdmin[EmbeddingListing]):
    """Embeddings with their origin; the numbers themselves tell a person nothing."""

    list_display = ["subject_id", "kind", "encoder", "token_count", "stamp"]
    list_filter = ["kind", "encoder"]
    search_fields = ["text_digest"]
    ordering = ["subject_id", "key"]
    csv_columns = {
        "kind": "kind",
        "id": "subject_id",
        "encoder": "encoder",
        "text_digest": "text_digest",
        "tokens": "token_count",
        "profile_of": "stamp",
    }


@admin.register(CandidateSearch)
class CandidateSearchAdmin(FoundByIdAdmin[CandidateSearch]):
    """What candidates are filtered by, as ranking sees it."""

    subject_field = "candidate_id"
    list_display = [
        "candidate_id",
        "skill_count",
        "word_count",
        "has_enough_data",
        "country",
        "source",
    ]
    list_filter = [
        "has_enough_data",
        "open_to_remote",
        ("country", NamedValuesFilter),
        ("source", NamedValuesFilter),
    ]
    search_fields = ["source", "region"]
    ordering = ["candidate_id"]
    exclude = ["words"]
    csv_columns = {
        "candidate_id": "candidate_id",
        "skills": "skill_count",
        "words": "word_count",
        "has_enough_data": "has_enough_data",
        "country": "country",
        "region": "region",
        "source": "source",
    }


@admin.register(ParkedProfile)
class ParkedProfileAdmin(FoundByIdAdmin[ParkedProfile]):
    """Profiles set aside because the encoder failed on them."""

    list_display = ["subject_id", "reason", "encoder", "parked_at"]
    list_filter = ["encoder", "parked_at"]
    search_fields = ["reason"]
    ordering = ["-parked_at", "id"]
    csv_columns = {
        "id": "subject_id",
        "encoder": "encoder",
        "reason": "reason",
        "parked_at": "parked_at",
    }
