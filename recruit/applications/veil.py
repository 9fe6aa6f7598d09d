"""People as the pages of one job may show them.

Where a job hides who its people are, pages, files and the API show copies made here:
without names, contacts, schools, documents and dates, and with ids that lead nowhere
but to this job's own pages. A copy is for reading; its id is no row's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recruit.applications import handles
from recruit.applications.blind import Blindness, blindness_of_jobs
from recruit.applications.choices import Outcome
from recruit.applications.models import Application
from recruit.candidates.blinding import blinded
from recruit.candidates.models import Candidate, Education, Experience
from recruit.jobs.models import Job

MONTHS = 12
# What a copy shows as it stands: the work, never the person.
SHOWN = (
    "place",
    "region",
    "country",
    "open_to_remote",
    "years_of_experience",
    "salary_expectation",
    "salary_currency",
    "available_from",
    "work_permit",
    "last_contact_at",
    "profile_changed_at",
    "created_at",
    "updated_at",
)
TOLD = ("headline", "summary")  # no source: who recommended somebody tells

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Words:
    """What is taken out of the texts about one person."""

    names: tuple[str, ...]
    schools: tuple[str, ...]

    @classmethod
    def of(cls, candidate: Candidate) -> "Words":
        return cls(
            (candidate.given_name, candidate.family_name),
            tuple(study.institution for study in _loaded(candidate, "education")),
        )

    def out_of(self, text: str) -> str:
        return blinded(text, names=self.names, schools=self.schools)


@dataclass(frozen=True, slots=True)
class Veil:
    """What the pages of one job hide of its people."""

    job_id: UUID
    code: str
    blindness: Blindness | None

    @property
    def is_on(self) -> bool:
        return self.blindness is not None

    def hides(self, application: Application) -> bool:
        return self.blindness is not None and not self.blindness.knows(
            stage=application.stage, outcome=application.outcome
        )

    def id_of(self, pk: UUID) -> UUID:
        """Return what stands for an id of a hidden person, or of a row of theirs."""
        return handles.handle_of(pk, job_id=self.job_id) if self.is_on else pk

    def id_behind(self, given: UUID) -> UUID:
        """Return the id that one of this job's pages stands for, of nobody perhaps."""
        return handles.behind(given, job_id=self.job_id) if self.is_on else given

    def known(self, ids: Iterable[UUID]) -> set[UUID]:
        """Return the people whose applications came far enough to show them."""
        wanted = list(ids)
        if self.blindness is None:
            return set(wanted)
        mine = Application.objects.filter(job_id=self.job_id, candidate_id__in=wanted)
        far = mine.filter(Q(stage__in=self.blindness.codes) | Q(outcome=Outcome.HIRED))
        return set(far.values_list("candidate_id", flat=True))

    def behind(self, given: Iterable[UUID]) -> dict[UUID, UUID]:
        """Return the people whom ids of this job's pages stand for.

        The own id of somebody hidden stands for nobody, or it would tell which of the
        unnamed they are.
        """
        asked = list(given)
        if self.blindness is None:
            return {one: one for one in asked}
        meant = {one: self.id_behind(one) for one in asked}
        there = Candidate.objects.filter(pk__in=meant.values())
        people = set(there.values_list("pk", flat=True))
        found = {one: pk for one, pk in meant.items() if pk in people}
        return found | {one: one for one in self.known(asked)}

    def one_behind(self, given: UUID) -> UUID | None:
        """Return the person whom an id of this job's pages stands for."""
        return self.behind([given]).get(given)

    def people(self, candidates: Sequence[Candidate]) -> dict[UUID, Candidate]:
        """Return people by their own ids, hidden ones as copies."""
        if self.blindness is None:
            return {one.pk: one for one in candidates}
        known = self.known(one.pk for one in candidates)
        return {
            one.pk: one if one.pk in known else self.copy_of(one) for one in candidates
        }

    def label(self, pk: UUID) -> str:
        """Return what somebody hidden is called on this job's pages."""
        return _("Candidate %(code)s") % {"code": handles.code_of(self.id_of(pk))}

    def copy_of(self, candidate: Candidate) -> Candidate:
        """Return a person without what says who they are."""
        words = Words.of(candidate)
        copy = Candidate(
            id=self.id_of(candidate.pk),
            family_name=self.label(candidate.pk),
            **{name: getattr(candidate, name) for name in SHOWN},
            **{name: words.out_of(getattr(candidate, name)) for name in TOLD},
        )
        copy.veiled_for = self.code
        parts: dict[str, list[Any]] = {
            "skills": [self._row(held) for held in _loaded(candidate, "skills")],
            "experience": [
                self._work(work, words) for work in _loaded(candidate, "experience")
            ],
            "education": [
                self._study(study, words) for study in _loaded(candidate, "education")
            ],
            "languages": [self._row(one) for one in _loaded(candidate, "languages")],
            "documents": [],
        }
        for name, rows in parts.items():
            _keep(copy, name, rows)
        return copy

    def _row(self, row: M) -> M:
        fields = {one.attname: getattr(row, one.attname) for one in row._meta.fields}
        fields |= {"id": self.id_of(row.pk), "candidate_id": None}
        if "last_used" in fields:
            fields["last_used"] = None
        copy = type(row)(**fields)
        for name, related in row._state.fields_cache.items():
            if name != "candidate":
                copy._state.fields_cache[name] = related
        return copy

    def _work(self, work: Experience, words: Words) -> Experience:
        copy = self._row(work)
        copy.title = words.out_of(work.title)
        copy.organisation = words.out_of(work.organisation)
        copy.description = words.out_of(work.description)
        copy.lasted = _length(work.started_on, work.ended_on)
        copy.started_on = copy.ended_on = None
        return copy

    def _study(self, study: Education, words: Words) -> Education:
        copy = self._row(study)
        copy.qualification = words.out_of(study.qualification)
        copy.institution, copy.started_in, copy.ended_in = "", None, None
        return copy

    def application(self, application: Application) -> Application:
        """Put a copy in the place of a person who is hidden."""
        if self.hides(application) and not application.candidate.veiled_for:
            application.candidate = self.copy_of(application.candidate)
        return application


