"""All demo data as plain values, the same for the same seed and moment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from recruit.demo.content import JobContent, read_content
from recruit.demo.people import DemoCandidate, people
from recruit.demo.pipelines import DemoApplication, job_ages, pipelines

SEED: Final = 20


@dataclass(frozen=True, slots=True)
class DemoData:
    jobs: tuple[JobContent, ...]
    job_ages: dict[str, int]  # days, by code
    candidates: tuple[DemoCandidate, ...]
    applications: tuple[DemoApplication, ...]


def demo_data(*, now: datetime, seed: int = SEED) -> DemoData:
    """Return jobs, candidates and applications with dates relative to now."""
    content = read_content()
    candidates = people(content, now, seed)
    applications = pipelines(content, candidates, now, seed)
    return DemoData(
        jobs=content.jobs,
        job_ages=job_ages(content),
        candidates=tuple(_spoken_to(candidates, applications)),
        applications=tuple(applications),
    )


def _spoken_to(
    candidates: Sequence[DemoCandidate], applications: Sequence[DemoApplication]
) -> list[DemoCandidate]:
    """Return the people, with the last move of an application as last contact.

    Who came later than they applied came with the application.
    """
    last = {one.candidate: one for one in applications}
    spoken = []
    for person in candidates:
        application = last.get(person.external_id)
        if application is None:
            spoken.append(person)
            continue
        fields = person.profile.fields.copy()
        fields["last_contact_at"] = application.last_at
        came = min(person.created_at, application.applied_at)
        profile = replace(person.profile, fields=fields)
        spoken.append(replace(person, profile=profile, created_at=came))
    return spoken
