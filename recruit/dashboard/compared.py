"""People side by side: what each shows for the job, and what we went through."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from matching.explained import explanations_of
from matching.types import Explanation, RequirementEvidence
from matching.veiled import behind_veil
from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.queries import (
    EarlierContact,
    candidates_visible_to,
    earlier_contacts,
)
from recruit.applications.veil import veil_of
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Compared:
    """One column of a comparison."""

    candidate: Candidate
    explanation: Explanation
    application: Application | None  # for this job
    contacts: tuple[EarlierContact, ...]  # for other jobs

    @property
    def pk(self) -> UUID:
        return self.candidate.pk

    @property
    def requirements(self) -> tuple[RequirementEvidence, ...]:
        return self.explanation.requirements


def people_compared(
    job: Job, ids: Sequence[UUID], viewer: User, *, today: date
) -> list[Compared]:
    """Return these people for a job (`with_requirements`), in the order asked for.

    Who may not be seen is left out. The number of queries does not grow with them.
    """
    veil = veil_of(job)
    meant = veil.behind(ids)
    visible = candidates_visible_to(viewer, on_pages_of=job.pk)
    held = visible.with_profile().in_bulk(list(meant.values()))
    people = [held[meant[one]] for one in ids if meant.get(one) in held]
    explained = explanations_of(job=job, candidates=people, today=today)
    contacts = earlier_contacts(list(held), viewer, other_than=job.pk)
    mine = Application.objects.visible_to(viewer).filter(job=job, candidate__in=held)
    applications = {
        one.candidate_id: one for one in mine.select_related("disposition_reason")
    }
    rows = [
        Compared(
            candidate=one,
            explanation=explained[one.pk],
            application=applications.get(one.pk),
            contacts=contacts[one.pk],
        )
        for one in people
    ]
    return [
        replace(row, contacts=()) if row.candidate.veiled_for else row
        for row in behind_veil(rows, veil)
    ]
