"""The jobs, people, stages and reasons that rows of applications name.

All rows of a batch are looked up together, with the rights of who sent them: what these
may not see is unknown, as is what is not there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Self, TypeVar
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from recruit.applications.choices import Outcome
from recruit.applications.models import Application, DispositionReason
from recruit.applications.placing import Placement
from recruit.applications.stages import StageOfJob, stages_of_jobs
from recruit.applications.veil import Veil, veils_of
from recruit.candidates.models import Candidate
from recruit.common.text import fold
from recruit.imports.importer import Key, Origin
from recruit.imports.readers import ApplicationStated, Reference, RowRefused
from recruit.imports.types import RowError
from recruit.jobs.models import Job

GONE = "does_not_exist"
Pair = tuple[UUID, UUID]  # of a job and a person

M = TypeVar("M", Job, Candidate)


@dataclass(slots=True)
class _Rows(Generic[M]):
    """Jobs or people, by all that a row may call them."""

    source: str  # of the file, for ids that name none
    by_id: dict[UUID, M]
    by_external_id: dict[Key, M]
    by_code: dict[str, M]

    def found(self, one: Reference) -> M | None:
        """Return what a row means; an id of ours comes before any other."""
        if one.id is not None:
            return self.by_id.get(one.id)
        found = None
        if one.external_id:
            key = one.source or self.source, one.external_id
            found = self.by_external_id.get(key)
        return found or (self.by_code.get(one.code) if one.code else None)


@dataclass(frozen=True, slots=True)
class Found:
    """The job and the person of a row."""

    job_id: UUID
    candidate_id: UUID


@dataclass(slots=True)
class References:
    """What the rows of a batch may name."""

    origin: Origin
    jobs: _Rows[Job]
    people: _Rows[Candidate]
    veils: Mapping[UUID, Veil]
    stages: Mapping[UUID, Sequence[StageOfJob]]
    reasons: Sequence[DispositionReason]
    named: Mapping[Key, Pair]  # by the applications' own external ids
    by_handle: set[Pair]

    @classmethod
    def of(cls, rows: Sequence[ApplicationStated], origin: Origin) -> Self:
        """Look up what rows name; the number of queries does not grow with them."""
        jobs = _jobs([row.job for row in rows], origin)
        # Without a sender nothing is hidden: a command is given on the machine itself.
        veils = veils_of(jobs.by_id.values()) if origin.sender else {}
        hiding = {pk: veil for pk, veil in veils.items() if veil.is_on}
        people = _people(rows, jobs, hiding, origin)
        return cls(
            origin=origin,
            jobs=jobs,
            people=people,
            veils=hiding,
            stages=stages_of_jobs(jobs.by_id),
            reasons=list(DispositionReason.objects.all()),
            named=_named(rows) if hiding else {},
            by_handle=set(),
        )

    def found(self, row: ApplicationStated) -> Found:
        """Return whom a row speaks of. Raise RowRefused."""
        job = self.jobs.found(row.job)
        veil = self.veils.get(job.pk) if job else None
        person = None
        if job and veil and row.candidate.id:
            person = self.people.by_id.get(veil.id_behind(row.candidate.id))
            if person is not None:
                self.by_handle.add((job.pk, person.pk))
        if person is None:
            person = self.people.found(row.candidate)
        if job is None or person is None:
            raise RowRefused(
                [
                    RowError(_field(name, stated), _unknown(), GONE)
                    for name, stated, one in (
                        ("job", row.job, job),
                        ("candidate", row.candidate, person),
                    )
                    if one is None
                ]
            )
        return Found(job.pk, person.pk)

    def hidden(self, placements: Sequence[Placement]) -> set[Pair]:
        """Return who is in a pipeline that hides them."""
        asked = [one for one in placements if one.job_id in self.veils]
        if not asked:
            return set()
        rows = Application.objects.filter(
            job__in={one.job_id for one in asked},
            candidate__in={one.candidate_id for one in asked},
        )
        return {
            (one.job_id, one.candidate_id)
            for one in rows
            if self.veils[one.job_id].hides(one)
        }

    def may_move(self, row: ApplicationStated, pair: Pair) -> bool:
        """Return whether a row names somebody hidden as the job's own pages do."""
        own = self.named.get((row.source, row.external_id))
        return pair in self.by_handle or own == pair

    def stage(self, job_id: UUID, words: str) -> str:
        """Return the code of a stage by its code or name; unknown words as they are."""
        stages = self.stages[job_id]
        if not words or any(one.code == words for one in stages):
            return words
        wanted = fold(words)
        named = (one.code for one in stages if fold(one.label) == wanted)
        return next(named, words)

    def reason(self, words: str, outcome: Outcome | None) -> DispositionReason | None:
        """Return a reason by its id, code or name. Raise RowRefused."""
        if not words:
            return None
        wanted = fold(words)
        found = [
            one
            for one in self.reasons
            if wanted in {str(one.pk), one.code.casefold(), fold(one.label)}
        ]
        # Names may be those of two; of these the one that fits is meant.
        found.sort(key=lambda one: (one.outcome != outcome, not one.is_active))
        if not found:
            unknown = _("There is no disposition reason “%s”.") % words[:80]
            raise RowRefused([RowError("disposition_reason", unknown, GONE)])
        return found[0]


