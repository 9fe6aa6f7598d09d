"""/jobs/{id}/matches and /candidates/{id}/jobs: the rankings that the pages show."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from matching.conf import encoder_identity
from matching.listing.job_list import Asked, JobList, list_for_job
from matching.listing.positions import Cursor, Position
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
from recruit.api.cursors import digest_of, opened, sealed
from recruit.api.protected import refuse_unless_protected, shown
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
)
from recruit.api.views.base import M, Resource
from recruit.applications.veil import veil_of
from recruit.candidates.models import Candidate
from recruit.candidates.querysets import CandidateQuerySet
from recruit.finding.job_list_form import JobListForm
from recruit.jobs.models import Job
from recruit.jobs.querysets import JobQuerySet

PAY = ("salary", "salary_unsaid")

NOTHING_TO_COMPARE = (
    "It says too little to be compared, or was not encoded yet; then `Retry-After`"
    " says when to ask again."
)


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


class Ranking(Resource[M]):
    """A list in the order of a ranking."""

    def answer_ranked(self, body: dict[str, Any], later: Cursor | None) -> Response:
        """Return one page with the address of the next."""
        following = None
        if later is not None:
            cursor = _sealed(self.request, self.query, later)
            here = self.request.build_absolute_uri()
            following = replace_query_param(here, "cursor", cursor)
        headers = {"Link": f'<{following}>; rel="next"'} if following else {}
        told = self.row_class(body | {"next": following}).data
        return Response(shown(told, self.access), headers=headers)


class RankedCandidates(Ranking[Job]):
    """Who fits a job."""

    read_scope = Scope.MATCHES_READ
    query_classes = {"matches": JobMatchesQuery}
    row_class = JobMatchesSerializer
    told = {"matches": {"409": NOTHING_TO_COMPARE}}

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
        asked = replace(
            form.asked(job, today=timezone.localdate()),
            after=_opened(request, self.query),
            only=_only(self.access),
        )
        found = _listed(job, self.access, asked, self.query["per_page"])
        if found.is_begun_anew:
            raise ranking_changed()
        return self.answer_ranked(self._body(found, form), found.later)

    def _body(self, found: JobList, form: JobListForm) -> dict[str, Any]:
        names = {str(skill.pk): skill.name for skill in form.skills()}
        required = found.job.requirements.all()
        names |= {str(row.skill_id): row.skill.name for row in required}
        # Who recommended somebody may tell who it is.
        hidden = ["source"] if veil_of(found.job).is_on else []
        hidden += [] if self.access.sees_protected else ["salary"]
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
    if asks:
        refuse_unless_protected(access)


def _form_of(query: Mapping[str, Any]) -> JobListForm:
    """Return the form of the page with what was asked here. Raise ValidationError."""
    names = [name for name in JobListForm.base_fields if name in query]
    form = JobListForm(address_of(query, *names))
    refuse_mistakes(form)
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


def _sealed(request: Request, query: Mapping[str, Any], cursor: Cursor) -> str:
    """Return a cursor as an opaque word for this list alone."""
    place = cursor.position
    content = {
        "place": [place.key, place.similarity, place.candidate_id.hex],
        "ranking": cursor.ranking,
        "as_of": cursor.as_of.isoformat() if cursor.as_of else None,
    }
    bound_to = digest_of(request.path, query)
    return sealed(content, name="cursor", bound_to=bound_to)


def _opened(request: Request, query: Mapping[str, Any]) -> Cursor | None:
    """Return behind whom the page begins. Raise ValidationError for no cursor."""
    if not query.get("cursor"):
        return None
    bound_to = digest_of(request.path, query)
    content = opened(query["cursor"], name="cursor", bound_to=bound_to)
    key, similarity, pk = content["place"]
    as_of = content["as_of"] and datetime.fromisoformat(content["as_of"])
    return Cursor(Position(key, similarity, UUID(pk)), content["ranking"], as_of)


class RankedJobs(Ranking[Candidate]):
    """Which jobs fit a candidate."""

    read_scope = Scope.MATCHES_READ
    query_classes = {"jobs": MatchesQuery}
    row_class = CandidateJobsSerializer
    told = {"jobs": {"409": NOTHING_TO_COMPARE}}

    def visible(self) -> CandidateQuerySet:
        return self.access.candidates().with_profile()

    def jobs(self, request: Request, pk: UUID) -> Response:
        """Rank the open jobs for a candidate, with the evidence for each.

        `rank` is the place among the open jobs that the caller may see: of others
        nothing is told. Jobs in whose pipeline the person is, and those that exclude a
        skill they hold, are not ranked.
        """
        candidate, size = self.get_object(), self.query["per_page"]
        encoder, cursor = encoder_identity(), _opened(request, self.query)
        if cursor is not None and cursor.ranking != encoder:
            raise ranking_changed()
        after = cursor.position if cursor else None
        found = _jobs_for(candidate, self.access, size + 1, after)
        body = {"candidate": candidate, "items": found[:size], "encoder": encoder}
        if len(found) <= size:
            return self.answer_ranked(body, None)
        last = found[size - 1]
        edge = Position(0.0, last.similarity, last.job.pk)
        return self.answer_ranked(body, Cursor(edge, encoder, None))


def _jobs_for(
    candidate: Candidate, access: Access, limit: int, after: Position | None
) -> tuple[JobMatch, ...]:
    try:
        return jobs_for_candidate(
            candidate=candidate,
            limit=limit,
            viewer=access.user,
            among=access.jobs(),
            after=(after.similarity, after.candidate_id) if after else None,
        )
    except CandidateNotEmbedded as error:
        raise not_encoded("candidate_not_embedded") from error
    except CandidateHasTooLittleText as error:
        raise NoRanking(
            _("The profile says too little to be compared."),
            "candidate_has_too_little_text",
        ) from error
