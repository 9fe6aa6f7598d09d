"""Admin pages of applications."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import recruit.applications.stage_admin  # noqa: F401  registers its pages
from recruit.accounts.actors import Actor
from recruit.accounts.admin import actor_of
from recruit.applications.choices import Outcome
from recruit.applications.models import (
    Application,
    DispositionReason,
    StageTransition,
)
from recruit.applications.operations import (
    advance,
    apply,
    hire,
    reject,
    undo_last_transition,
    withdraw,
)
from recruit.applications.reasons import ReasonFields, create_reason, update_reason
from recruit.applications.stages import stages_of
from recruit.common.admin.base import (
    NamedValuesFilter,
    NamelessLog,
    OperationAdmin,
    Parts,
    ReadOnlyAdmin,
    ReadOnlyInline,
)
from recruit.common.admin.forms import OperationForm

ENDED_BY = {Outcome.REJECTED: reject, Outcome.WITHDRAWN: withdraw}


def _reason_fields(stated: Mapping[str, Any]) -> ReasonFields:
    return ReasonFields(
        label=stated["label"],
        is_active=stated["is_active"],
        position=stated["position"],
    )


@admin.register(DispositionReason)
class DispositionReasonAdmin(OperationAdmin[DispositionReason]):
    list_display = ["label", "outcome", "is_active", "position", "code"]
    list_filter = ["outcome", "is_active"]
    search_fields = ["label", "code"]
    ordering = ["outcome", "position", "label", "id"]
    csv_columns = {
        "code": "code",
        "label": "label",
        "outcome": "outcome",
        "may_be_given": "is_active",
        "position": "position",
    }

    def get_readonly_fields(
        self, request: HttpRequest, obj: DispositionReason | None = None
    ) -> list[str]:
        # Past applications rest on what a reason meant when it was given.
        return ["code", "outcome"] if obj is not None else []

    def create(
        self, request: HttpRequest, stated: Mapping[str, Any], parts: Parts
    ) -> DispositionReason:
        return create_reason(
            code=stated["code"],
            outcome=stated["outcome"],
            fields=_reason_fields(stated),
            actor=actor_of(request),
            created_at=timezone.now(),
        )

    def update(
        self,
        request: HttpRequest,
        row: DispositionReason,
        stated: Mapping[str, Any],
        parts: Parts,
    ) -> None:
        update_reason(
            reason_id=row.pk,
            fields=_reason_fields(stated),
            actor=actor_of(request),
            changed_at=timezone.now(),
        )


class ApplicationForm(OperationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "stage" in self.fields:
            stages = [(one.code, one.label) for one in stages_of(self.instance.job)]
            now = (self.instance.stage, self.instance.get_stage_display())
            self.fields["stage"] = forms.ChoiceField(
                label=_("Stage"),
                choices=stages if now in stages else [now, *stages],
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        # The operations make these rules; the form would only say them worse.
        self._validate_constraints = False
        outcome, reason = cleaned.get("outcome"), cleaned.get("disposition_reason")
        if outcome in ENDED_BY and reason is None:
            error = forms.ValidationError(_("Say why the application ended."))
            self.add_error("disposition_reason", error)
        return cleaned


class TransitionInline(ReadOnlyInline):
    model = StageTransition
    fields = [
        "sequence",
        "from_stage",
        "to_stage",
        "to_outcome",
        "disposition_reason",
        "moved_at",
        "actor_name",
    ]
    ordering = ["sequence"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[StageTransition]:
        return super().get_queryset(request).select_related("disposition_reason")


def _move(application: Application, stated: Mapping[str, Any], actor: Actor) -> None:
    """Make the moves that lead from where an application stands to what is stated."""
    moved_at = timezone.now()
    to_stage, outcome = stated["stage"], Outcome(stated["outcome"])
    reason = stated["disposition_reason"]
    pk = application.pk
    if application.outcome == outcome and application.disposition_reason == reason:
        if application.stage != to_stage:
            advance(
                application_id=pk, to_stage=to_stage, actor=actor, moved_at=moved_at
            )
        return
    if outcome == Outcome.ACTIVE and not application.is_active:
        undo_last_transition(application_id=pk, actor=actor, moved_at=moved_at)
        return
    if application.is_active and application.stage != to_stage:
        advance(application_id=pk, to_stage=to_stage, actor=actor, moved_at=moved_at)
    if outcome in ENDED_BY:
        ENDED_BY[outcome](
            application_id=pk, reason=reason, actor=actor, moved_at=moved_at
        )
    elif outcome == Outcome.HIRED and reason is None:
        hire(application_id=pk, actor=actor, moved_at=moved_at)
    else:
        message = _("A reason is given where an application ends without a hire.")
        raise ValidationError({"disposition_reason": message})


@admin.register(Application)
class ApplicationAdmin(NamelessLog[Application]):
    form = ApplicationForm
    list_display = [
        "candidate",
        "job",
        "stage_name",
        "outcome",
        "disposition_reason",
        "applied_at",
        "stage_changed_at",
    ]
    list_filter = [
        "stage",
        "outcome",
        "disposition_reason",
        ("source", NamedValuesFilter),
    ]
    list_select_related = ["candidate", "job", "disposition_reason"]
    search_fields = [
        "candidate__given_name",
        "candidate__family_name",
        "job__requisition_code",
        "job__title",
        "external_id",
    ]
    date_hierarchy = "applied_at"
    ordering = ["-applied_at", "-id"]
    autocomplete_fields = ["job", "candidate"]
    inlines = [TransitionInline]
    csv_columns = {
        "requisition_code": "job__requisition_code",
        "job": "job__title",
        "given_name": "candidate__given_name",
        "family_name": "candidate__family_name",
        "stage": "stage",
        "outcome": "outcome",
        "disposition_reason": "disposition_reason__label",
        "applied_at": "applied_at",
        "stage_changed_at": "stage_changed_at",
        "ended_at": "ended_at",
    }

    @admin.display(description=_("stage"), ordering="stage")
    def stage_name(self, application: Application) -> str:
        return application.get_stage_display()

    def get_fields(self, request: HttpRequest, obj: Application | None = None) -> Any:
        if obj is None:
            return ["job", "candidate", "source", "external_id"]
        moved = ["stage", "outcome", "disposition_reason"]
        return ["job", "candidate", *moved, *self.get_readonly_fields(request, obj)[2:]]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Application | None = None
    ) -> list[str]:
        if obj is None:
            return []
        kept = ["applied_at", "stage_changed_at", "ended_at", "version"]
        return ["job", "candidate", "source", "external_id", *kept]

    def get_inlines(self, request: HttpRequest, obj: Application | None) -> Any:
        return [] if obj is None else [TransitionInline]

    def create(
        self, request: HttpRequest, stated: Mapping[str, Any], parts: Parts
    ) -> Application:
        return apply(
            job_id=stated["job"].pk,
            candidate_id=stated["candidate"].pk,
            actor=actor_of(request),
            applied_at=timezone.now(),
            source=stated["source"],
            external_id=stated["external_id"],
        )

    def update(
        self,
        request: HttpRequest,
        row: Application,
        stated: Mapping[str, Any],
        parts: Parts,
    ) -> None:
        # The form has put what is stated into its own row.
        now = Application.objects.with_job().get(pk=row.pk)
        _move(now, stated, actor_of(request))


@admin.register(StageTransition)
class StageTransitionAdmin(ReadOnlyAdmin[StageTransition]):
    list_display = [
        "application",
        "sequence",
        "from_stage",
        "to_stage",
        "to_outcome",
        "disposition_reason",
        "moved_at",
        "actor_name",
    ]
    list_filter = ["to_stage", "to_outcome", "actor_kind"]
    list_select_related = [
        "application__candidate",
        "application__job",
        "disposition_reason",
    ]
    search_fields = [
        "actor_name",
        "application__candidate__family_name",
        "application__job__requisition_code",
    ]
    date_hierarchy = "moved_at"
    ordering = ["-moved_at", "-id"]
    csv_columns = {
        "requisition_code": "application__job__requisition_code",
        "given_name": "application__candidate__given_name",
        "family_name": "application__candidate__family_name",
        "from_stage": "from_stage",
        "to_stage": "to_stage",
        "to_outcome": "to_outcome",
        "disposition_reason": "disposition_reason__label",
        "moved_at": "moved_at",
        "actor": "actor_name",
    }
