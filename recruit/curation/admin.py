"""Admin pages of merging skills, and of pairs that are kept apart."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recruit.accounts.admin import actor_of
from recruit.common.admin.base import ReadOnlyAdmin
from recruit.common.refusals import Refused
from recruit.curation.models import KeptApart
from recruit.curation.operations import keep_apart, merge_skills, propose_again
from recruit.curation.queries import merge_preview
from recruit.skills.admin import SkillAdmin
from recruit.skills.models import Skill

PAIR = 2
BOTH = "both"  # sent in place of the skill that is kept


class MergingSkillAdmin(SkillAdmin):
    """Skills, two of which can be made one."""

    actions = ["merge_selected", *SkillAdmin.actions]

    def get_urls(self) -> list[URLPattern]:
        merge = path(
            "<uuid:first_id>/merge/<uuid:second_id>/",
            self.admin_site.admin_view(self.merge_view),
            name="skills_skill_merge",
        )
        return [merge, *super().get_urls()]

    @admin.action(description=gettext_lazy("Merge two selected skills"))
    def merge_selected(
        self, request: HttpRequest, queryset: QuerySet[Skill]
    ) -> HttpResponse | None:
        ids = list(queryset.order_by("name", "pk").values_list("pk", flat=True))
        if len(ids) == PAIR:
            return redirect("admin:skills_skill_merge", *ids)
        self.message_user(request, _("Mark exactly two skills."), messages.ERROR)
        return None

    def merge_view(
        self, request: HttpRequest, first_id: UUID, second_id: UUID
    ) -> HttpResponseBase:
        """Show what making one skill of two would change, and do it or keep both."""
        skills = self.get_queryset(request)
        first = get_object_or_404(skills, pk=first_id)
        second = get_object_or_404(skills.exclude(pk=first_id), pk=second_id)
        if request.method == "POST":
            try:
                self.message_user(request, _decided(request, first, second))
            except Refused as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
                return redirect(request.get_full_path())
            return redirect(_after(request))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Are these the same skill?"),
            "first": first,
            "second": second,
            "previews": [merge_preview(first, second), merge_preview(second, first)],
            "is_kept_apart": KeptApart.objects.of_pair(first_id, second_id).exists(),
            "after": _after(request),
        }
        return TemplateResponse(request, "admin/skills/skill/merge.html", context)


def _decided(request: HttpRequest, first: Skill, second: Skill) -> str:
    """Carry out what the form asks for; return the sentence that tells of it."""
    names = {"first": first.name, "second": second.name}
    pair = {str(first.pk): (first, second), str(second.pk): (second, first)}
    said = request.POST.get("kept", "")
    if said == BOTH:
        keep_apart(
            one_id=first.pk,
            other_id=second.pk,
            actor=actor_of(request),
            decided_at=timezone.now(),
        )
        return _("“%(first)s” and “%(second)s” stay two skills.") % names
    if said not in pair:
        raise Refused(_("Say which of the two is kept."))
    kept, merged = pair[said]
    done = merge_skills(
        kept_id=kept.pk,
        merged_id=merged.pk,
        actor=actor_of(request),
        merged_at=timezone.now(),
    )
    people = ngettext("%d person", "%d people", done.people) % done.people
    jobs = ngettext("%d job", "%d jobs", done.jobs) % done.jobs
    return _("“%(merged)s” became “%(kept)s”: %(people)s and %(jobs)s changed.") % {
        "merged": merged.name,
        "kept": kept.name,
        "people": people,
        "jobs": jobs,
    }


def _after(request: HttpRequest) -> str:
    """Return where the reader came from, the list of skills otherwise."""
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        return wanted
    return reverse("admin:skills_skill_changelist")


admin.site.unregister(Skill)
admin.site.register(Skill, MergingSkillAdmin)


@admin.register(KeptApart)
class KeptApartAdmin(ReadOnlyAdmin[KeptApart]):
    """Pairs of which somebody said that they are not the same."""

    list_display = ["first", "second", "decided_by", "decided_at"]
    list_filter = ["decided_at"]
    list_select_related = ["first", "second"]
    search_fields = ["first__name", "second__name", "decided_by"]
    ordering = ["-decided_at", "id"]
    actions = ["propose_selected_again", "export_selected"]
    csv_columns = {
        "skill": "first__name",
        "other_skill": "second__name",
        "decided_by": "decided_by",
        "decided_at": "decided_at",
    }

    @admin.action(description=gettext_lazy("Let selected pairs be proposed again"))
    def propose_selected_again(
        self, request: HttpRequest, queryset: QuerySet[KeptApart]
    ) -> None:
        ids = list(queryset.values_list("pk", flat=True))
        for pair_id in ids:
            propose_again(
                pair_id=pair_id, actor=actor_of(request), decided_at=timezone.now()
            )
        told: Any = ngettext(
            "%d pair may be proposed again.",
            "%d pairs may be proposed again.",
            len(ids),
        )
        self.message_user(request, told % len(ids))
