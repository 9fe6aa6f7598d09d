"""What a merge of two skills would change, told before it is done."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from recruit.candidates.models import CandidateSkill
from recruit.curation.joining import contradict
from recruit.jobs.models import Job, JobSkill
from recruit.skills.models import Skill

JOBS_NAMED = 5


@dataclass(frozen=True)
class MergePreview:
    """What becomes of the rows of a skill that is merged into another."""

    kept: Skill
    merged: Skill
    words: tuple[str, ...]  # that lead to the kept skill afterwards
    people: int  # who hold the merged skill
    people_with_both: int
    jobs: int  # that name the merged skill
    jobs_with_both: int
    first_jobs: tuple[Job, ...]
    contradicting_jobs: tuple[Job, ...]  # they want one and exclude the other

    @property
    def can_be_done(self) -> bool:
        return not self.contradicting_jobs

    @cached_property
    def has_other_codes(self) -> bool:
        """True where both have a code of one scheme: they were once told apart."""
        pairs = (
            (self.kept.esco_code, self.merged.esco_code),
            (self.kept.onet_code, self.merged.onet_code),
        )
        return any(kept and merged and kept != merged for kept, merged in pairs)


def merge_preview(kept: Skill, merged: Skill) -> MergePreview:
    """Return what merging would change, as things stand now."""
    held, required = held_rows(merged), required_rows(merged)
    jobs = Job.objects.filter(requirements__skill=merged).order_by("requisition_code")
    labels = merged.labels.order_by("key")
    return MergePreview(
        kept=kept,
        merged=merged,
        words=tuple(labels.values_list("text", flat=True)),
        people=held.count(),
        people_with_both=held.filter(with_other_held(kept.pk)).count(),
        jobs=required.count(),
        jobs_with_both=required.filter(with_other_required(kept.pk)).count(),
        first_jobs=tuple(jobs[:JOBS_NAMED]),
        contradicting_jobs=contradicting_jobs(kept, merged),
    )


def held_rows(skill: Skill) -> QuerySet[CandidateSkill]:
    """Return the rows of people who hold a skill."""
    return CandidateSkill.objects.filter(skill=skill)


def required_rows(skill: Skill) -> QuerySet[JobSkill]:
    """Return the rows of jobs that name a skill."""
    return JobSkill.objects.filter(skill=skill)


def with_other_held(skill_id: UUID) -> Exists:
    """Tell whether the person of a row holds this skill as well."""
    rows = CandidateSkill.objects.filter(skill_id=skill_id)
    return Exists(rows.filter(candidate_id=OuterRef("candidate_id")))


def with_other_required(skill_id: UUID) -> Exists:
    """Tell whether the job of a row names this skill as well."""
    rows = JobSkill.objects.filter(skill_id=skill_id)
    return Exists(rows.filter(job_id=OuterRef("job_id")))


def contradicting_jobs(kept: Skill, merged: Skill) -> tuple[Job, ...]:
    """Return the jobs that want one of the skills and exclude the other."""
    both = required_rows(merged).filter(with_other_required(kept.pk))
    rows = list(both.select_related("job").order_by("job__requisition_code"))
    jobs = [row.job_id for row in rows]
    of_kept = {row.job_id: row for row in required_rows(kept).filter(job__in=jobs)}
    return tuple(row.job for row in rows if contradict(row, of_kept[row.job_id]))
