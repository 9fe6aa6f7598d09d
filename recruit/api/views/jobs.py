"""/jobs"""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from recruit.accounts.choices import Scope
from recruit.api.pagination import SyncedPagination
from recruit.api.preconditions import expected_version
from recruit.api.serializers.jobs import (
    JobSerializer,
    NamedJobSerializer,
    WholeJobSerializer,
)
from recruit.api.serializers.related import (
    JobListQuery,
    JobRowQuery,
    JobRowSerializer,
    JobWithRelatedSerializer,
    NamedJobQuery,
)
from recruit.api.views.base import sourced
from recruit.api.views.external_ids import (
    LOOK_UP,
    PATCH,
    PUT,
    QUERIES,
    TOLD,
    ByExternalId,
)
from recruit.changes.choices import Kind
from recruit.jobs.models import Job
from recruit.jobs.operations import create_job, update_job
from recruit.jobs.querysets import JobQuerySet


class Jobs(ByExternalId[Job]):
    """Jobs (requisitions) with what they require."""

    kind = Kind.JOB
    pagination_class = SyncedPagination
    read_scope = Scope.JOBS_READ
    write_scope = Scope.JOBS_WRITE
    query_classes = {
        **QUERIES,
        "list": JobListQuery,
        "retrieve": JobRowQuery,
        LOOK_UP: NamedJobQuery,
    }
    told = TOLD
    row_class = JobWithRelatedSerializer
    parts = ("requirements",)
    list_class = JobRowSerializer
    body_classes = {
        "create": JobSerializer,
        "update": WholeJobSerializer,
        "partial_update": JobSerializer,
        PUT: NamedJobSerializer,
        PATCH: JobSerializer,
    }

    def visible(self) -> JobQuerySet:
        return self.access.jobs().with_requirements().with_people()

    def list(self, request: Request) -> Response:
        """List the jobs the caller may see, newest first."""
        jobs = self.access.jobs().select_related("hiring_manager")
        if self.asks_for("recruiters"):
            jobs = jobs.prefetch_related("recruiters")
        if "q" in self.query:
            jobs = jobs.mentioning(self.query["q"])
        for name in ("status", "family", "requisition_code"):
            if name in self.query:
                jobs = jobs.filter(**{name: self.query[name]})
        return self.answer_page(sourced(jobs, self.query))

    def create(self, request: Request) -> Response:
        """Make a job with its requirements."""
        return self.answer_row(self.created(self.checked_body()), is_new=True)

    def created(self, body: JobSerializer) -> Job:
        job = create_job(
            fields=body.stated_fields(),
            requirements=body.stated_requirements() or (),
            actor=self.access.actor,
            created_at=timezone.now(),
        )
        return self._written(job.pk)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Read one job."""
        return self.answer_row(self.get_object())

    def update(self, request: Request, pk: UUID) -> Response:
        """Replace a job: every field must be stated."""
        return self.answer_row(self.changed(self.get_object(), self.checked_body()))

    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Change the fields that are stated, the status among them."""
        return self.answer_row(self.changed(self.get_object(), self.checked_body()))

    def changed(self, job: Job, body: JobSerializer) -> Job:
        update_job(
            job_id=job.pk,
            fields=body.stated_fields(),
            requirements=body.stated_requirements(),
            actor=self.access.actor,
            changed_at=timezone.now(),
            expected_version=expected_version(self.request, job),
        )
        return self._written(job.pk)

    def _written(self, job_id: UUID) -> Job:
        """Return a job as it was written. Raise ValidationError if the caller would
        not see it any more, as the page does.
        """
        job = self.visible().filter(pk=job_id).first()
        if job is None:  # what was written is undone
            sentence = _(
                "Name yourself on the job, or it would be out of your own sight."
            )
            detail = ErrorDetail(str(sentence), "out_of_sight")
            raise ValidationError({"confidential": [detail]})
        return job
