"""Admin pages of jobs."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import admin
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from recruit.accounts.admin import actor_of
from recruit.common.admin.base import (
    NamedValuesFilter,
    OperationAdmin,
    OperationInline,
    Parts,
    ReadOnlyAdmin,
)
from recruit.common.admin.forms import OperationForm
from recruit.jobs.choices import JobFamily, JobStatus
from recruit.jobs.models import CriteriaVersion, Job, JobSkill
from recruit.jobs.operations import (
    JobFields,
    RequirementInput,
    create_job,
    delete_job,
    request_indexing,
    update_job,
)

STATED = tuple(JobFields.__annotations__)


class JobForm(OperationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        status = self.fields.get("status")
        if status is not None and not self.instance._state.adding:
            present = JobStatus(self.instance.status)
            offered = (present, *self.instance.allowed_statuses)
            status.choices = [(one.value, one.label) for one in offered]  # type: ignore[attr-defined]


class RequirementInline(OperationInline):
    model = JobSkill
    fields = ["skill", "importance", "minimum_proficiency", "minimum_years"]
    autocomplete_fields = ["skill"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[JobSkill]:
        return super().get_queryset(request).select_related("skill")


class FamilyFilter(NamedValuesFilter):
    """A filter by the families there are, under their names."""

    def choices(self, changelist: Any) -> Any:
        names = dict(JobFamily.choices)
        for choice in super().choices(changelist):
            yield {**choice, "display": names.get(choice["display"], choice["display"])}


def _fields(stated: Mapping[str, Any]) -> JobFields:
    fields = {name: stated[name] for name in STATED if name in stated}
    fields["recruiters"] = list(stated["recruiters"])
    return cast(JobFields, fields)


def _requirements(parts: Parts) -> list[RequirementInput]:
    return [
        RequirementInput(
            skill=row["skill"].name,
            importance=row["importance"],
            minimum_proficiency=row["minimum_proficiency"],
            minimum_years=row["minimum_years"],
        )
        for row in parts[JobSkill]
    ]


@admin.register(Job)
class JobAdmin(OperationAdmin[Job]):
    """Administrators manage every job here, confidential ones too.

    Dashboard and API keep confidential jobs to those named on them.
    """

    form = JobForm
    fieldsets = [
        (None, {"fields": ["requisition_code", "title", "status", "description"]}),
        (
            _("Work"),
            {
                "fields": [
                    "department",
                    "family",
                    "place",
                    "region",
                    "country",
                    "remote_policy",
                    "employment_type",
                    "openings",
                ]
            },
        ),
        (_("Salary"), {"fields": ["salary_min", "salary_max", "salary_currency"]}),
        (_("People"), {"fields": ["hiring_manager", "recruiters", "confidential"]}),
        (_("Where it comes from"), {"fields": ["source", "external_id"]}),
        (
            _("Kept by the system"),
            {"fields": ["version", "created_at", "updated_at", "profile_changed_at"]},
        ),
    ]
    readonly_fields = ["version", "created_at", "updated_at", "profile_changed_at"]
    list_display = [
        "requisition_code",
        "title",
        "status",
        "department",
        "place",
        "hiring_manager",
        "confidential",
        "created_at",
    ]
    list_display_links = ["requisition_code", "title"]
    list_filter = [
        "status",
        ("family", FamilyFilter),
        "confidential",
        "remote_policy",
        "employment_type",
        ("hiring_manager", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["hiring_manager"]
    search_fields = ["requisition_code", "title", "department", "place", "external_id"]
    date_hierarchy = "created_at"
    ordering = ["-created_at", "-id"]
    autocomplete_fields = ["hiring_manager", "recruiters"]
    inlines = [RequirementInline]
    actions = ["index_selected", "export_selected"]
    is_deletable = True
    csv_columns = {
        "requisition_code": "requisition_code",
        "title": "title",
        "description": "description",
        "status": "status",
        "department": "department",
        "family": "family",
        "place": "place",
        "region": "region",
        "country": "country",
        "remote_policy": "remote_policy",
        "employment_type": "employment_type",
        "salary_min": "salary_min",
        "salary_max": "salary_max",
        "salary_currency": "salary_currency",
        "openings": "openings",
        "hiring_manager": "hiring_manager__email",
        "confidential": "confidential",
        "required_skills": "required_skills",
        "preferred_skills": "preferred_skills",
        "excluded_skills": "excluded_skills",
        "source": "source",
        "external_id": "external_id",
    }

    def csv_queryset(self, queryset: QuerySet[Job]) -> QuerySet[Job]:
        named = JobSkill.objects.filter(job=OuterRef("pk")).values("skill__name")
        return queryset.annotate(
            required_skills=ArraySubquery(named.filter(importance="required")),
            preferred_skills=ArraySubquery(named.filter(importance="preferred")),
            excluded_skills=ArraySubquery(named.filter(importance="excluded")),
        )

    def create(
        self, request: HttpRequest, stated: Mapping[str, Any], parts: Parts
    ) -> Job:
        return create_job(
            fields=_fields(stated),
            requirements=_requirements(parts),
            actor=actor_of(request),
            created_at=timezone.now(),
        )

    def update(
        self, request: HttpRequest, row: Job, stated: Mapping[str, Any], parts: Parts
    ) -> None:
        update_job(
            job_id=row.pk,
            fields=_fields(stated),
            requirements=_requirements(parts),
            actor=actor_of(request),
            changed_at=timezone.now(),
        )

    def remove(self, request: HttpRequest, row: Job) -> None:
        delete_job(job_id=row.pk, actor=actor_of(request), deleted_at=timezone.now())

    @admin.action(description=_("Index selected jobs anew"))
    def index_selected(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        count = request_indexing(
            job_ids=list(queryset.values_list("pk", flat=True)),
            actor=actor_of(request),
            requested_at=timezone.now(),
        )
        self.message_user(
            request,
            ngettext(
                "%d job will be indexed anew.", "%d jobs will be indexed anew.", count
            )
            % count,
        )


@admin.register(JobSkill)
class JobSkillAdmin(ReadOnlyAdmin[JobSkill]):
    """Requirements are changed on the page of their job."""

    list_display = [
        "job",
        "skill",
        "importance",
        "minimum_proficiency",
        "minimum_years",
    ]
    list_filter = ["importance", "minimum_proficiency", "job__status"]
    list_select_related = ["job", "skill"]
    search_fields = ["skill__name", "job__requisition_code", "job__title"]
    ordering = ["job", "position", "id"]
    csv_columns = {
        "requisition_code": "job__requisition_code",
        "skill": "skill__name",
        "importance": "importance",
        "minimum_proficiency": "minimum_proficiency",
        "minimum_years": "minimum_years",
    }


@admin.register(CriteriaVersion)
class CriteriaVersionAdmin(ReadOnlyAdmin[CriteriaVersion]):
    """What jobs required before."""

    list_display = ["job", "number", "made_at", "actor_name"]
    list_filter = ["made_at"]
    list_select_related = ["job"]
    search_fields = ["job__requisition_code", "job__title", "actor_name"]
    ordering = ["-made_at", "id"]
    csv_columns = {
        "job": "job__requisition_code",
        "number": "number",
        "made_at": "made_at",
        "by": "actor_name",
        "requirements": "requirements",
    }
