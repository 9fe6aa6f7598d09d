"""/jobs/{id}/matches and /candidates/{id}/jobs: the rankings that the pages show."""

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from matching.matches import (
    LEFT_OUT_LISTED,
    MOST_MATCHES,
    CandidateHasTooLittleText,
    CandidateNotEmbedded,
    JobHasTooLittleText,
    JobMatch,
    JobMatches,
    JobNotEmbedded,
    LeftOut,
    Match,
    jobs_for_candidate,
    matches_for_job,
)
from matching.types import Order
from recruit.accounts.choices import Scope
from recruit.api.access import Access
from recruit.api.protected import shown
from recruit.api.serializers.matches import (
    CandidateJobsSerializer,
    JobMatchesQuery,
    JobMatchesSerializer,
    MatchesQuery,
)
from recruit.api.views.base import Resource
from recruit.applications.queries import candidate_ids_in_pipeline
from recruit.applications.veil import veil_of
from recruit.candidates.models import Candidate
from recruit.candidates.querysets import CandidateQuerySet
from recruit.jobs.models import Job
from recruit.jobs.querysets import JobQuerySet

T = TypeVar("T", Match, JobMatch)
P = TypeVar("P", Match, LeftOut)


class NoRanking(APIException):
    """There is nothing to compare; `wait` says when to ask again, where that helps."""

    status_code = HTTPStatus.CONFLICT

    def __init__(self, sentence: str, code: str, *, wait: int | None = None) -> None:
        super().__init__(sentence, code)
        self.wait = wait


def not_encoded(code: str) -> NoRanking:
    sentence = _("The matches are being prepared; ask again in a few seconds.")
    return NoRanking(sentence, code, wait=5)


class RankedCandidates(Resource[Job]):
    """Who fits a job."""

    read_scope = Scope.MATCHES_READ
    query_classes = {"matches": JobMatchesQuery}
    row_class = JobMatchesSerializer

    def visible(self) -> JobQuerySet:
        return self.access.jobs().with_requirements()

    def matches(self, request: Request, pk: UUID) -> Response:
        """Rank the candidates for a job, with the evidence for each.

        The order is that of the job's page: by cosine similarity, or with
        `order=hybrid` by the words of the job and the similarity together; then by id.
        People in the job's pipeline are not in it. A job that hides names gives people
        without them, with an id that stands for them in this job alone. A job that was
        not encoded yet is a 409 with `Retry-After`.
        """
        job = self.get_object()
        try:
            found = _people_for(
                job, self.access, self.query["limit"], Order(self.query["order"])
            )
        except JobNotEmbedded as error:
            raise not_encoded("job_not_embedded") from error
        except JobHasTooLittleText as error:
            raise NoRanking(
                _("The job names no skills and says too little to be compared."),
                "job_has_too_little_text",
            ) from error
        return Response(shown(JobMatchesSerializer(found).data, self.access))


class RankedJobs(Resource[Candidate]):
    """Which jobs fit a candidate."""

    read_scope = Scope.MATCHES_READ
    query_classes = {"jobs": MatchesQuery}
    row_class = CandidateJobsSerializer

    def visible(self) -> CandidateQuerySet:
        return self.access.candidates().with_profile()

    def jobs(self, request: Request, pk: UUID) -> Response:
        """Rank the open jobs for a candidate, with the evidence for each."""
        candidate = self.get_object()
        try:
            found = _jobs_for(candidate, self.access, self.query["limit"])
        except CandidateNotEmbedded as error:
            raise not_encoded("candidate_not_embedded") from error
        except CandidateHasTooLittleText as error:
            raise NoRanking(
                _("The profile says too little to be compared."),
                "candidate_has_too_little_text",
            ) from error
        body = {"candidate": candidate, "matches": found}
        return Response(shown(CandidateJobsSerializer(body).data, self.access))


def _people_for(job: Job, access: Access, limit: int, order: Order) -> JobMatches:
    """Rank for the token's user, without those the token itself may not see."""
    if access.sees_confidential or access.user.is_recruiting:
        return matches_for_job(job=job, limit=limit, viewer=access.user, order=order)
    found = matches_for_job(
        job=job,
        limit=MOST_MATCHES,
        viewer=access.user,
        order=order,
        left_out_limit=MOST_MATCHES,
    )
    people = set(access.candidates().values_list("pk", flat=True))
    veil = veil_of(job)
    seen = people | {veil.id_of(one) for one in people}
    excluded = _seen(found.excluded, seen)
    not_enough_data = _seen(found.not_enough_data, seen)
    return replace(
        found,
        matches=_renumbered(_seen(found.matches, seen), limit),
        excluded=tuple(excluded[:LEFT_OUT_LISTED]),
        not_enough_data=tuple(not_enough_data[:LEFT_OUT_LISTED]),
        excluded_count=len(excluded),
        not_enough_data_count=len(not_enough_data),
        pool_count=len(people.difference(candidate_ids_in_pipeline(job.pk))),
    )


def _seen(rows: Sequence[P], seen: set[UUID]) -> list[P]:
    return [one for one in rows if one.candidate.pk in seen]


def _jobs_for(candidate: Candidate, access: Access, limit: int) -> tuple[JobMatch, ...]:
    """Rank for the token's user, without the jobs the token itself may not see."""
    if access.sees_confidential:
        return jobs_for_candidate(candidate=candidate, limit=limit, viewer=access.user)
    theirs = Job.objects.open().visible_to(access.user).filter(confidential=True)
    hidden = set(theirs.values_list("pk", flat=True))
    hidden -= set(access.jobs().filter(confidential=True).values_list("pk", flat=True))
    enough = min(limit + len(hidden), MOST_MATCHES)
    found = jobs_for_candidate(candidate=candidate, limit=enough, viewer=access.user)
    return _renumbered([one for one in found if one.job.pk not in hidden], limit)


def _renumbered(rows: list[T], limit: int) -> tuple[T, ...]:
    return tuple(
        replace(row, rank=place) for place, row in enumerate(rows[:limit], start=1)
    )
