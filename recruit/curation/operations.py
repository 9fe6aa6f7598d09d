"""Every decision about the vocabulary that reaches into other apps."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import psycopg
from django.db import OperationalError, connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.candidates.models import Candidate, CandidateSkill
from recruit.changes.choices import Kind
from recruit.changes.operations import tell_merged
from recruit.common.ids import uuid7
from recruit.common.refusals import Refused
from recruit.curation.joining import join_held, join_required
from recruit.curation.models import KeptApart
from recruit.curation.queries import (
    contradicting_jobs,
    held_rows,
    required_rows,
    with_other_held,
    with_other_required,
)
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.jobs.models import Job, JobSkill
from recruit.skills.models import Skill

# So long a merge waits for writers who use the skills at this moment.
LOCK_WAIT = "5s"
ROWS_AT_ONCE = 1000


class SkillGone(Refused):
    """One of the skills is no more; somebody merged or deleted it."""


class SkillsContradict(Refused):
    """A job wants one of the skills and excludes the other."""


class SkillsBusy(Refused):
    """Somebody is writing people or jobs with these skills at this moment."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge changed."""

    people: int
    people_with_both: int
    jobs: int
    jobs_with_both: int


def merge_skills(
    *, kept_id: UUID, merged_id: UUID, actor: Actor, merged_at: datetime
) -> Merged:
    """Make one skill of two: words, people and jobs of the merged move to the kept.

    Where a person or job has both, the rows are joined (`joining`). Raise SkillGone,
    SkillsContradict, SkillsBusy; then nothing has changed.
    """
    try:
        with transaction.atomic():
            return _merge(kept_id, merged_id, actor, merged_at)
    except OperationalError as error:
        if not isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
            raise
        raise SkillsBusy(
            _(
                "Somebody is writing people or jobs with these skills at this moment."
                " Try again in a few seconds."
            )
        ) from error


def _merge(kept_id: UUID, merged_id: UUID, actor: Actor, merged_at: datetime) -> Merged:
    kept, merged = _locked_skills(kept_id, merged_id)
    candidate_ids, job_ids = _locked_holders(merged)
    _refuse_contradictions(kept, merged)
    people_with_both = _move_held(kept, merged)
    jobs_with_both = _move_required(kept, merged)
    merged.labels.update(skill=kept)
    _move_decisions(kept, merged)
    Skill.objects.filter(pk=merged.pk).delete()
    tell_merged(Kind.SKILL, row_id=merged.pk, kept_id=kept.pk)
    _complete(kept, merged)
    changed = {
        "version": F("version") + 1,
        "profile_changed_at": merged_at,
        "updated_at": merged_at,
    }
    Candidate.objects.filter(pk__in=candidate_ids).update(**changed)
    Job.objects.filter(pk__in=job_ids).update(**changed)
    _record_merge(kept, merged, candidate_ids, actor, merged_at)
    _record_changed_jobs(job_ids, actor, merged_at)
    return Merged(
        people=len(candidate_ids),
        people_with_both=people_with_both,
        jobs=len(job_ids),
        jobs_with_both=jobs_with_both,
    )


