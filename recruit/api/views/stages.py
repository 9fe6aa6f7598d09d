"""/jobs/{id}/stages"""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from recruit.accounts.choices import Scope
from recruit.api.serializers.applications import StagesSerializer
from recruit.api.views.base import Resource
from recruit.applications.stages import stages_of
from recruit.jobs.models import Job
from recruit.jobs.querysets import JobQuerySet


class Stages(Resource[Job]):
    """The stages through which people of a job go."""

    read_scope = Scope.JOBS_READ
    row_class = StagesSerializer
    answers_whole = True  # a handful: no pages
    pagination_class = None

    def visible(self) -> JobQuerySet:
        return self.access.jobs()

    def list(self, request: Request, pk: UUID) -> Response:
        """List the stages of a job, first to last.

        `/move` takes their codes. An application ends at any of them, by `/reject` and
        `/withdraw`; `/hire` is for those whose `leads_to_hire` is true.
        """
        body = {"items": stages_of(self.get_object()), "next": None}
        return Response(StagesSerializer(body).data)
