"""/applications, their moves, and /disposition_reasons"""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from recruit.accounts.choices import Scope
from recruit.api.pagination import SyncedPagination
from recruit.api.preconditions import expected_version
from recruit.api.serializers.applications import (
    DispositionReasonRowSerializer,
    DispositionReasonSerializer,
    EndingSerializer,
    MoveSerializer,
    NamedApplicationSerializer,
    NewApplicationSerializer,
    ReasonListQuery,
    ReasonRowQuery,
)
from recruit.api.serializers.base import NothingSerializer
from recruit.api.serializers.related import (
    ApplicationListQuery,
    ApplicationRowQuery,
    ApplicationRowSerializer,
    ApplicationWithRelatedSerializer,
    NamedApplicationQuery,
)
from recruit.api.views.base import Resource, sourced
from recruit.api.views.external_ids import LOOK_UP, PUT, QUERIES, TOLD, ByExternalId
from recruit.applications import operations
from recruit.applications.blind import known_by_name
from recruit.applications.models import Application, DispositionReason
from recruit.applications.querysets import ApplicationQuerySet
from recruit.applications.stages import NotAStageOfThisJob
from recruit.applications.veil import veiled
from recruit.changes.choices import Kind
from recruit.common.refusals import Refused


class NotTheSame(Refused):
    """Another application has this external id."""


class Applications(ByExternalId[Application]):
    """Candidates considered for jobs, and the moves that are made with them."""

    kind = Kind.APPLICATION
    pagination_class = SyncedPagination
    read_scope = Scope.APPLICATIONS_READ
    write_scope = Scope.APPLICATIONS_WRITE
    query_classes = {
        **QUERIES,
        "list": ApplicationListQuery,
        "retrieve": ApplicationRowQuery,
        LOOK_UP: NamedApplicationQuery,
    }
    told = TOLD
    row_class = ApplicationWithRelatedSerializer
    parts = ("transitions",)
    list_class = ApplicationRowSerializer
    body_classes = {
        "create": NewApplicationSerializer,
        "move": MoveSerializer,
        "reject": EndingSerializer,
        "withdraw": EndingSerializer,
        "hire": NothingSerializer,
        "undo": NothingSerializer,
        PUT: NamedApplicationSerializer,
    }

    def visible(self) -> ApplicationQuerySet:
        return _whole(self.access.applications())

    def as_shown(self, rows: Sequence[Application]) -> Sequence[Application]:
        return veiled(rows)

    def list(self, request: Request) -> Response:
        """List the applications the caller may see, newest first.

        Where the job hides names, `candidate` stands for somebody in this job alone.
        With `candidate`, those on jobs that hide who applied are left out.
        """
        visible = self.access.applications().with_candidate().select_related("job")
        if "candidate" in self.query:
            visible = known_by_name(visible)
        applications = sourced(visible, self.query)
        for name in ("job", "candidate", "stage", "outcome"):
            if name in self.query:
                applications = applications.filter(**{name: self.query[name]})
        return self.answer_page(applications)

    def create(self, request: Request) -> Response:
        """Put a candidate into a job's pipeline."""
        return self.answer_row(self.created(self.checked_body()), is_new=True)

    def created(self, body: NewApplicationSerializer) -> Application:
        stated = body.validated_data
        application = operations.apply(
            job_id=stated["job"].pk,
            candidate_id=stated["candidate"].pk,
            source=stated.get("source", ""),
            external_id=stated.get("external_id", ""),
            actor=self.access.actor,
            applied_at=timezone.now(),
        )
        return self._written(application.pk)

    def changed(self, row: Application, body: NewApplicationSerializer) -> Application:
        """Return the application as it is: of another job or person it cannot become.

        Moves have addresses of their own.
        """
        expected_version(self.request, row)
        stated = body.validated_data
        if (stated["job"].pk, stated["candidate"].pk) != (row.job_id, row.candidate_id):
            raise NotTheSame(_("This external id is that of another application."))
        return row

    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Read one application with its moves."""
        return self.answer_row(self.get_object())

    def move(self, request: Request, pk: UUID) -> Response:
        """Move an active application to another stage."""
        application = self.get_object()
        to_stage = self.checked_body().validated_data["to_stage"]
        try:
            operations.advance(
                application_id=application.pk,
                to_stage=to_stage,
                actor=self.access.actor,
                moved_at=timezone.now(),
                expected_version=expected_version(request, application),
            )
        except NotAStageOfThisJob as refused:
            wrong = ErrorDetail(str(refused), code="invalid_choice")
            raise ValidationError({"to_stage": [wrong]}) from refused
        return self._answer(application.pk)

    def reject(self, request: Request, pk: UUID) -> Response:
        """End an application by our decision, with a reason."""
        application = self.get_object()
        operations.reject(
            application_id=application.pk,
            reason=self.checked_body().validated_data["disposition_reason"],
            actor=self.access.actor,
            moved_at=timezone.now(),
            expected_version=expected_version(request, application),
        )
        return self._answer(application.pk)

    def withdraw(self, request: Request, pk: UUID) -> Response:
        """End an application by the candidate's decision, with a reason."""
        application = self.get_object()
        operations.withdraw(
            application_id=application.pk,
            reason=self.checked_body().validated_data["disposition_reason"],
            actor=self.access.actor,
            moved_at=timezone.now(),
            expected_version=expected_version(request, application),
        )
        return self._answer(application.pk)

    def hire(self, request: Request, pk: UUID) -> Response:
        """End an application at the offer with a hire."""
        application = self.get_object()
        self.checked_body()
        operations.hire(
            application_id=application.pk,
            actor=self.access.actor,
            moved_at=timezone.now(),
            expected_version=expected_version(request, application),
        )
        return self._answer(application.pk)

    def undo(self, request: Request, pk: UUID) -> Response:
        """Take the latest move back, once; the log keeps both.

        A second undo is a 409: a move before the latest cannot be taken back.
        """
        application = self.get_object()
        self.checked_body()
        operations.undo_last_transition(
            application_id=application.pk,
            actor=self.access.actor,
            moved_at=timezone.now(),
            expected_version=expected_version(request, application),
        )
        return self._answer(application.pk)

    def _answer(self, application_id: UUID) -> Response:
        return self.answer_row(self._written(application_id))

    def _written(self, application_id: UUID) -> Application:
        return _whole(Application.objects.all()).get(pk=application_id)


def _whole(applications: ApplicationQuerySet) -> ApplicationQuerySet:
    with_people = applications.with_candidate().select_related("job")
    return with_people.prefetch_related("transitions")


class DispositionReasons(Resource[DispositionReason]):
    """Why an application may end without a hire."""

    read_scope = Scope.APPLICATIONS_READ
    query_classes = {"list": ReasonListQuery, "retrieve": ReasonRowQuery}
    row_class = DispositionReasonSerializer
    list_class = DispositionReasonRowSerializer
    page_order = ("outcome", "position", "id")

    def visible(self) -> QuerySet[DispositionReason]:
        return DispositionReason.objects.all()

    def list(self, request: Request) -> Response:
        """List the reasons, those no longer given included."""
        reasons = self.visible()
        for name in ("outcome", "code", "is_active"):
            if name in self.query:
                reasons = reasons.filter(**{name: self.query[name]})
        return self.answer_page(reasons)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Read one reason."""
        return self.answer_row(self.get_object())
