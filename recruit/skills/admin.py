"""Admin pages of the skill vocabulary."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from recruit.accounts.admin import actor_of
from recruit.common.admin.base import (
    OperationAdmin,
    OperationInline,
    Parts,
    ReadOnlyAdmin,
)
from recruit.common.admin.forms import row_version
from recruit.skills.editing import create_skill, delete_skill, update_skill
from recruit.skills.models import Skill, SkillLabel
from recruit.skills.operations import VocabularyEntry, confirm_skills


class LabelInline(OperationInline):
    model = SkillLabel
    fields = ["text", "found_in_text"]
    ordering = ["key"]
    verbose_name = _("word")
    verbose_name_plural = _("words by which the skill is found; its name is always one")


def _entry(stated: Mapping[str, Any], parts: Parts) -> VocabularyEntry:
    words = parts[SkillLabel]
    return VocabularyEntry(
        name=stated["name"],
        aliases=tuple(word["text"] for word in words),
        list_only=frozenset(
            word["text"] for word in words if not word["found_in_text"]
        ),
        esco_code=stated["esco_code"],
        onet_code=stated["onet_code"],
    )


@admin.register(Skill)
class SkillAdmin(OperationAdmin[Skill]):
    fields = ["name", "confirmed", "esco_code", "onet_code"]
    list_display = ["name", "confirmed", "words", "esco_code", "onet_code"]
    list_filter = ["confirmed", "created_at"]
    search_fields = ["name", "labels__text", "esco_code", "onet_code"]
    ordering = ["name", "id"]
    inlines = [LabelInline]
    actions = ["confirm_selected", "export_selected"]
    is_deletable = True
    csv_columns = {
        "name": "name",
        "confirmed": "confirmed",
        "words": "all_words",
        "esco_code": "esco_code",
        "onet_code": "onet_code",
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Skill]:
        return super().get_queryset(request).prefetch_related("labels")

    def csv_queryset(self, queryset: QuerySet[Skill]) -> QuerySet[Skill]:
        words = ArrayAgg("labels__text", distinct=True, default=[])
        return queryset.annotate(all_words=words)

    @admin.display(description=_("found by"))
    def words(self, skill: Skill) -> str:
        return ", ".join(sorted(label.text for label in skill.labels.all()))

    def version_of(self, row: models.Model) -> str:
        labels = SkillLabel.objects.filter(skill_id=row.pk).order_by("pk")
        words = labels.values_list("text", "found_in_text")
        return f"{row_version(row)} {list(words)}"

    def create(
        self, request: HttpRequest, stated: Mapping[str, Any], parts: Parts
    ) -> Skill:
        return create_skill(
            entry=_entry(stated, parts),
            confirmed=stated["confirmed"],
            actor=actor_of(request),
            created_at=timezone.now(),
        )

    def update(
        self, request: HttpRequest, row: Skill, stated: Mapping[str, Any], parts: Parts
    ) -> None:
        update_skill(
            skill_id=row.pk,
            entry=_entry(stated, parts),
            confirmed=stated["confirmed"],
            actor=actor_of(request),
            changed_at=timezone.now(),
        )

    def remove(self, request: HttpRequest, row: Skill) -> None:
        delete_skill(
            skill_id=row.pk, actor=actor_of(request), deleted_at=timezone.now()
        )

    @admin.action(description=_("Confirm selected skills"))
    def confirm_selected(self, request: HttpRequest, queryset: QuerySet[Skill]) -> None:
        count = confirm_skills(
            skill_ids=list(queryset.values_list("pk", flat=True)),
            actor=actor_of(request),
            confirmed_at=timezone.now(),
        )
        self.message_user(
            request,
            ngettext("%d skill confirmed.", "%d skills confirmed.", count) % count,
        )


@admin.register(SkillLabel)
class SkillLabelAdmin(ReadOnlyAdmin[SkillLabel]):
    """Words are changed on the page of their skill."""

    list_display = ["text", "skill", "found_in_text"]
    list_filter = ["found_in_text", "skill__confirmed"]
    list_select_related = ["skill"]
    search_fields = ["text", "key"]
    ordering = ["key"]
    csv_columns = {
        "word": "text",
        "skill": "skill__name",
        "found_in_text": "found_in_text",
    }
