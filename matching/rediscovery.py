"""People met before who may fit a job: the nearest of those we once considered."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.utils import timezone

from matching.conf import encoder_identity
from matching.evidence import profiles_of, requirements_of
from matching.job_ranking import JobRanking
from matching.matches import (
    check_limit,
    explained,
    job_vector,
    pool_of,
    refuse_empty_job,
    veil_for,
)
from matching.types import Explanation
from recruit.accounts.models import User
from recruit.applications.queries import (
    EarlierContact,
    considered_elsewhere,
    earlier_contacts,
)
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job

MOST_PEOPLE = 200


class JobHidesNames(Exception):
    """Whom we met before is known by name only, and the job hides names."""


@dataclass(frozen=True, slots=True)
class MetPerson:
    """Somebody met before: what the profile shows for the job, and how it went then."""

    rank: int
    candidate: Candidate
    similarity: float  # cosine, in [-1, 1]
    explanation: Explanation
    contacts: tuple[EarlierContact, ...]  # never empty, newest first


@dataclass(frozen=True, slots=True)
class MetBefore:
    """Who was met before, nearest to the job first."""

    people: tuple[MetPerson, ...]
    met_count: int  # considered for any other job, and not in this pipeline
    has_more: bool


def people_met_before(*, job: Job, limit: int, viewer: User | None) -> MetBefore:
    """Return whom we considered for other jobs, by nearness to this one.

    The job is loaded `with_requirements`. Nobody is among them for a job that the
    viewer may not see. Raise JobNotEmbedded, JobHasTooLittleText, LimitOutOfRange or
    JobHidesNames.
    """
    check_limit(limit, most=MOST_PEOPLE)
    refuse_empty_job(job)
    if veil_for(job, viewer).is_on:
        raise JobHidesNames(job.pk)
    encoder, requirements = encoder_identity(), requirements_of(job)
    query = job_vector(job, encoder)
    pool = pool_of(job, requirements, viewer)
    met = set(considered_elsewhere(job.pk, viewer)) - set(pool.left_out)
    ranking = JobRanking(
        query=query,
        words=None,
        encoder=encoder,
        pool=replace(pool, only=tuple(sorted(met))),
        requirements=requirements,
        viewer=viewer,
    )
    shown = ranking.people(limit + 1)
    people = [candidate for _hit, candidate in shown[:limit]]
    profiles = profiles_of(
        people, requirements, encoder=encoder, today=timezone.localdate()
    )
    contacts = _contacts(people, viewer, job.pk)
    return MetBefore(
        people=tuple(
            MetPerson(
                rank=rank,
                candidate=candidate,
                similarity=hit.similarity,
                explanation=explained(requirements, profiles[candidate.pk]),
                contacts=contacts[candidate.pk],
            )
            for rank, (hit, candidate) in enumerate(shown[:limit], start=1)
        ),
        met_count=len(met),
        has_more=len(shown) > limit and limit < MOST_PEOPLE,
    )


def _contacts(
    people: list[Candidate], viewer: User | None, job_id: UUID
) -> dict[UUID, tuple[EarlierContact, ...]]:
    ids = [one.pk for one in people]
    return earlier_contacts(ids, viewer, other_than=job_id)
