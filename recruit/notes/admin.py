"""Admin pages of tags: rename, merge, delete; of notes and who bears a tag: read."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruit.accounts.admin import actor_of
from recruit.common.admin.base import (
    OperationAdmin,
    Parts,
    ReadOnlyAdmin,
    ReadOnlyInline,
)
from recruit.common.refusals import Refused
from recruit.notes.models import (
    CandidateTag,
    JobTag,
    Mention,
    Note,
    NoteVersion,
    Tag,
)
from recruit.notes.tagging import create_tag, delete_tag, merge_tags, rename_tag

FEWEST_MERGED = 2
MOST_MERGED = 20


@admin.register(Tag)
class TagAdmin(OperationAdmin[Tag]):
    """Tags that stand; those that became part of another are words leading there."""

    fields = ["name"]
    list_display = ["name", "people", "jobs", "created_at"]
    list_filter = ["created_at"]
    search_fields = ["name", "key"]
    ordering = ["key"]
    actions = ["merge_selected", "export_selected"]
    is_deletable = True
    csv_columns = {"name": "name", "people": "people_count", "jobs": "job_count"}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        tags = super().get_queryset(request).filter(merged_into=None)
        return tags.annotate(
            people_count=Count("candidate_tags", distinct=True),
            job_count=Count("job_tags", distinct=True),
        )

    @admin.display(description=gettext_lazy("people"), ordering="people_count")
    def people(self, tag: Tag) -> int:
        return int(vars(tag)["people_count"])

    @admin.display(description=gettext_lazy("jobs"), ordering="job_count")
    def jobs(self, tag: Tag) -> int:
        return int(vars(tag)["job_count"])

    def create(
        self, request: HttpRequest, stated: Mapping[str, Any], parts: Parts
    ) -> Tag:
        return create_tag(
            name=stated["name"], actor=actor_of(request), created_at=timezone.now()
        )

    def update(
        self, request: HttpRequest, row: Tag, stated: Mapping[str, Any], parts: Parts
    ) -> None:
        rename_tag(
            tag_id=row.pk,
            name=stated["name"],
            actor=actor_of(request),
            renamed_at=timezone.now(),
        )

    def remove(self, request: HttpRequest, row: Tag) -> None:
        delete_tag(tag_id=row.pk, actor=actor_of(request), deleted_at=timezone.now())

    def get_urls(self) -> list[URLPattern]:
        merge = path(
            "merge/",
            self.admin_site.admin_view(self.merge_view),
            name="notes_tag_merge",
        )
        return [merge, *super().get_urls()]

    @admin.action(description=gettext_lazy("Merge selected tags"))
    def merge_selected(
        self, request: HttpRequest, queryset: QuerySet[Tag]
    ) -> HttpResponse | None:
        tags = list(queryset.order_by("key")[: MOST_MERGED + 1])
        if FEWEST_MERGED <= len(tags) <= MOST_MERGED:
            return self._merge_page(request, tags)
        words = _("Mark %(fewest)d to %(most)d tags.")
        told = words % {"fewest": FEWEST_MERGED, "most": MOST_MERGED}
        self.message_user(request, told, messages.ERROR)
        return None

    def _merge_page(self, request: HttpRequest, tags: list[Tag]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Which of these tags is kept?"),
            "tags": tags,
        }
        return TemplateResponse(request, "admin/notes/tag/merge.html", context)

    def merge_view(self, request: HttpRequest) -> HttpResponseBase:
        """Make all tags that a form names part of the one that is kept."""
        if request.method == "POST":
            try:
                self.message_user(request, self._merged(request))
            except Refused as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
        return redirect("admin:notes_tag_changelist")

    def _merged(self, request: HttpRequest) -> str:
        named = {str(tag.pk): tag for tag in self.get_queryset(request)}
        kept = named.get(request.POST.get("kept", ""))
        others = [named.get(one) for one in request.POST.getlist("tag")]
        merged = [tag for tag in others if tag is not None and tag != kept]
        if kept is None or not merged:
            raise Refused(_("Say which of the tags is kept."))
        for tag in merged[:MOST_MERGED]:
            merge_tags(
                kept_id=kept.pk,
                merged_id=tag.pk,
                actor=actor_of(request),
                merged_at=timezone.now(),
            )
        names = ", ".join(f"“{tag.name}”" for tag in merged)
        return _("%(merged)s became “%(kept)s”.") % {"merged": names, "kept": kept.name}


class VersionInline(ReadOnlyInline):
    model = NoteVersion
    fields = ["number", "text", "written_at"]


class MentionInline(ReadOnlyInline):
    model = Mention
    fields = ["user", "mentioned_at", "read_at"]


@admin.register(Note)
class NoteAdmin(ReadOnlyAdmin[Note]):
    fields = ["candidate", "job", "text", "author_name", "written_at", "edited_at"]
    list_display = ["written_at", "author_name", "candidate", "job"]
    list_filter = ["written_at"]
    list_select_related = ["candidate", "job"]
    search_fields = ["author_name"]
    ordering = ["-written_at", "id"]
    show_full_result_count = False
    inlines = [VersionInline, MentionInline]
    csv_columns = {
        "candidate_id": "candidate_id",
        "job": "job__requisition_code",
        "author": "author_name",
        "written_at": "written_at",
    }


@admin.register(CandidateTag)
class CandidateTagAdmin(ReadOnlyAdmin[CandidateTag]):
    list_display = ["tag", "candidate", "tagged_at", "tagged_by_name"]
    list_filter = ["tagged_at"]
    list_select_related = ["tag", "candidate"]
    search_fields = ["tag__name", "tagged_by_name"]
    ordering = ["-tagged_at", "id"]
    show_full_result_count = False
    csv_columns = {"tag": "tag__name", "candidate_id": "candidate_id"}


@admin.register(JobTag)
class JobTagAdmin(ReadOnlyAdmin[JobTag]):
    list_display = ["tag", "job", "tagged_at", "tagged_by_name"]
    list_filter = ["tagged_at"]
    list_select_related = ["tag", "job"]
    search_fields = ["tag__name", "job__requisition_code", "tagged_by_name"]
    ordering = ["-tagged_at", "id"]
    csv_columns = {"tag": "tag__name", "job": "job__requisition_code"}
