"""Admin pages of stages and of the templates that jobs take them from."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from recruit.accounts.admin import actor_of
from recruit.applications.blinding import set_blind_policy
from recruit.applications.choices import Stage
from recruit.applications.models import (
    BlindPolicy,
    BlindReview,
    JobTemplate,
    PipelineStage,
    StageTemplate,
    TemplateStage,
)
from recruit.applications.templates import create_stage, rename_stage, save_template
from recruit.common.admin.base import (
    OperationAdmin,
    OperationInline,
    Parts,
    ReadOnlyAdmin,
)


@admin.register(PipelineStage)
class PipelineStageAdmin(OperationAdmin[PipelineStage]):
    list_display = ["label", "kind", "code"]
    list_filter = ["kind"]
    search_fields = ["label", "code"]
    ordering = ["label", "id"]
    fields = ["label", "kind"]
    csv_columns = {"code": "code", "label": "label", "kind": "kind"}

    def get_readonly_fields(
        self, request: HttpRequest, obj: PipelineStage | None = None
    ) -> list[str]:
        # What a stage counts as is what past reports counted.
        return ["kind", "code"] if obj is not None else []

    def get_fields(self, request: HttpRequest, obj: PipelineStage | None = None) -> Any:
        return ["label", "kind", "code"] if obj is not None else ["label", "kind"]

    def create(
        self, request: HttpRequest, stated: Mapping[str, Any], parts: Parts
    ) -> PipelineStage:
        return create_stage(
            label=stated["label"],
            kind=Stage(stated["kind"]),
            actor=actor_of(request),
            created_at=timezone.now(),
        )

    def update(
        self,
        request: HttpRequest,
        row: PipelineStage,
        stated: Mapping[str, Any],
        parts: Parts,
    ) -> None:
        rename_stage(
            stage_id=row.pk,
            label=stated["label"],
            actor=actor_of(request),
            changed_at=timezone.now(),
        )


class TemplateStageInline(OperationInline):
    model = TemplateStage
    fields = ["position", "stage"]
    ordering = ["position", "id"]
    extra = 2

    def get_queryset(self, request: HttpRequest) -> QuerySet[TemplateStage]:
        return super().get_queryset(request).select_related("stage")


@admin.register(StageTemplate)
class StageTemplateAdmin(OperationAdmin[StageTemplate]):
    list_display = ["name", "is_default"]
    list_filter = ["is_default"]
    search_fields = ["name"]
    ordering = ["name", "id"]
    inlines = [TemplateStageInline]
    csv_columns = {"name": "name", "default": "is_default"}

    def create(
        self, request: HttpRequest, stated: Mapping[str, Any], parts: Parts
    ) -> StageTemplate:
        return self._save(request, None, stated, parts)

    def update(
        self,
        request: HttpRequest,
        row: StageTemplate,
        stated: Mapping[str, Any],
        parts: Parts,
    ) -> None:
        self._save(request, row, stated, parts)

    def _save(
        self,
        request: HttpRequest,
        row: StageTemplate | None,
        stated: Mapping[str, Any],
        parts: Parts,
    ) -> StageTemplate:
        rows = sorted(parts[TemplateStage], key=lambda one: one["position"])
        return save_template(
            template_id=row.pk if row else None,
            name=stated["name"],
            is_default=stated["is_default"],
            stage_ids=[one["stage"].pk for one in rows],
            actor=actor_of(request),
            saved_at=timezone.now(),
        )


@admin.register(BlindPolicy)
class BlindPolicyAdmin(OperationAdmin[BlindPolicy]):
    list_display = ["reveal_kind", "is_enforced"]
    list_filter = ["is_enforced"]
    search_fields = ["reveal_kind"]
    ordering = ["id"]
    fields = ["is_enforced", "reveal_kind"]
    csv_columns = {"enforced": "is_enforced", "names_from": "reveal_kind"}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not BlindPolicy.objects.exists()

    def create(
        self, request: HttpRequest, stated: Mapping[str, Any], parts: Parts
    ) -> BlindPolicy:
        return set_blind_policy(
            is_enforced=stated["is_enforced"],
            reveal_kind=Stage(stated["reveal_kind"]),
            actor=actor_of(request),
            changed_at=timezone.now(),
        )

    def update(
        self,
        request: HttpRequest,
        row: BlindPolicy,
        stated: Mapping[str, Any],
        parts: Parts,
    ) -> None:
        self.create(request, stated, parts)


@admin.register(BlindReview)
class BlindReviewAdmin(ReadOnlyAdmin[BlindReview]):
    list_display = ["job", "reveal_stage"]
    list_filter = ["reveal_stage"]
    list_select_related = ["job"]
    search_fields = ["job__requisition_code", "job__title"]
    ordering = ["job__requisition_code", "job_id"]
    csv_columns = {
        "requisition_code": "job__requisition_code",
        "names_from": "reveal_stage",
    }


@admin.register(JobTemplate)
class JobTemplateAdmin(ReadOnlyAdmin[JobTemplate]):
    list_display = ["job", "template"]
    list_filter = ["template__is_default"]
    list_select_related = ["job", "template"]
    search_fields = ["job__requisition_code", "job__title"]
    ordering = ["job__requisition_code", "job_id"]
    csv_columns = {
        "requisition_code": "job__requisition_code",
        "template": "template__name",
    }
