"""Admin pages of matching: read, never written."""

from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from matching.models import (
    CandidateSearch,
    EmbeddingListing,
    ParkedProfile,
    SkillTwin,
)
from matching.twins.queries import proposed_twins
from recruit.common.admin.base import NamedValuesFilter, ReadOnlyAdmin
from recruit.skills.models import Skill

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


class ConfirmedFilter(admin.SimpleListFilter):
    """Keep pairs by whether a person has looked at both of the skills."""

    title = _("confirmed")
    parameter_name = "confirmed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("both", _("Both")), ("not_both", _("Not both"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[SkillTwin]
    ) -> QuerySet[SkillTwin]:
        unconfirmed = Skill.objects.unconfirmed().filter(
            Q(pk=OuterRef("first_id")) | Q(pk=OuterRef("second_id"))
        )
        if self.value() == "both":
            return queryset.filter(~Exists(unconfirmed))
        if self.value() == "not_both":
            return queryset.filter(Exists(unconfirmed))
        return queryset


@admin.register(SkillTwin)
class SkillTwinAdmin(ReadOnlyAdmin[SkillTwin]):
    """Pairs of skills to decide on: the likest first, each leads to its question."""

    list_display = ["skill", "other_skill"]
    list_filter = [ConfirmedFilter]
    search_fields = ["first_name", "second_name"]
    ordering = ["-similarity", "id"]
    csv_columns = {
        "skill": "first_name",
        "other_skill": "second_name",
        "cosine_similarity": "similarity",
        "encoder": "encoder",
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[SkillTwin]:
        return proposed_twins()

    @admin.display(description=_("skill"), ordering="first_name")
    def skill(self, pair: SkillTwin) -> str:
        return str(pair.first_name)  # type: ignore[attr-defined] # annotated

    @admin.display(description=_("other skill"), ordering="second_name")
    def other_skill(self, pair: SkillTwin) -> str:
        return str(pair.second_name)  # type: ignore[attr-defined] # annotated

    def get_urls(self) -> list[URLPattern]:
        following = path(
            "next/",
            self.admin_site.admin_view(self.next_view),
            name="matching_skilltwin_next",
        )
        return [following, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Lead to the question whether the two are the same."""
        pair = self.get_object(request, unquote(object_id))
        if pair is None:
            return redirect("admin:matching_skilltwin_changelist")
        return redirect(_question(pair))

    def next_view(self, request: HttpRequest) -> HttpResponse:
        """Lead to the pair after the one that was looked at, whatever its answer."""
        pairs = proposed_twins().order_by(*self.ordering)
        looked_at = _pair_named(request.GET.get("after", ""))
        if looked_at is not None:
            less = Q(similarity__lt=looked_at.similarity)
            as_much = Q(similarity=looked_at.similarity, id__gt=looked_at.pk)
            pairs = pairs.filter(less | as_much)
        pair = pairs.first()
        if pair is None:
            return redirect("admin:matching_skilltwin_changelist")
        return redirect(_question(pair))


def _question(pair: SkillTwin) -> str:
    """Return the address of the question about a pair; its answer leads on."""
    address = reverse("admin:skills_skill_merge", args=[pair.first_id, pair.second_id])
    following = f"{reverse('admin:matching_skilltwin_next')}?after={pair.pk}"
    return f"{address}?{urlencode({'next': following})}"


def _pair_named(text: str) -> SkillTwin | None:
    try:
        return SkillTwin.objects.filter(pk=UUID(text)).first()
    except ValueError:
        return None
