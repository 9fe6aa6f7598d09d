"""/jobs/{id}/requirements and /jobs/{id}/criteria_versions"""

from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import (
    HTTP_200_OK,
    HTTP_201_CREATED,
    HTTP_204_NO_CONTENT,
)

from recruit.accounts.choices import Scope
from recruit.api.preconditions import etag, expected_version
from recruit.api.serializers.parts import (
    CriteriaVersionSerializer,
    PartQuery,
    RequirementRowSerializer,
    WholeRequirementSerializer,
)
from recruit.api.views.base import M, Resource
from recruit.jobs.models import CriteriaVersion, Job, JobSkill
from recruit.jobs.operations import RequirementInput
from recruit.jobs.requirement_rows import (
    add_requirement,
    change_requirement,
    remove_requirement,
)


class RowsOfJob(Resource[M]):
    """Rows below a job that the caller may see."""

    read_scope = Scope.JOBS_READ
    query_classes = {"list": PartQuery}

    @cached_property
    def job(self) -> Job:
        """Return whose rows they are. Raise Http404, PermissionDenied for writes."""
        job: Job = get_object_or_404(self.access.jobs(), pk=self.kwargs["pk"])
        self.check_object_permissions(self.request, job)
        return job

    def row(self, part_id: UUID) -> M:
        """Return one row. Raise Http404."""
        row: M = get_object_or_404(self.visible(), pk=part_id)
        return row


class Requirements(RowsOfJob[JobSkill]):
    """What a job requires, one skill at a time. The `ETag` is the job's."""

    write_scope = Scope.JOBS_WRITE
    row_class = RequirementRowSerializer
    page_order = ("position", "id")
    body_classes = {
        "create": RequirementRowSerializer,
        "update": WholeRequirementSerializer,
        "partial_update": RequirementRowSerializer,
    }

    def visible(self) -> "QuerySet[JobSkill]":
        return self.job.requirements.select_related("skill")

    def list(self, request: Request, pk: UUID) -> Response:
        """List what the job requires, in its order."""
        return self.answer_page(self.visible())

    def create(self, request: Request, pk: UUID) -> Response:
        """Require one more skill; a new version of the criteria is kept."""
        job = self.job
        body = self.checked_body()
        job, row = add_requirement(
            job_id=job.pk,
            stated=RequirementInput(**body.validated_data),
            actor=self.access.actor,
            changed_at=timezone.now(),
            expected_version=expected_version(request, job),
        )
        return self._answer(row.pk, job, is_new=True)

    def retrieve(self, request: Request, pk: UUID, part_id: UUID) -> Response:
        """Read one requirement."""
        return self._answer(part_id, self.job)

    def update(self, request: Request, pk: UUID, part_id: UUID) -> Response:
        """Replace one requirement: every field must be stated."""
        return self._change(part_id)

    def partial_update(self, request: Request, pk: UUID, part_id: UUID) -> Response:
        """Change what is stated of one requirement."""
        return self._change(part_id)

    def _change(self, part_id: UUID) -> Response:
        job = self.job
        row = self.row(part_id)
        changed, _row = change_requirement(
            job_id=job.pk,
            row_id=row.pk,
            fields=dict(self.checked_body().validated_data),
            actor=self.access.actor,
            changed_at=timezone.now(),
            expected_version=expected_version(self.request, job),
        )
        return self._answer(row.pk, changed)

    def destroy(self, request: Request, pk: UUID, part_id: UUID) -> Response:
        """Require a skill no longer; a new version of the criteria is kept."""
        job = self.job
        changed = remove_requirement(
            job_id=job.pk,
            row_id=self.row(part_id).pk,
            actor=self.access.actor,
            changed_at=timezone.now(),
            expected_version=expected_version(request, job),
        )
        return Response(status=HTTP_204_NO_CONTENT, headers={"ETag": etag(changed)})

    def _answer(self, part_id: UUID, job: Job, *, is_new: bool = False) -> Response:
        headers = {"ETag": etag(job)}
        if is_new:
            address = f"{self.request.path}/{part_id}"
            headers["Location"] = self.request.build_absolute_uri(address)
        body = self.row_class(self.row(part_id), context=self.body_context)
        return Response(
            body.data,
            status=HTTP_201_CREATED if is_new else HTTP_200_OK,
            headers=headers,
        )


class CriteriaVersions(RowsOfJob[CriteriaVersion]):
    """What a job required before, and who changed it."""

    row_class = CriteriaVersionSerializer
    page_order = ("-number",)

    def visible(self) -> "QuerySet[CriteriaVersion]":
        return self.job.criteria_versions.all()

    def list(self, request: Request, pk: UUID) -> Response:
        """List what the job required, the newest version first."""
        return self.answer_page(self.visible())

    def retrieve(self, request: Request, pk: UUID, part_id: UUID) -> Response:
        """Read what one version required."""
        return self.answer_row(self.row(part_id))