def veil_of(job: Job) -> Veil:
    """Return what the pages of a job hide."""
    return veils_of([job])[job.pk]


def veils_of(jobs: Iterable[Job]) -> dict[UUID, Veil]:
    """Return what the pages of each job hide, by job."""
    codes = {job.pk: job.requisition_code for job in jobs}
    found = blindness_of_jobs(codes) if codes else {}
    return {pk: Veil(pk, code, found.get(pk)) for pk, code in codes.items()}


def veiled(applications: Iterable[Application]) -> list[Application]:
    """Return applications (with candidate and job loaded) as they may be shown."""
    rows = list(applications)
    veils = veils_of(row.job for row in rows)
    return [veils[row.job_id].application(row) for row in rows]


def _loaded(candidate: Candidate, name: str) -> list[Any]:
    """Return the rows of a person that were loaded with them."""
    kept = getattr(candidate, "_prefetched_objects_cache", {})
    return list(kept.get(name, ()))


def _keep(copy: Candidate, name: str, rows: list[Any]) -> None:
    manager = getattr(copy, name)
    kept = manager.none()
    kept._result_cache = rows
    kept._prefetch_done = True
    cache = copy.__dict__.setdefault("_prefetched_objects_cache", {})
    cache[name] = kept


def _length(start: date | None, end: date | None) -> str:
    """Say how long work lasted, without when."""
    if start is None or end is None:
        return _("present work") if end is None and start else ""
    months = (end.year - start.year) * MONTHS + end.month - start.month + 1
    if months < MONTHS:
        return ngettext("%d month", "%d months", months) % months
    years = round(months / MONTHS)
    return ngettext("%d year", "%d years", years) % years
