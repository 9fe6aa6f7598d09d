"""/tags, /candidates/{id}/tags and /jobs/{id}/tags"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import (
    HTTP_200_OK,
    HTTP_201_CREATED,
    HTTP_204_NO_CONTENT,
)

from recruit.accounts.choices import Scope
from recruit.api.permissions import (
    AdministratorsChange,
    RecruitersOnly,
    TokenHoldsScope,
)
from recruit.api.preconditions import expected_version
from recruit.api.serializers.base import NothingSerializer
from recruit.api.serializers.tags import (
    BearersQuery,
    BorneTagSerializer,
    MergeSerializer,
    TagListQuery,
    TagNameSerializer,
    TagRowQuery,
    TagRowSerializer,
    TagSerializer,
)
from recruit.api.views.base import Resource
from recruit.common.text import fold
from recruit.notes import tagging
from recruit.notes.models import CandidateTag, JobTag, Tag
from recruit.notes.querysets import TagQuerySet

B = TypeVar("B", CandidateTag, JobTag)


class Tags(Resource[Tag]):
    """The vocabulary of tags; recruiters add to it, administrators change it."""

    read_scope = Scope.TAGS_READ
    write_scope = Scope.TAGS_WRITE
    permission_classes = (IsAuthenticated, TokenHoldsScope, AdministratorsChange)
    query_classes = {"list": TagListQuery, "retrieve": TagRowQuery}
    row_class = TagSerializer
    list_class = TagRowSerializer
    body_classes = {
        "create": TagNameSerializer,
        "partial_update": TagNameSerializer,
        "merge": MergeSerializer,
    }

    def visible(self) -> TagQuerySet:
        return self._counted(self.access.tags())

    def _counted(self, tags: TagQuerySet) -> TagQuerySet:
        people = CandidateTag.objects.filter(candidate__in=self.access.candidates())
        jobs = JobTag.objects.filter(job__in=self.access.jobs())
        return tags.annotate(candidate_count=_of_tag(people), job_count=_of_tag(jobs))

    def list(self, request: Request) -> Response:
        """List the tags by name. A hiring manager sees those of their jobs."""
        tags = self.visible()
        if "q" in self.query:
            tags = tags.filter(key__startswith=fold(self.query["q"]))
        if "name" in self.query:
            named = Tag.objects.filter(key=fold(self.query["name"]))
            leads_to = Coalesce("merged_into", "pk")
            tags = tags.filter(pk__in=named.values(leads_to_id=leads_to))
        return self.answer_page(tags)

    def create(self, request: Request) -> Response:
        """Make a tag that nobody bears yet. A name that is taken is a 409."""
        tag = tagging.create_tag(
            name=self.checked_body().validated_data["name"],
            actor=self.access.actor,
            created_at=timezone.now(),
        )
        return self._answer(tag.pk, is_new=True)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Read one tag."""
        return self.answer_row(self.get_object())

    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Rename a tag (administrators)."""
        tag, stated = self.get_object(), self.checked_body().validated_data
        tagging.rename_tag(
            tag_id=tag.pk,
            name=stated.get("name", tag.name),
            actor=self.access.actor,
            renamed_at=timezone.now(),
            expected_version=expected_version(request, tag),
        )
        return self._answer(tag.pk)

    def destroy(self, request: Request, pk: UUID) -> Response:
        """Take a tag away from everybody, and from the list (administrators)."""
        tag = self.get_object()
        tagging.delete_tag(
            tag_id=tag.pk,
            actor=self.access.actor,
            deleted_at=timezone.now(),
            expected_version=expected_version(request, tag),
        )
        return Response(status=HTTP_204_NO_CONTENT)

    def merge(self, request: Request, pk: UUID) -> Response:
        """Make a tag part of another, which is answered (administrators).

        Whoever bore this one bears the other, and its name leads there.
        """
        tag = self.get_object()
        kept = self.checked_body().validated_data["into"]
        tagging.merge_tags(
            kept_id=kept.pk,
            merged_id=tag.pk,
            actor=self.access.actor,
            merged_at=timezone.now(),
            expected_version=expected_version(request, tag),
        )
        return self._answer(kept.pk)

    def _answer(self, tag_id: UUID, *, is_new: bool = False) -> Response:
        tag = self._counted(Tag.objects.all()).get(pk=tag_id)
        return self.answer_row(tag, is_new=is_new)


def _of_tag(rows: "QuerySet[Any]") -> Coalesce:
    of_tag = rows.filter(tag=OuterRef("pk")).order_by().values("tag")
    counted = of_tag.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


class BorneTags(Resource[B]):
    """The tags of one person or job."""

    read_scope = Scope.TAGS_READ
    write_scope = Scope.TAGS_WRITE
    query_classes = {"list": BearersQuery}
    row_class = BorneTagSerializer
    body_classes = {"create": TagNameSerializer, "update": NothingSerializer}
    statuses: ClassVar[Mapping[str, tuple[int, ...]]] = {
        "create": (HTTP_200_OK, HTTP_201_CREATED),
        "update": (HTTP_200_OK, HTTP_201_CREATED),
    }
    page_order = ("-tagged_at", "-id")

    bearer: ClassVar[str]  # the field that names the person or job

    def bearers(self) -> "QuerySet[Any]":
        """Return the people or jobs that the caller may see."""
        raise NotImplementedError

    def give(self, bearer: Model) -> Callable[..., tagging.Tagged]:
        raise NotImplementedError

    def take(self, bearer: Model) -> Callable[..., tagging.Tagged]:
        raise NotImplementedError

    def _bearer(self) -> Model:
        found: Model = get_object_or_404(self.bearers(), pk=self.kwargs["pk"])
        self.check_object_permissions(self.request, found)
        return found

    def _borne(self, bearer: Model) -> "QuerySet[B]":
        rows = self.visible().filter(**{self.bearer: bearer.pk})
        return rows.select_related("tag")

    def _borne_row(self, bearer: Model, tag_id: UUID) -> B:
        """Return what bears a tag. Raise Http404, the same whether there is the tag."""
        meant = Tag.objects.filter(pk=tag_id)
        leads_to = meant.values_list(Coalesce("merged_into", "pk"))
        row: B = get_object_or_404(self._borne(bearer), tag__in=leads_to)
        return row

    def _give_named(self) -> Response:
        bearer = self._bearer()
        return self._given(bearer, name=self.checked_body().validated_data["name"])

    def _give_tag(self, tag_id: UUID) -> Response:
        bearer = self._bearer()
        self.checked_body()
        return self._given(bearer, tag_id=self._tag(tag_id).pk)

    def _take_tag(self, tag_id: UUID) -> Response:
        bearer = self._bearer()
        row = self._borne_row(bearer, tag_id)
        self.take(bearer)(tag_id=row.tag_id)
        return Response(status=HTTP_204_NO_CONTENT)

    def _given(self, bearer: Model, **meant: Any) -> Response:
        tagged = self.give(bearer)(**meant)
        row = self._borne(bearer).get(tag=tagged.tag)
        headers = {}
        if tagged.ids:
            address = f"{self.request.path.partition('/tags')[0]}/tags/{row.tag_id}"
            headers["Location"] = self.request.build_absolute_uri(address)
        return Response(
            BorneTagSerializer(row).data,
            status=HTTP_201_CREATED if tagged.ids else HTTP_200_OK,
            headers=headers,
        )

    def _tag(self, tag_id: UUID) -> Tag:
        tags = Tag.objects.select_related("merged_into")
        found: Tag = get_object_or_404(tags, pk=tag_id)
        return found.merged_into or found


class CandidateTags(BorneTags[CandidateTag]):
    """The tags of one candidate."""

    permission_classes = (IsAuthenticated, TokenHoldsScope, RecruitersOnly)
    bearer = "candidate"

    def visible(self) -> "QuerySet[CandidateTag]":
        return CandidateTag.objects.all()

    def bearers(self) -> "QuerySet[Any]":
        return self.access.candidates()

    def give(self, bearer: Model) -> Callable[..., tagging.Tagged]:
        return partial(
            tagging.tag_candidates,
            candidate_ids=[bearer.pk],
            actor=self.access.actor,
            tagged_at=timezone.now(),
        )

    def take(self, bearer: Model) -> Callable[..., tagging.Tagged]:
        return partial(
            tagging.untag_candidates,
            candidate_ids=[bearer.pk],
            actor=self.access.actor,
            untagged_at=timezone.now(),
        )

    def list(self, request: Request, pk: UUID) -> Response:
        """List the tags of a candidate, those given last first (recruiters)."""
        return self.answer_page(self._borne(self._bearer()))

    def create(self, request: Request, pk: UUID) -> Response:
        """Give a candidate the tag of a name; one that is not there yet is made.

        200 where the candidate bore it before.
        """
        return self._give_named()

    def update(self, request: Request, pk: UUID, tag_id: UUID) -> Response:
        """Give a candidate a tag; the id of a merged one gives the one it became."""
        return self._give_tag(tag_id)

    def destroy(self, request: Request, pk: UUID, tag_id: UUID) -> Response:
        """Take a tag away from a candidate; 404 where it was not borne."""
        return self._take_tag(tag_id)


class JobTags(BorneTags[JobTag]):
    """The tags of one job."""

    bearer = "job"

    def visible(self) -> "QuerySet[JobTag]":
        return JobTag.objects.all()

    def bearers(self) -> "QuerySet[Any]":
        return self.access.jobs()

    def give(self, bearer: Model) -> Callable[..., tagging.Tagged]:
        return partial(
            tagging.tag_jobs,
            job_ids=[bearer.pk],
            actor=self.access.actor,
            tagged_at=timezone.now(),
        )

    def take(self, bearer: Model) -> Callable[..., tagging.Tagged]:
        return partial(
            tagging.untag_jobs,
            job_ids=[bearer.pk],
            actor=self.access.actor,
            untagged_at=timezone.now(),
        )

    def list(self, request: Request, pk: UUID) -> Response:
        """List the tags of a job, those given last first."""
        return self.answer_page(self._borne(self._bearer()))

    def create(self, request: Request, pk: UUID) -> Response:
        """Give a job the tag of a name; one that is not there yet is made.

        200 where the job bore it before.
        """
        return self._give_named()

    def update(self, request: Request, pk: UUID, tag_id: UUID) -> Response:
        """Give a job a tag; the id of a merged one gives the one it became."""
        return self._give_tag(tag_id)

    def destroy(self, request: Request, pk: UUID, tag_id: UUID) -> Response:
        """Take a tag away from a job; 404 where it was not borne."""
        return self._take_tag(tag_id)
