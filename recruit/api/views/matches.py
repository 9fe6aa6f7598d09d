"""/jobs/{id}/matches and /candidates/{id}/jobs: the rankings that the pages show."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from matching.conf import encoder_identity
from matching.listing.job_list import Asked, JobList, list_for_job
from matching.listing.positions import Cursor, NoCursor, Position, cursor_of
from matching.matches import (
    CandidateHasTooLittleText,
    CandidateNotEmbedded,
    JobHasTooLittleText,
    JobMatch,
    JobNotEmbedded,
    jobs_for_candidate,
)
from recruit.accounts.choices import Scope
from recruit.api.access import Access
from recruit.api.serializers.facets import (
    address_of,
    facets_told,
    gates_told,
    refuse_mistakes,
)
from recruit.api.serializers.matches import (
    CandidateJobsSerializer,
    JobMatchesQuery,
    JobMatchesSerializer,
    MatchesQuery,
    PageSerializer,
)
from recruit.api.views.base import Resource
from recruit.applications.veil import veil_of
from recruit.candidates.models import Candidate
from recruit.candidates.querysets import CandidateQuerySet
from recruit.finding.job_list_form import JobListForm
from recruit.jobs.models import Job
from recruit.jobs.querysets import JobQuerySet

PAY = ("salary", "salary_unsaid")


class NoRanking(APIException):
    """There is nothing to compare; `wait` says when to ask again, where that helps."""

    status_code = HTTPStatus.CONFLICT

    def __init__(self, sentence: str, code: str, *, wait: int | None = None) -> None:
        super().__init__(sentence, code)
        self.wait = wait


def not_encoded(code: str) -> NoRanking:
    sentence = _("The matches are being prepared; ask again in a few seconds.")
    return NoRanking(sentence, code, wait=5)


def ranking_changed() -> NoRanking:
    sentence = _("The ranking is another one since; begin at its first page.")
    return NoRanking(sentence, "ranking_changed")


class RankedCandidates(Resource[Job]):
    """Who fits a job."""

    read_scope = Scope.MATCHES_READ
    query_classes = {"matches": JobMatchesQuery}
    row_class = JobMatchesSerializer

    def visible(self) -> JobQuerySet:
        return self.access.jobs().with_requirements()

    def matches(self, request: Request, pk: UUID) -> Response:
        """Rank the candidates for a job, with the evidence for each.

        Filters, gates, evidence and order are those of the job's page. By cosine
        similarity, or with `order=hybrid` by the words of the job and the similarity
        together; then by id. `rank` is the place among all who pass the gates: who may
        see some of them sees those at their true places. People in the job's pipeline
        are not in it. A job that hides names gives people without them, with an id that
        stands for them in this job alone.

        Pages never repeat or skip anybody: who changes after the first page was made is
        counted apart. A job that was not encoded yet is a 409 with `Retry-After`, a
        cursor of a ranking that is another one since a 409 (`ranking_changed`).
        """
        _refuse_pay(self.query, self.access)
        job = self.get_object()
        form = _form_of(self.query)
        asked = form.asked(job, today=timezone.localdate())
        asked = replace(asked, only=_only(self.access))
        found = _listed(job, self.access, asked, self.query["per_page"])
        if found.is_begun_anew:
            raise ranking_changed()
        return _page(
            request, JobMatchesSerializer, self._body(found, form), found.later
        )

    def _body(self, found: JobList, form: JobListForm) -> dict[str, Any]:
        names = {str(skill.pk): skill.name for skill in form.skills()}
        required = found.job.requirements.all()
        names |= {str(row.skill_id): row.skill.name for row in required}
        # Who recommended somebody may tell who it is.
        hidden = ["source"] if veil_of(found.job).is_on else []
        hidden += [] if self.access.has_scope(Scope.PROTECTED) else ["salary"]
        body = {name: getattr(found, name) for name in _TOLD}
        return body | {
            "items": found.matches,
            "order": found.asked.order,
            "sort": found.asked.sort,
            "facets": facets_told(found.counted, names, hidden=hidden),
            "gates": gates_told(found.counted),
            "passing_count": found.counted.passing,
            "gated_count": found.counted.gated,
            "changed_since_count": found.changed_since,
        }


_TOLD = (
    "job",
    "encoder",
    "excluded",
    "not_enough_data",
    "excluded_count",
    "not_enough_data_count",
    "pool_count",
    "waiting_count",
)


def _refuse_pay(query: Mapping[str, Any], access: Access) -> None:
    """Refuse to narrow or sort by pay without the right to see it."""
    asks = any(query.get(name) for name in PAY) or query["sort"] == "salary"
    if asks and not access.has_scope(Scope.PROTECTED):
        lacks = _("The token lacks the scope %s.") % Scope.PROTECTED.value
        raise PermissionDenied(lacks, code="missing_scope")


def _form_of(query: Mapping[str, Any]) -> JobListForm:
    """Return the form of the page with what was asked here. Raise ValidationError."""
    names = [name for name in JobListForm.base_fields if name in query]
    address = address_of(query, *names)
    if query.get("cursor"):
        address["after"] = query["cursor"]
    form = JobListForm(address)
    refuse_mistakes(form, named={"after": "cursor"})
    return form


def _only(access: Access) -> tuple[UUID, ...] | None:
    """Return whom the token's user sees, where that is not everybody."""
    if access.user.is_recruiting:
        return None
    return tuple(sorted(access.candidates().values_list("pk", flat=True)))