def _jobs(named: Sequence[Reference], origin: Origin) -> _Rows[Job]:
    codes = {one.code for one in named if one.code}
    ids = {one.id for one in named if one.id}
    meant = _external(named, origin.source) | Q(pk__in=ids)
    jobs = list(origin.jobs().filter(meant | Q(requisition_code__in=codes)))
    return _Rows(
        source=origin.source,
        by_id={one.pk: one for one in jobs},
        by_external_id={(one.source, one.external_id): one for one in jobs},
        by_code={one.requisition_code: one for one in jobs},
    )


def _people(
    rows: Sequence[ApplicationStated],
    jobs: _Rows[Job],
    hiding: Mapping[UUID, Veil],
    origin: Origin,
) -> _Rows[Candidate]:
    named = [row.candidate for row in rows]
    ids = {one.id for one in named if one.id}
    for row in rows:
        job = jobs.found(row.job)
        if job is not None and row.candidate.id and job.pk in hiding:
            ids.add(hiding[job.pk].id_behind(row.candidate.id))
    meant = _external(named, origin.source) | Q(pk__in=ids)
    people = list(origin.candidates().filter(meant))
    return _Rows(
        source=origin.source,
        by_id={one.pk: one for one in people},
        by_external_id={(one.source, one.external_id): one for one in people},
        by_code={},
    )


def _named(rows: Sequence[ApplicationStated]) -> dict[Key, Pair]:
    own = [Reference(None, row.source, row.external_id) for row in rows]
    return {
        (one.source, one.external_id): (one.job_id, one.candidate_id)
        for one in Application.objects.filter(_external(own, ""))
    }


def _external(named: Iterable[Reference], source: str) -> Q:
    """Return the condition for rows that carry one of the ids of other systems."""
    by_source: dict[str, list[str]] = {}
    for one in named:
        if one.external_id:
            by_source.setdefault(one.source or source, []).append(one.external_id)
    meant = Q(pk__in=[])
    for name, external_ids in by_source.items():
        # The exclusion lets PostgreSQL use the index, which leaves blank ids out.
        same = Q(source=name, external_id__in=external_ids)
        meant |= same & ~Q(external_id="")
    return meant


def _field(name: str, stated: Reference) -> str:
    """Return the field by which a row names a job or person."""
    if stated.id is not None:
        return name
    return f"{name}_external_id" if stated.external_id else "requisition_code"


def _unknown() -> str:
    return _("There is nothing with this id.")
