"""Rows of jobs: what they say, which job they speak of, writing them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext as _

from recruit.common.locations import split_location
from recruit.common.text import fold
from recruit.imports.cells import skill_words, split_skills
from recruit.imports.importer import Origin, claim, external_id_of, id_from_content
from recruit.imports.reasons import rejected
from recruit.imports.seen import SeenRows
from recruit.imports.types import Outcome, Row, RowResult
from recruit.jobs.choices import JobFamily, JobStatus
from recruit.jobs.models import CODE_LENGTH, Job, JobSkill, requisition_code_form
from recruit.jobs.operations import (
    MOST_REQUIREMENTS,
    JobFields,
    RequirementInput,
    RequisitionCodeTaken,
    StatusChangeRefused,
    create_job,
    update_job,
)
from recruit.skills.choices import Importance
from recruit.skills.models import Skill
from recruit.skills.operations import check_skill_words, resolve_skills

_COLUMN_OF = {
    Importance.REQUIRED: "required_skills",
    Importance.PREFERRED: "preferred_skills",
}


@dataclass(frozen=True, slots=True)
class JobRow:
    """What a row says of a job; blank cells say nothing."""

    row: Row
    external_id: str
    fields: JobFields
    stated: Mapping[Importance, tuple[RequirementInput, ...]]


class JobImporter:
    """Finds the job of each row, or makes one, and writes what the row says."""

    def __init__(self, origin: Origin, seen: SeenRows) -> None:
        self._origin = origin
        self._seen = seen

    def read(self, row: Row) -> JobRow:
        """Understand a row. Raise ValidationError naming bad fields."""
        external_id = external_id_of(row.values)
        fields = job_fields(row.values)
        stated = {
            importance: stated_requirements(row.values, importance)
            for importance in _COLUMN_OF
        }
        code = fields.get("requisition_code")
        if not external_id and not code:
            external_id = id_from_content(row.values)
        if external_id:
            claim(self._seen, "external_id", external_id, row.number)
        if code:
            claim(self._seen, "requisition_code", code, row.number)
        told = {importance: rows for importance, rows in stated.items() if rows}
        return JobRow(row, external_id, fields, told)

    def write(self, rows: Sequence[JobRow]) -> list[RowResult]:
        """Write rows inside the caller's transaction; bad ones say why."""
        return [self._land(row) for row in rows]

    def _land(self, row: JobRow) -> RowResult:
        try:
            with transaction.atomic():
                return self._write(row)
        except ValidationError as error:
            return _rejected(row, error)
        except RequisitionCodeTaken as error:
            return _rejected(row, ValidationError({"requisition_code": str(error)}))
        except StatusChangeRefused as error:
            return _rejected(row, ValidationError({"status": str(error)}))

    def _write(self, row: JobRow) -> RowResult:
        words = [stated.skill for rows in row.stated.values() for stated in rows]
        skills = resolve_skills(
            words, actor=self._origin.actor, happened_at=self._origin.imported_at
        )
        job = self._find(row)
        if job is None:
            made = self._create(row, skills)
            return RowResult(row.row.record, Outcome.CREATED, object_id=made.pk)
        outcome = self._update(row, job, skills)
        return RowResult(row.row.record, outcome, object_id=job.pk)

    def _find(self, row: JobRow) -> Job | None:
        # A code or id of a job that the viewer may not see is only said to be taken.
        jobs = self._origin.jobs().with_requirements()
        if row.external_id:
            named = jobs.filter(
                source=self._origin.source, external_id=row.external_id
            ).first()
            if named is not None:
                return named
        code = row.fields.get("requisition_code")
        job = jobs.filter(requisition_code=code).first() if code else None
        if job is None or not row.external_id:
            return job
        if job.external_id and job.source == self._origin.source:
            raise ValidationError(
                {
                    "requisition_code": _(
                        "“%(code)s” is the code of the job “%(external_id)s”."
                    )
                    % {"code": code, "external_id": job.external_id}
                }
            )
        return job

    def _create(self, row: JobRow, skills: Mapping[str, Skill]) -> Job:
        fields: JobFields = {"status": JobStatus.OPEN, **row.fields}
        fields["source"] = self._origin.source
        fields["external_id"] = row.external_id
        if "requisition_code" not in fields:
            fields["requisition_code"] = self._code_for(row)
        return create_job(
            fields=fields,
            requirements=merged_requirements((), row.stated, skills),
            actor=self._origin.actor,
            created_at=self._origin.imported_at,
        )

    def _code_for(self, row: JobRow) -> str:
        """Return the row's own id where it can be a code, else the next REQ number."""
        own = row.row.values.get("external_id", "")
        source = self._origin.source
        for code in (own, f"{source}-{own}") if own else ():
            first = self._seen.first_row(f"requisition_code:{code}")
            is_free = first in (None, row.row.number)
            if is_free and _is_code(code) and not _is_taken(code):
                claim(self._seen, "requisition_code", code, row.row.number)
                return code
        return f"REQ-{_last_number() + 1}"

    def _update(self, row: JobRow, job: Job, skills: Mapping[str, Skill]) -> Outcome:
        fields = row.fields.copy()
        if row.external_id and not job.external_id:
            fields["source"] = self._origin.source
            fields["external_id"] = row.external_id
        requirements = None
        if row.stated:
            held = job.requirements.all()
            requirements = merged_requirements(held, row.stated, skills)
        updated = update_job(
            job_id=job.pk,
            fields=fields,
            requirements=requirements,
            actor=self._origin.actor,
            changed_at=self._origin.imported_at,
        )
        is_changed = updated.version != job.version
        return Outcome.CHANGED if is_changed else Outcome.UNCHANGED


