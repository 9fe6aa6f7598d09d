"""Rows that are bodies of the API: whom or what they speak of, writing them."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from recruit.candidates.inputs import CandidateFields, ProfileInput
from recruit.candidates.models import Candidate
from recruit.candidates.operations import ProfileWrite, new_candidate, save_profiles
from recruit.candidates.parts import PARTS
from recruit.imports.candidates import landed
from recruit.imports.importer import Key, Origin, claim, said
from recruit.imports.readers import CandidateStated, JobStated
from recruit.imports.reasons import refused, rejected
from recruit.imports.seen import SeenRows
from recruit.imports.types import Outcome, Record, Row, RowError, RowResult
from recruit.jobs.models import Job
from recruit.jobs.operations import (
    RequisitionCodeTaken,
    StatusChangeRefused,
    create_job,
    update_job,
)

Read = Callable[[str], Any]  # raises RowRefused


@dataclass(frozen=True, slots=True)
class CandidateObject:
    """What a line says of a person."""

    record: Record
    profile: ProfileInput
    key: Key | None  # None for somebody without an id of the other system
    about: Callable[[Candidate], ProfileInput] | None
    own_id: UUID  # the id of somebody new: the same file, the same row, the same id


class CandidateObjects:
    """Creates people, and changes those whom the same source has sent before."""

    def __init__(
        self, origin: Origin, seen: SeenRows, read: Read, file_id: UUID
    ) -> None:
        self._origin = origin
        self._seen = seen
        self._read = read
        self._file_id = file_id

    def read(self, row: Row) -> CandidateObject:
        """Understand a line. Raise RowRefused, or ValidationError for a double."""
        stated: CandidateStated = self._read(row.record.cells[0])
        fields = stated.profile.fields.copy()
        fields["source"] = fields.get("source") or self._origin.source
        external_id = fields.get("external_id", "")
        key = (fields["source"], external_id) if external_id else None
        if key is not None:
            claim(self._seen, "external_id", said(key, self._origin), row.number)
        return CandidateObject(
            row.record,
            replace(stated.profile, fields=fields),
            key,
            stated.about,
            uuid5(self._file_id, str(row.number)),
        )

    def write(self, rows: Sequence[CandidateObject]) -> list[RowResult]:
        """Write rows inside the caller's transaction; bad ones say why."""
        found = self._found(rows)
        written = save_profiles(
            writes=[self._write(row, found) for row in rows],
            actor=self._origin.actor,
            changed_at=self._origin.imported_at,
        )
        return [
            landed(row.record, one)
            if one.error is None
            else rejected(row.record, one.error)
            for row, one in zip(rows, written, strict=True)
        ]

    def _write(
        self, row: CandidateObject, found: dict[Key | UUID, Candidate]
    ) -> ProfileWrite:
        person = found.get(row.key or row.own_id)
        if person is None:
            person = new_candidate(self._origin.imported_at, row.own_id)
            return ProfileWrite(person, row.profile, is_new=True)
        profile = row.profile
        if row.about is not None:
            told = row.about(person)
            profile = replace(told, fields=told.fields | _own(profile.fields))
        return ProfileWrite(person, profile, is_new=False)

    def _found(self, rows: Sequence[CandidateObject]) -> dict[Key | UUID, Candidate]:
        """Return the people whom the rows speak of, locked, with what is replaced."""
        people = Candidate.objects.not_erased().select_for_update(of=("self",))
        people = people.filter(_either(rows)).order_by("pk")
        people = people.prefetch_related(*_stated_parts(rows))
        found: dict[Key | UUID, Candidate] = {}
        for person in people:
            found[person.pk] = found[person.source, person.external_id] = person
        return found


def _either(rows: Sequence[CandidateObject]) -> Q:
    by_source: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.key is not None:
            by_source[row.key[0]].append(row.key[1])
    either = Q(pk__in=[row.own_id for row in rows if row.key is None])
    for source, external_ids in by_source.items():
        # The exclusion lets PostgreSQL use the index, which leaves blank ids out.
        named = Q(source=source, external_id__in=external_ids)
        either |= named & ~Q(external_id="")
    return either


def _stated_parts(rows: Sequence[CandidateObject]) -> list[str]:
    with_texts = any(row.about is not None for row in rows)
    names = [
        part.name
        for part in PARTS
        if any(part.stated(row.profile) is not None for row in rows)
        or (with_texts and part.name in {"experience", "documents"})
    ]
    return ["skills__skill" if name == "skills" else name for name in names]


def _own(fields: CandidateFields) -> CandidateFields:
    return {"source": fields["source"]}


@dataclass(frozen=True, slots=True)
class JobObject:
    """What a line says of a job."""

    record: Record
    stated: JobStated


class JobObjects:
    """Creates jobs, and changes those whom the same source has sent before."""

    def __init__(
        self, origin: Origin, seen: SeenRows, read: Read, _file_id: UUID
    ) -> None:
        self._origin = origin
        self._seen = seen
        self._read = read

    def read(self, row: Row) -> JobObject:
        """Understand a line. Raise RowRefused, or ValidationError for a double."""
        stated: JobStated = self._read(row.record.cells[0])
        fields = stated.fields.copy()
        fields["source"] = fields.get("source") or self._origin.source
        if external_id := fields.get("external_id"):
            key = fields["source"], external_id
            claim(self._seen, "external_id", said(key, self._origin), row.number)
        claim(self._seen, "requisition_code", fields["requisition_code"], row.number)
        return JobObject(row.record, JobStated(fields, stated.requirements))

    def write(self, rows: Sequence[JobObject]) -> list[RowResult]:
        """Write rows inside the caller's transaction; bad ones say why."""
        return [self._land(row) for row in rows]

    def _land(self, row: JobObject) -> RowResult:
        try:
            with transaction.atomic():
                return self._write(row)
        except ValidationError as error:
            return rejected(row.record, error)
        except RequisitionCodeTaken as error:
            taken = RowError("requisition_code", str(error), "requisition_code_taken")
            return refused(row.record, [taken])
        except StatusChangeRefused as error:
            wrong = RowError("status", str(error), "status_change_refused")
            return refused(row.record, [wrong])

    def _write(self, row: JobObject) -> RowResult:
        job = self._find(row)
        if job is None:
            made = create_job(
                fields=row.stated.fields,
                requirements=row.stated.requirements or (),
                actor=self._origin.actor,
                created_at=self._origin.imported_at,
            )
            return RowResult(row.record, Outcome.CREATED, object_id=made.pk)
        updated = update_job(
            job_id=job.pk,
            fields=row.stated.fields,
            requirements=row.stated.requirements,
            actor=self._origin.actor,
            changed_at=self._origin.imported_at,
        )
        is_changed = updated.version != job.version
        outcome = Outcome.CHANGED if is_changed else Outcome.UNCHANGED
        return RowResult(row.record, outcome, object_id=job.pk)

    def _find(self, row: JobObject) -> Job | None:
        """Return the job by its id in the source, else by its requisition code.

        A job that the sender may not see is only said to be taken.
        """
        fields = row.stated.fields
        external_id = fields.get("external_id", "")
        if external_id:
            named = self._origin.jobs().filter(
                source=fields["source"], external_id=external_id
            )
            if (job := named.first()) is not None:
                return job
        code = fields["requisition_code"]
        job = self._origin.jobs().filter(requisition_code=code).first()
        is_others = job is not None and bool(job.external_id and external_id)
        return None if is_others else job
