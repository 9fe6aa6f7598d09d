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
from matching.types import EvidenceState, Explanation
from recruit.accounts.models import User
from recruit.applications.queries import (
    EarlierContact,
    considered_elsewhere,
    earlier_contacts,
)
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job

MOST_PEOPLE = 200

# Looked at beyond twice the limit, since whose profile shows nothing of what the job
# asks for is passed over.
BEYOND_LIMIT = 50


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
    """Who was met before and shows something of what the job asks for.

    The nearest to the job stand first.
    """

    people: tuple[MetPerson, ...]
    met_count: int  # considered for any other job, and not in this pipeline
    has_more: bool
    looked_at: int = 0  # the nearest of those, before anybody is passed over
    showing_nothing: int = 0  # of these, passed over


def people_met_before(*, job: Job, limit: int, viewer: User | None) -> MetBefore:
    """Return whom we considered for other jobs, by nearness to this one.

    Whose profile shows nothing of what the job asks for is passed over, and counted.

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
    looked = 2 * limit + BEYOND_LIMIT
    nearest = ranking.people(looked)
    profiles = profiles_of(
        [candidate for _hit, candidate in nearest],
        requirements,
        encoder=encoder,
        today=timezone.localdate(),
    )
    told = [
        (hit, candidate, explained(requirements, profiles[candidate.pk]))
        for hit, candidate in nearest
    ]
    fitting = [one for one in told if shows_something(one[2])]
    shown = fitting[:limit]
    contacts = _contacts([one for _hit, one, _told in shown], viewer, job.pk)
    return MetBefore(
        people=tuple(
            MetPerson(
                rank=rank,
                candidate=candidate,
                similarity=hit.similarity,
                explanation=explanation,
                contacts=contacts[candidate.pk],
            )
            for rank, (hit, candidate, explanation) in enumerate(shown, start=1)
        ),
        met_count=len(met),
        has_more=limit < MOST_PEOPLE
        and (len(fitting) > limit or len(nearest) == looked),
        looked_at=len(nearest),
        showing_nothing=len(told) - len(fitting),
    )


def shows_something(explanation: Explanation) -> bool:
    """Say whether a profile meets a requirement at least in part, or none is asked."""
    states = {one.state for one in explanation.requirements}
    return not states or bool(states & {EvidenceState.MET, EvidenceState.PARTIAL})


def _contacts(
    people: list[Candidate], viewer: User | None, job_id: UUID
) -> dict[UUID, tuple[EarlierContact, ...]]:
    ids = [one.pk for one in people]
    return earlier_contacts(ids, viewer, other_than=job_id)
