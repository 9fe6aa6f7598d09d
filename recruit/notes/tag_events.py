"""What is recorded when tags are given, taken, and changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from recruit.accounts.actors import Actor
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.jobs.models import Job
from recruit.notes.models import Tag


def without(ids: Iterable[UUID], others: Iterable[UUID]) -> tuple[UUID, ...]:
    """Return ids in their order, but for some."""
    known = set(others)
    return tuple(one for one in ids if one not in known)


def record_people(
    kind: Happened,
    tag: Tag,
    candidate_ids: Sequence[UUID],
    actor: Actor,
    happened_at: datetime,
) -> None:
    """Record what became of a tag of people, if there are any."""
    if candidate_ids:
        record(
            kind,
            actor=actor,
            happened_at=happened_at,
            candidate_ids=candidate_ids,
            details={"tags": [str(tag.pk)]},
        )


def record_jobs(
    kind: Happened,
    tag: Tag,
    job_ids: Sequence[UUID],
    actor: Actor,
    happened_at: datetime,
) -> None:
    """Record what became of a tag of jobs."""
    # Who may not see a confidential job knows of no event about it: apart.
    confidential = Job.objects.filter(pk__in=job_ids, confidential=True)
    hidden = sorted(confidential.values_list("pk", flat=True))
    for ids in [without(job_ids, hidden)] + [(one,) for one in hidden]:
        if ids:
            record(
                kind,
                actor=actor,
                happened_at=happened_at,
                job_ids=ids,
                details={"tags": [str(tag.pk)]},
            )


def record_tags(
    kind: Happened, tags: Sequence[Tag], actor: Actor, happened_at: datetime
) -> None:
    """Record what became of tags themselves; the last one gives the name."""
    record(
        kind,
        actor=actor,
        happened_at=happened_at,
        details={"tags": [str(tag.pk) for tag in tags], "name": tags[-1].name},
    )
