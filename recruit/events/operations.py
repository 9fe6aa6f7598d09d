"""Writing the event log."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from recruit.accounts.actors import Actor
from recruit.events.choices import LISTENS_TO, Happened, Reader
from recruit.events.models import Event, PendingEvent
from recruit.events.wakeup import wake


@transaction.atomic
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
    event = Event.objects.create(
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
    readers = [reader for reader in Reader if kind in LISTENS_TO[reader]]
    PendingEvent.objects.bulk_create(
        PendingEvent(event=event, reader=reader) for reader in readers
    )
    for reader in readers:
        transaction.on_commit(_waking(reader), robust=True)
    return event


def _waking(reader: Reader) -> Callable[[], None]:
    # No partial: Django logs a hook that fails by a name, which a partial lacks, and
    # fails itself in doing so.
    def wake_reader() -> None:
        wake(reader)

    return wake_reader
