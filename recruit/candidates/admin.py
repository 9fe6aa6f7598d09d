"""Admin pages of candidates."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from recruit.accounts.admin import actor_of
from recruit.candidates.inputs import (
    CandidateFields,
    DocumentInput,
    EducationInput,
    ExperienceInput,
    LanguageInput,
    ProfileInput,
    SkillInput,
)
from recruit.candidates.models import (
    Candidate,
    CandidateLanguage,
    CandidateSkill,
    Document,
    Education,
    Experience,
)
from recruit.candidates.operations import (
    create_candidate,
    erase_candidate,
    request_indexing,
    update_candidate,
)
from recruit.common.admin.base import (
    NamedValuesFilter,
    NamelessLog,
    OperationInline,
    Parts,
    StackedOperationInline,
)
from recruit.common.admin.forms import LinesField, OperationForm

STATED = tuple(CandidateFields.__annotations__)


class CandidateForm(OperationForm):
    emails = LinesField(label=_("E-mails"))
    phones = LinesField(label=_("Phones"))
    links = LinesField(label=_("Links"))


class SkillInline(OperationInline):
    model = CandidateSkill
    fields = ["skill", "proficiency", "years", "last_used", "origin"]
    autocomplete_fields = ["skill"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CandidateSkill]:
        return super().get_queryset(request).select_related("skill")


class ExperienceInline(StackedOperationInline):
    model = Experience
    fields = ["title", "organisation", ("started_on", "ended_on"), "description"]


class EducationInline(OperationInline):
    model = Education
    fields = [
        "qualification",
        "field_of_study",
        "institution",
        "started_in",
        "ended_in",
    ]


class LanguageInline(OperationInline):
    model = CandidateLanguage
    fields = ["language", "level"]


class DocumentInline(StackedOperationInline):
    model = Document
    fields = ["title", "kind", "media_type", "text"]


def _said(row: Mapping[str, Any], inline: type[OperationInline]) -> dict[str, Any]:
    """Return the columns of one row of an inline."""
    names: list[str] = []
    for name in inline.fields or ():
        names.extend([name] if isinstance(name, str) else name)
    held = row.get("id")  # by its id it stays the row that it is, its file too
    return {name: row[name] for name in names} | {"row_id": held.pk if held else None}


def _profile(stated: Mapping[str, Any], parts: Parts) -> ProfileInput:
    fields = {name: stated[name] for name in STATED if name in stated}

    def rows(inline: type[OperationInline]) -> list[dict[str, Any]]:
        model: type[Model] = inline.model
        return [_said(row, inline) for row in parts[model]]

    held = [{**row, "skill": row["skill"].name} for row in rows(SkillInline)]
    return ProfileInput(
        fields=cast(CandidateFields, fields),
        skills=[SkillInput(**row) for row in held],
        experience=[ExperienceInput(**row) for row in rows(ExperienceInline)],
        education=[EducationInput(**row) for row in rows(EducationInline)],
        languages=[LanguageInput(**row) for row in rows(LanguageInline)],
        documents=[DocumentInput(**row) for row in rows(DocumentInline)],
    )


@admin.register(Candidate)
class CandidateAdmin(NamelessLog[Candidate]):
    """People are not deleted but erased: their row stays for the counts of the past."""

    form = CandidateForm
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("given_name", "family_name"),
                    "headline",
                    "summary",
                    "years_of_experience",
                ]
            },
        ),
        (_("Contact"), {"fields": ["emails", "phones", "links", "last_contact_at"]}),
        (
            _("Place and terms"),
            {
                "fields": [
                    ("place", "region", "country"),
                    "open_to_remote",
                    ("salary_expectation", "salary_currency"),
                    "available_from",
                    "work_permit",
                ]
            },
        ),
        (_("Where the person comes from"), {"fields": ["source", "external_id"]}),
        (
            _("Kept by the system"),
            {
                "fields": [
                    "version",
                    "created_at",
                    "updated_at",
                    "profile_changed_at",
                    "erased_at",
                ]
            },
        ),
    ]
    readonly_fields = [
        "version",
        "created_at",
        "updated_at",
        "profile_changed_at",
        "erased_at",
    ]
    list_display = ["name", "headline", "location", "source", "created_at"]
    list_filter = [
        ("erased_at", admin.EmptyFieldListFilter),
        "open_to_remote",
        "work_permit",
        ("source", NamedValuesFilter),
        "last_contact_at",
    ]
    search_fields = [
        "given_name",
        "family_name",
        "headline",
        "emails",
        "place",
        "external_id",
    ]
    date_hierarchy = "created_at"
    ordering = ["-created_at", "-id"]
    show_full_result_count = False
    inlines = [
        SkillInline,
        ExperienceInline,
        EducationInline,
        LanguageInline,
        DocumentInline,
    ]
    actions = ["index_selected", "erase_selected", "export_selected"]
    csv_columns = {
        "given_name": "given_name",
        "family_name": "family_name",
        "emails": "emails",
        "phones": "phones",
        "headline": "headline",
        "summary": "summary",
        "years_of_experience": "years_of_experience",
        "skills": "skill_names",
        "place": "place",
        "region": "region",
        "country": "country",
        "open_to_remote": "open_to_remote",
        "salary_expectation": "salary_expectation",
        "salary_currency": "salary_currency",
        "available_from": "available_from",
        "work_permit": "work_permit",
        "links": "links",
        "source": "source",
        "external_id": "external_id",
        "created_at": "created_at",
    }

    @admin.display(description=_("name"), ordering="family_name")
    def name(self, candidate: Candidate) -> str:
        return candidate.name

    @admin.display(description=_("location"), ordering="place")
    def location(self, candidate: Candidate) -> str:
        return candidate.location

    def csv_queryset(self, queryset: QuerySet[Candidate]) -> QuerySet[Candidate]:
        held = CandidateSkill.objects.filter(candidate=OuterRef("pk"))
        return queryset.annotate(skill_names=ArraySubquery(held.values("skill__name")))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Candidate], search_term: str
    ) -> tuple[QuerySet[Candidate], bool]:
        if "field_name" in request.GET:  # offered in a field of another page
            queryset = queryset.filter(erased_at=None)
        return super().get_search_results(request, queryset, search_term)

    def has_change_permission(
        self, request: HttpRequest, obj: Candidate | None = None
    ) -> bool:
        if obj is not None and obj.erased_at is not None:
            return False
        return super().has_change_permission(request, obj)

    def create(
        self, request: HttpRequest, stated: Mapping[str, Any], parts: Parts
    ) -> Candidate:
        return create_candidate(
            profile=_profile(stated, parts),
            actor=actor_of(request),
            created_at=timezone.now(),
        )

    def update(
        self,
        request: HttpRequest,
        row: Candidate,
        stated: Mapping[str, Any],
        parts: Parts,
    ) -> None:
        update_candidate(
            candidate_id=row.pk,
            profile=_profile(stated, parts),
            actor=actor_of(request),
            changed_at=timezone.now(),
        )

    @admin.action(description=_("Index selected candidates anew"))
    def index_selected(
        self, request: HttpRequest, queryset: QuerySet[Candidate]
    ) -> None:
        count = request_indexing(
            candidate_ids=list(queryset.values_list("pk", flat=True)),
            actor=actor_of(request),
            requested_at=timezone.now(),
        )
        self.message_user(
            request,
            ngettext(
                "%d person will be indexed anew.",
                "%d people will be indexed anew.",
                count,
            )
            % count,
        )

    @admin.action(description=_("Erase selected people for good"))
    def erase_selected(
        self, request: HttpRequest, queryset: QuerySet[Candidate]
    ) -> HttpResponse | None:
        """Ask first; then forget all that is known of the people."""
        people = queryset.filter(erased_at=None)
        if "confirmed" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": _("Erase people"),
                "opts": self.opts,
                "people": people,
                "action_checkbox_name": ACTION_CHECKBOX_NAME,
            }
            template = "admin/candidates/candidate/erase_selected.html"
            return TemplateResponse(request, template, context)
        ids = list(people.order_by("pk").values_list("pk", flat=True))
        for candidate_id in ids:
            erase_candidate(
                candidate_id=candidate_id,
                actor=actor_of(request),
                erased_at=timezone.now(),
            )
        self.message_user(
            request,
            ngettext("%d person was erased.", "%d people were erased.", len(ids))
            % len(ids),
        )
        return None
