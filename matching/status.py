"""How far indexing is, for pages and health checks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from matching.conf import encoder_identity
from matching.models import ParkedProfile
from matching.queries import stale_candidates, stale_jobs

# Four heartbeats missed.
SILENT_WORKER = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class IndexingStatus:
    """What encodes, what waits for it, and whether anybody is at work."""

    encoder: str
    waiting_candidates: int
    waiting_jobs: int
    parked: int
    worker_alive: bool

    @property
    def is_up_to_date(self) -> bool:
        return not (self.waiting_candidates or self.waiting_jobs)


def indexing_status(*, now: datetime | None = None) -> IndexingStatus:
    """Return the state of indexing as of now."""
    encoder = encoder_identity()
    return IndexingStatus(
        encoder=encoder,
        waiting_candidates=stale_candidates(encoder).count(),
        waiting_jobs=stale_jobs(encoder).count(),
        parked=ParkedProfile.objects.of_encoder(encoder).count(),
        worker_alive=is_worker_alive(now or timezone.now()),
    )


def is_worker_alive(now: datetime) -> bool:
    """Tell whether a worker has given a sign of life lately."""
    last = ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"))["last"]
    return last is not None and now - last <= SILENT_WORKER
