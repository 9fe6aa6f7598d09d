"""How far indexing is, for pages and health checks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from matching.conf import encoder_identity
from matching.models import CandidateEmbedding, JobEmbedding, ParkedProfile
from matching.queries import stale_candidates, stale_jobs
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job
from recruit.jobs.querysets import JobQuerySet

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


@dataclass(frozen=True, slots=True)
class RankingProgress:
    """How far the reading is that the ranking of one job waits for."""

    is_job_read: bool
    people: int
    people_read: int
    worker_alive: bool

    @property
    def percent(self) -> int:
        return 100 * self.people_read // self.people if self.people else 0

    @property
    def is_complete(self) -> bool:
        return self.is_job_read and self.people_read == self.people

    @property
    def is_ready(self) -> bool:
        """True once there is somebody to rank; the others join when they are read."""
        return self.is_job_read and self.people_read > 0


def ranking_progress(job: Job, *, now: datetime) -> RankingProgress:
    """Return how far a job and the people are read."""
    encoder = encoder_identity()
    people = Candidate.objects.not_erased().count()
    return RankingProgress(
        is_job_read=not stale_jobs(encoder).filter(pk=job.pk).exists(),
        people=people,
        people_read=people - stale_candidates(encoder).count(),
        worker_alive=is_worker_alive(now),
    )


def is_any_ranked(jobs: JobQuerySet) -> bool:
    """Tell whether one of these jobs was read, and anybody to be ranked for it."""
    encoder = encoder_identity()
    ids = jobs.order_by().values("pk")
    has_job = JobEmbedding.objects.of_encoder(encoder).filter(job_id__in=ids).exists()
    return has_job and CandidateEmbedding.objects.of_encoder(encoder).exists()