def job_fields(values: Mapping[str, str]) -> JobFields:
    """Return the fields that cells which are not blank speak of."""
    fields: JobFields = {}
    if code := values.get("requisition_code"):
        fields["requisition_code"] = code
    if title := values.get("title"):
        fields["title"] = title
    if description := values.get("description"):
        fields["description"] = description
    if department := values.get("department"):
        fields["department"] = department
    if family := values.get("family"):
        fields["family"] = _family(family)
    if location := values.get("location"):
        fields["place"], fields["region"], fields["country"] = split_location(location)
    if status := values.get("status"):
        fields["status"] = _status(status)
    return fields


def _family(text: str) -> JobFamily:
    """Return the family of a code or name, whatever its case."""
    wanted = _bare(text)
    for family in JobFamily:
        if wanted in (_bare(family.value), _bare(str(family.label))):
            return family
    raise ValidationError(
        {"family": _("“%(word)s” is no job family.") % {"word": text[:80]}}
    )


def _bare(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


def _status(text: str) -> JobStatus:
    word = "_".join(fold(text).replace("-", " ").replace("_", " ").split())
    if word not in JobStatus.values:
        raise ValidationError(
            {
                "status": _("“%(word)s” is none of %(known)s.")
                % {"word": text[:80], "known": ", ".join(JobStatus.values)}
            }
        )
    return JobStatus(word)


def stated_requirements(
    values: Mapping[str, str], importance: Importance
) -> tuple[RequirementInput, ...]:
    """Return the requirements of one column; none for a blank cell."""
    column = _COLUMN_OF[importance]
    texts = split_skills(values.get(column, ""))
    if len(texts) > MOST_REQUIREMENTS:
        raise ValidationError(
            {
                column: _("%(count)d entries; at most %(most)d are taken.")
                % {"count": len(texts), "most": MOST_REQUIREMENTS}
            }
        )
    words = [skill_words(text) for text in texts]
    try:
        check_skill_words(stated.name for stated in words)
    except ValidationError as error:
        raise ValidationError({column: error.messages}) from error
    return tuple(
        RequirementInput(stated.name, importance, stated.proficiency, stated.years)
        for stated in words
    )


def merged_requirements(
    held: Iterable[JobSkill],
    stated: Mapping[Importance, Sequence[RequirementInput]],
    skills: Mapping[str, Skill],
) -> list[RequirementInput]:
    """Return what a job asks for once the file has spoken.

    A column that says nothing leaves its requirements as they are. A skill in both
    columns is required. Minimums stay where the file does not tell them.
    """
    known = {row.skill_id: row for row in held}
    asked: dict[UUID, RequirementInput] = {}
    for importance in (Importance.REQUIRED, Importance.PREFERRED):
        for words in stated.get(importance, ()):
            skill_id = skills[words.skill].pk
            asked.setdefault(skill_id, _completed(words, known.get(skill_id)))
    kept = {
        skill_id: RequirementInput(
            row.skill.name,
            row.importance,
            row.minimum_proficiency,
            row.minimum_years,
        )
        for skill_id, row in known.items()
        if skill_id not in asked and row.importance not in stated
    }
    order = [Importance.REQUIRED, Importance.PREFERRED, Importance.EXCLUDED]
    both = [*asked.values(), *kept.values()]
    return sorted(both, key=lambda row: order.index(Importance(row.importance)))


def _completed(stated: RequirementInput, held: JobSkill | None) -> RequirementInput:
    if held is None:
        return stated
    years = held.minimum_years if stated.minimum_years is None else stated.minimum_years
    return replace(
        stated,
        minimum_proficiency=stated.minimum_proficiency or held.minimum_proficiency,
        minimum_years=years,
    )


def _is_code(text: str) -> bool:
    try:
        requisition_code_form(text)
    except ValidationError:
        return False
    return len(text) <= CODE_LENGTH


def _is_taken(code: str) -> bool:
    return Job.objects.filter(requisition_code=code).exists()


def _last_number() -> int:
    """Return the highest running number among the codes."""
    numbered = Job.objects.filter(requisition_code__regex=r"^REQ-[0-9]{1,9}$")
    number = Cast(Substr("requisition_code", 5), IntegerField())
    return numbered.aggregate(last=Max(number))["last"] or 0


def _rejected(row: JobRow, error: ValidationError) -> RowResult:
    return rejected(row.row.record, error)