def _listed(job: Job, access: Access, asked: Asked, size: int) -> JobList:
    try:
        return list_for_job(job=job, viewer=access.user, asked=asked, size=size)
    except JobNotEmbedded as error:
        raise not_encoded("job_not_embedded") from error
    except JobHasTooLittleText as error:
        raise NoRanking(
            _("The job names no skills and says too little to be compared."),
            "job_has_too_little_text",
        ) from error


def _page(
    request: Request,
    body_class: type[PageSerializer],
    body: dict[str, Any],
    later: Cursor | None,
) -> Response:
    address = request.build_absolute_uri()
    following = replace_query_param(address, "cursor", str(later)) if later else None
    headers = {"Link": f'<{following}>; rel="next"'} if following else {}
    return Response(body_class(body | {"next": following}).data, headers=headers)


class RankedJobs(Resource[Candidate]):
    """Which jobs fit a candidate."""

    read_scope = Scope.MATCHES_READ
    query_classes = {"jobs": MatchesQuery}
    row_class = CandidateJobsSerializer

    def visible(self) -> CandidateQuerySet:
        return self.access.candidates().with_profile()

    def jobs(self, request: Request, pk: UUID) -> Response:
        """Rank the open jobs for a candidate, with the evidence for each.

        `rank` is the place among the open jobs that the caller may see: of others
        nothing is told. Jobs in whose pipeline the person is, and those that exclude a
        skill they hold, are not ranked.
        """
        candidate, size = self.get_object(), self.query["per_page"]
        encoder = encoder_identity()
        after = _after(self.query.get("cursor"), encoder)
        found = _jobs_for(candidate, self.access, size + 1, after)
        later = _cursor(found[size - 1], encoder) if len(found) > size else None
        body = {"candidate": candidate, "items": found[:size], "encoder": encoder}
        return _page(request, CandidateJobsSerializer, body, later)


def _jobs_for(
    candidate: Candidate, access: Access, limit: int, after: tuple[float, UUID] | None
) -> tuple[JobMatch, ...]:
    try:
        return jobs_for_candidate(
            candidate=candidate,
            limit=limit,
            viewer=access.user,
            among=access.jobs(),
            after=after,
        )
    except CandidateNotEmbedded as error:
        raise not_encoded("candidate_not_embedded") from error
    except CandidateHasTooLittleText as error:
        raise NoRanking(
            _("The profile says too little to be compared."),
            "candidate_has_too_little_text",
        ) from error


def _cursor(last: JobMatch, encoder: str) -> Cursor:
    return Cursor(Position(0.0, last.similarity, last.job.pk), encoder, None)


def _after(given: str | None, encoder: str) -> tuple[float, UUID] | None:
    """Return behind which job a page begins. Raise ValidationError for no cursor."""
    if not given:
        return None
    try:
        cursor = cursor_of(given)
    except NoCursor as error:
        sentence = _("This is not a cursor of this list.")
        raise ValidationError({"cursor": [sentence]}, code="bad_cursor") from error
    if cursor.ranking != encoder:
        raise ranking_changed()
    return cursor.position.similarity, cursor.position.candidate_id