def _locked_skills(kept_id: UUID, merged_id: UUID) -> tuple[Skill, Skill]:
    """Lock both, waiting for whoever writes rows with them; nobody begins to then.

    Nothing else is locked yet, so that waiting here can hold up nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
        both = Skill.objects.filter(pk__in=[kept_id, merged_id]).order_by("pk")
        skills = {skill.pk: skill for skill in both.select_for_update()}
        cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    if len(skills) < len(("kept", "merged")):
        raise SkillGone(_("One of the skills is no more. It may have been merged."))
    return skills[kept_id], skills[merged_id]


def _locked_holders(merged: Skill) -> tuple[list[UUID], list[UUID]]:
    """Lock the people and jobs whose rows will move, without waiting for anybody.

    Who holds one of them may be waiting for the skills locked above.
    """
    people = Candidate.objects.filter(
        pk__in=held_rows(merged).values("candidate_id")
    ).order_by("pk")
    jobs = Job.objects.filter(pk__in=required_rows(merged).values("job_id"))
    locked_people = people.select_for_update(nowait=True, of=("self",))
    locked_jobs = jobs.order_by("pk").select_for_update(nowait=True, of=("self",))
    return (
        list(locked_people.values_list("pk", flat=True)),
        list(locked_jobs.values_list("pk", flat=True)),
    )


def _refuse_contradictions(kept: Skill, merged: Skill) -> None:
    jobs = contradicting_jobs(kept, merged)
    if jobs:
        raise SkillsContradict(
            _(
                "%(code)s wants one of “%(kept)s” and “%(merged)s” and excludes the"
                " other. Change the job first."
            )
            % {
                "code": jobs[0].requisition_code,
                "kept": kept.name,
                "merged": merged.name,
            }
        )


def _move_held(kept: Skill, merged: Skill) -> int:
    """Give the rows of people to the kept skill; return how many held both."""
    both = held_rows(merged).filter(with_other_held(kept.pk))
    count = 0
    while rows := {row.candidate_id: row for row in both[:ROWS_AT_ONCE]}:
        of_kept = list(held_rows(kept).filter(candidate__in=rows))
        for row in of_kept:
            join_held(row, rows[row.candidate_id])
        names = ["proficiency", "years", "last_used", "origin", "position"]
        CandidateSkill.objects.bulk_update(of_kept, names)
        held_rows(merged).filter(candidate__in=rows).delete()
        count += len(rows)
    held_rows(merged).update(skill=kept)
    return count


def _move_required(kept: Skill, merged: Skill) -> int:
    """Give the rows of jobs to the kept skill; return how many named both."""
    both = required_rows(merged).filter(with_other_required(kept.pk))
    rows = {row.job_id: row for row in both}
    of_kept = list(required_rows(kept).filter(job__in=rows))
    for row in of_kept:
        join_required(row, rows[row.job_id])
    names = ["importance", "minimum_proficiency", "minimum_years", "position"]
    JobSkill.objects.bulk_update(of_kept, names, batch_size=ROWS_AT_ONCE)
    required_rows(merged).filter(job__in=rows).delete()
    required_rows(merged).update(skill=kept)
    return len(rows)


def _move_decisions(kept: Skill, merged: Skill) -> None:
    """Keep apart from the kept skill what was kept apart from the merged one."""
    decided = KeptApart.objects.filter(Q(first=merged) | Q(second=merged))
    moved = []
    for pair in decided:
        other_id = pair.second_id if pair.first_id == merged.pk else pair.first_id
        if other_id != kept.pk:
            pair.first_id, pair.second_id = sorted([kept.pk, other_id])
            pair.pk = uuid7()
            moved.append(pair)
    KeptApart.objects.bulk_create(moved, ignore_conflicts=True)


def _complete(kept: Skill, merged: Skill) -> None:
    """Give the kept skill what only the merged one had."""
    kept.confirmed = kept.confirmed or merged.confirmed
    kept.esco_code = kept.esco_code or merged.esco_code
    kept.onet_code = kept.onet_code or merged.onet_code
    kept.save(update_fields=["confirmed", "esco_code", "onet_code"])


def _record_merge(
    kept: Skill,
    merged: Skill,
    candidate_ids: list[UUID],
    actor: Actor,
    merged_at: datetime,
) -> None:
    record(
        Happened.SKILLS_MERGED,
        actor=actor,
        happened_at=merged_at,
        candidate_ids=candidate_ids,
        details={
            "skills": [str(kept.pk), str(merged.pk)],
            "kept": kept.name,
            "merged": merged.name,
        },
    )


def _record_changed_jobs(
    job_ids: list[UUID], actor: Actor, changed_at: datetime
) -> None:
    # Who may not see a confidential job knows of no event about it: apart.
    for confidential in (False, True):
        jobs = Job.objects.filter(pk__in=job_ids, confidential=confidential)
        ids = list(jobs.order_by("pk").values_list("pk", flat=True))
        if ids:
            record(
                Happened.JOB_CHANGED,
                actor=actor,
                happened_at=changed_at,
                job_ids=ids,
                details={"fields": ["requirements"]},
            )


@transaction.atomic
def keep_apart(
    *, one_id: UUID, other_id: UUID, actor: Actor, decided_at: datetime
) -> KeptApart:
    """Remember that two skills are not the same; saying so again changes nothing.

    Raise SkillGone.
    """
    first_id, second_id = sorted([one_id, other_id])
    both = Skill.objects.filter(pk__in=[first_id, second_id]).order_by("pk")
    if len(both.select_for_update(no_key=True)) < len(("first", "second")):
        raise SkillGone(_("One of the skills is no more. It may have been merged."))
    pair, is_new = KeptApart.objects.get_or_create(
        first_id=first_id,
        second_id=second_id,
        defaults={"decided_at": decided_at, "decided_by": actor.name[:200]},
    )
    if is_new:
        _record_decision(Happened.SKILLS_KEPT_APART, pair, actor, decided_at)
    return pair


@transaction.atomic
def propose_again(*, pair_id: UUID, actor: Actor, decided_at: datetime) -> None:
    """Take back that two skills are not the same: they may be proposed again."""
    pair = KeptApart.objects.select_for_update().get(pk=pair_id)
    _record_decision(Happened.SKILLS_PROPOSED_AGAIN, pair, actor, decided_at)
    pair.delete()


def _record_decision(
    kind: Happened, pair: KeptApart, actor: Actor, decided_at: datetime
) -> None:
    skills = [str(pair.first_id), str(pair.second_id)]
    record(kind, actor=actor, happened_at=decided_at, details={"skills": skills})
