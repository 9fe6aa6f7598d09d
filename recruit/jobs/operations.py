"""Every write to jobs that means something."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.common.refusals import Refused, StaleVersion
from recruit.common.text import with_plain_line_ends
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.jobs.choices import JobStatus
from recruit.jobs.models import Job, JobSkill
from recruit.jobs.versions import keep_version
from recruit.skills.choices import Importance
from recruit.skills.operations import resolve_skills

MOST_REQUIREMENTS = 100


class RequisitionCodeTaken(Refused):
    """Another job has this requisition code, or this source and external id."""


class StatusChangeRefused(Refused):
    """A job may not go from its present status to the one asked for."""


class JobHasApplications(Refused):
    """People were considered for the job; it is closed, not deleted."""


class JobFields(TypedDict, total=False):
    """What a caller may say about a job; what is left out stays as it is."""

    requisition_code: str
    title: str
    description: str
    department: str
    family: str  # a value of JobFamily, or blank
    place: str
    region: str
    country: str
    remote_policy: str
    employment_type: str
    salary_min: Decimal | None
    salary_max: Decimal | None
    salary_currency: str
    openings: int
    status: str
    hiring_manager: User | None
    recruiters: Sequence[User]
    confidential: bool
    source: str
    external_id: str


@dataclass(frozen=True, slots=True)
class RequirementInput:
    """A requirement as a caller states it: the skill by its words."""

    skill: str
    importance: str = Importance.REQUIRED
    minimum_proficiency: str = ""
    minimum_years: Decimal | None = None
    row_id: UUID | None = None  # of the row that it is, or will be


# What the profile text or the criteria of a ranking are made from.
PROFILE_FIELDS = frozenset({"title", "description", "department"})
PEOPLE_FIELDS = frozenset({"recruiters"})


def _assign(job: Job, fields: JobFields) -> list[str]:
    """Set the fields and return the names of those that differ."""
    changed = []
    for name, stated in fields.items():
        value = with_plain_line_ends(stated) if isinstance(stated, str) else stated
        if name not in PEOPLE_FIELDS and getattr(job, name) != value:
            setattr(job, name, value)
            changed.append(name)
    return changed


def _save(job: Job, *, is_new: bool) -> None:
    job.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            job.save(force_insert=is_new)
    except IntegrityError as error:
        if "jobs_one_per" in str(error):
            raise RequisitionCodeTaken(
                _("A job with the requisition code %s (or its external id) exists.")
                % job.requisition_code
            ) from error
        raise


def _replace_recruiters(job: Job, recruiters: Sequence[User]) -> bool:
    wanted = {user.pk for user in recruiters}
    held = set(job.recruiters.values_list("pk", flat=True))
    if wanted != held:
        job.recruiters.set(recruiters)
    return wanted != held


def _requirement_rows(
    job: Job, requirements: Sequence[RequirementInput], actor: Actor, at: datetime
) -> list[JobSkill]:
    if len(requirements) > MOST_REQUIREMENTS:
        raise ValidationError(
            {"requirements": _("More than %d requirements.") % MOST_REQUIREMENTS}
        )
    skills = resolve_skills(
        [requirement.skill for requirement in requirements], actor=actor, happened_at=at
    )
    rows: dict[UUID, JobSkill] = {}
    for position, stated in enumerate(requirements):
        skill = skills[stated.skill]
        row = JobSkill(
            job=job,
            skill=skill,
            importance=stated.importance,
            minimum_proficiency=stated.minimum_proficiency,
            minimum_years=stated.minimum_years,
            position=position,
        )
        if skill.pk in rows and rows[skill.pk].importance != stated.importance:
            raise ValidationError(
                {"requirements": _("%s is named twice.") % skill.name}
            )
        try:
            row.clean_fields(exclude=["job", "skill"])
        except ValidationError as error:
            raise ValidationError(
                {"requirements": [f"{skill.name}: {text}" for text in error.messages]}
            ) from error
        if stated.row_id is not None:
            row.pk = stated.row_id
        rows.setdefault(skill.pk, row)
    return list(rows.values())


def _signature(row: JobSkill) -> tuple[object, ...]:
    return (
        row.skill_id,
        row.importance,
        row.minimum_proficiency,
        row.minimum_years,
        row.position,
    )


def _keep_ids(rows: Sequence[JobSkill], held: Sequence[JobSkill]) -> None:
    """Let a skill that is required again stay the row that it was."""
    named = {row.pk for row in rows}
    known = {row.skill_id: row.pk for row in held if row.pk not in named}
    for row in rows:
        row.pk = known.get(row.skill_id, row.pk)


def _replace_requirements(
    job: Job, requirements: Sequence[RequirementInput], actor: Actor, at: datetime
) -> bool:
    rows = _requirement_rows(job, requirements, actor, at)
    held = list(job.requirements.select_related("skill"))
    _keep_ids(rows, held)
    if sorted(map(_signature, rows), key=str) == sorted(map(_signature, held), key=str):
        return False
    job.requirements.all().delete()
    JobSkill.objects.bulk_create(rows)
    keep_version(job, before=held, actor=actor, made_at=at)
    return True


@transaction.atomic
def create_job(
    *,
    fields: JobFields,
    requirements: Sequence[RequirementInput] = (),
    actor: Actor,
    created_at: datetime,
) -> Job:
    """Make a job with its requirements.

    Raise ValidationError naming bad fields, RequisitionCodeTaken for a code in use.
    """
    job = Job(created_at=created_at, profile_changed_at=created_at)
    _assign(job, fields)
    _save(job, is_new=True)
    job.recruiters.set(fields.get("recruiters", ()))
    JobSkill.objects.bulk_create(
        _requirement_rows(job, requirements, actor, created_at)
    )
    record(Happened.JOB_CREATED, actor=actor, happened_at=created_at, job_ids=[job.pk])
    return job


@transaction.atomic
def update_job(
    *,
    job_id: UUID,
    fields: JobFields,
    requirements: Sequence[RequirementInput] | None = None,
    actor: Actor,
    changed_at: datetime,
    expected_version: int | None = None,
) -> Job:
    """Change what is given and differs; requirements, if given, are replaced whole.

    Raise StaleVersion if somebody changed the job since expected_version was read,
    StatusChangeRefused, RequisitionCodeTaken, or ValidationError naming bad fields.
    """
    job = Job.objects.select_for_update(of=("self",)).get(pk=job_id)
    if expected_version is not None and job.version != expected_version:
        raise StaleVersion(_("Somebody else changed this job meanwhile."))
    _refuse_status_change(job, fields.get("status", job.status))
    changed = _assign(job, fields)
    if requirements is not None and _replace_requirements(
        job, requirements, actor, changed_at
    ):
        changed.append("requirements")
    if "recruiters" in fields and _replace_recruiters(job, fields["recruiters"]):
        changed.append("recruiters")
    if not changed:
        return job
    if PROFILE_FIELDS.intersection(changed) or "requirements" in changed:
        job.profile_changed_at = changed_at
    job.version += 1
    _save(job, is_new=False)
    status_only = changed == ["status"]
    record(
        Happened.JOB_STATUS_CHANGED if status_only else Happened.JOB_CHANGED,
        actor=actor,
        happened_at=changed_at,
        job_ids=[job.pk],
        details={"fields": changed, "status": job.status},
    )
    return job


def _refuse_status_change(job: Job, to_status: str) -> None:
    # A word that is no status is left to the field's own check.
    if to_status not in JobStatus.values or to_status == job.status:
        return
    if to_status not in job.allowed_statuses:
        raise StatusChangeRefused(
            _("A job that is “%(now)s” cannot become “%(then)s”.")
            % {
                "now": job.get_status_display(),
                "then": JobStatus(to_status).label,
            }
        )


def change_status(
    *,
    job_id: UUID,
    to_status: JobStatus,
    actor: Actor,
    changed_at: datetime,
    expected_version: int | None = None,
) -> Job:
    """Move a job to another status. Raise StatusChangeRefused, StaleVersion."""
    return update_job(
        job_id=job_id,
        fields={"status": to_status},
        actor=actor,
        changed_at=changed_at,
        expected_version=expected_version,
    )


@transaction.atomic
def delete_job(*, job_id: UUID, actor: Actor, deleted_at: datetime) -> None:
    """Take a job away for good. Raise JobHasApplications."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job_id)
    code = job.requisition_code
    details: dict[str, object] = {"requisition_code": code}
    if job.confidential:  # which nobody could ask a row that is no more
        details["seen_by"] = _named_on(job)
    try:
        job.delete()
    except ProtectedError as error:
        raise JobHasApplications(
            _("%s has applications: close it instead of deleting it.") % code
        ) from error
    record(
        Happened.JOB_DELETED,
        actor=actor,
        happened_at=deleted_at,
        job_ids=[job_id],
        details=details,
    )


def _named_on(job: Job) -> list[str]:
    named = {job.hiring_manager_id, *job.recruiters.values_list("pk", flat=True)}
    return sorted(str(one) for one in named if one)


@transaction.atomic
def request_indexing(
    *, job_ids: Sequence[UUID], actor: Actor, requested_at: datetime
) -> int:
    """Have jobs indexed anew although nothing changed; return how many."""
    # In the order of the keys, so that two requests never wait for each other.
    jobs = Job.objects.filter(pk__in=job_ids).order_by("pk")
    locked = list(jobs.select_for_update(of=("self",)).values_list("pk", flat=True))
    if locked:
        Job.objects.filter(pk__in=locked).update(profile_changed_at=requested_at)
        record(
            Happened.INDEXING_REQUESTED,
            actor=actor,
            happened_at=requested_at,
            job_ids=locked,
        )
    return len(locked)
