"""Reads that cross matching and the domain."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef

from matching.batches import in_batches
from matching.models import (
    CandidateEmbedding,
    CandidateSearch,
    CandidateTerms,
    JobEmbedding,
    ParkedProfile,
    SkillEmbedding,
)
from recruit.candidates.models import Candidate
from recruit.candidates.querysets import CandidateQuerySet
from recruit.jobs.models import Job
from recruit.jobs.querysets import JobQuerySet
from recruit.skills.models import Skill
from recruit.skills.querysets import SkillQuerySet


def stale_candidates(identity: str) -> CandidateQuerySet:
    """Return people whose vector is missing or of an earlier profile."""
    fresh = CandidateEmbedding.objects.of_encoder(identity).filter(
        candidate_id=OuterRef("pk"), stamp=OuterRef("profile_changed_at")
    )
    return Candidate.objects.not_erased().filter(
        ~Exists(fresh), ~_parked(identity, "profile_changed_at")
    )


def stale_jobs(identity: str) -> JobQuerySet:
    """Return jobs whose vector is missing or of an earlier text."""
    fresh = JobEmbedding.objects.of_encoder(identity).filter(
        job_id=OuterRef("pk"), stamp=OuterRef("profile_changed_at")
    )
    return Job.objects.filter(~Exists(fresh), ~_parked(identity, "profile_changed_at"))


def unsearchable_candidates() -> CandidateQuerySet:
    """Return people whose search row or terms are missing or of an earlier version."""
    fresh = CandidateSearch.objects.filter(
        candidate_id=OuterRef("pk"), candidate_version=OuterRef("version")
    )
    terms = CandidateTerms.objects.current().filter(candidate_id=OuterRef("pk"))
    return Candidate.objects.not_erased().filter(~(Exists(fresh) & Exists(terms)))


def unembedded_skills(identity: str) -> SkillQuerySet:
    """Return skills whose name has no vector yet."""
    embedded = SkillEmbedding.objects.of_encoder(identity).filter(
        skill_id=OuterRef("pk")
    )
    return Skill.objects.filter(~Exists(embedded), ~_parked(identity, "created_at"))


def present(
    ids: Sequence[UUID], *, among: CandidateQuerySet, at_once: int
) -> Iterator[Candidate]:
    """Yield people in this order as they are now, without those who are gone since.

    They are loaded `with_profile`, so many at once, as far as somebody asks for them.
    """
    for batch in in_batches(ids, at_once):
        people = among.with_profile().in_bulk(list(batch))
        yield from (people[one] for one in batch if one in people)


def _parked(identity: str, stamp_field: str) -> Exists:
    """Tell whether a row was set aside and has not been edited since."""
    parked = ParkedProfile.objects.of_encoder(identity)
    return Exists(parked.filter(subject_id=OuterRef("pk"), stamp=OuterRef(stamp_field)))
