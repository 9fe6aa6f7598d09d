"""Writing the event log."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from recruit.accounts.actors import Actor
from recruit.events.choices import LISTENS_TO, Happened, Reader
from recruit.events.models import Event, PendingEvent
from recruit.events.wakeup import wake


def record(
    kind: Happened,
    *,
    actor: Actor,
    happened_at: datetime,
    job_ids: Sequence[UUID] = (),
    candidate_ids: Sequence[UUID] = (),
    application_id: UUID | None = None,
    details: Mapping[str, object] | None = None,
) -> Event:
    """Write an event, and one pending row for each reader that listens to it."""
    event = event_of(
        kind,
        actor=actor,
        happened_at=happened_at,
        job_ids=job_ids,
        candidate_ids=candidate_ids,
        application_id=application_id,
        details=details,
    )
    record_each([event])
    return event


def event_of(
    kind: Happened,
    *,
    actor: Actor,
    happened_at: datetime,
    job_ids: Sequence[UUID] = (),
    candidate_ids: Sequence[UUID] = (),
    application_id: UUID | None = None,
    details: Mapping[str, object] | None = None,
) -> Event:
    """Return an event for `record_each` to write."""
    return Event(
        kind=kind,
        happened_at=happened_at,
        actor_kind=actor.kind,
        actor_id=actor.actor_id,
        actor_name=actor.name[:200],
        on_behalf_of_id=actor.on_behalf_of_id,
        job_ids=list(job_ids),
        candidate_ids=list(candidate_ids),
        application_id=application_id,
        details=dict(details or {}),
    )


@transaction.atomic
def record_each(events: Sequence[Event]) -> None:
    """Write events, which readers are to take in this order."""
    Event.objects.bulk_create(events)
    pending = [
        PendingEvent(event=event, reader=reader)
        for event in events
        for reader in Reader
        if event.kind in LISTENS_TO[reader]
    ]
    PendingEvent.objects.bulk_create(pending)
    for reader in dict.fromkeys(one.reader for one in pending):
        transaction.on_commit(_waking(Reader(reader)), robust=True)


def _waking(reader: Reader) -> Callable[[], None]:
    # No partial: Django logs a hook that fails by a name, which a partial lacks, and
    # fails itself in doing so.
    def wake_reader() -> None:
        wake(reader)

    return wake_reader
