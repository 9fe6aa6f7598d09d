"""Ten thousand candidates who read like the demo data's people, and its jobs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

import numpy as np

from benchmarks.figures import say
from matching.batches import in_batches
from matching.conf import DIMENSIONS, encoder_settings
from matching.hnsw import ensure_hnsw_index
from matching.indexing import index_subjects
from matching.models import CandidateEmbedding
from matching.queries import stale_candidates, unsearchable_candidates
from matching.search_rows import refresh_search_rows
from matching.subjects import JOBS
from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.accounts.operations import create_user
from recruit.candidates.inputs import CandidateFields
from recruit.candidates.models import Candidate
from recruit.candidates.operations import (
    ProfileWrite,
    new_candidate,
    save_profiles,
)
from recruit.demo.generation import demo_data
from recruit.demo.operations import load_demo
from recruit.events.models import PendingEvent
from recruit.jobs.models import Job

CANDIDATES = 10_000
NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)
ACTOR = Actor.system("benchmarks")
RECRUITER = "bench@example.org"
FIRST_SEED = 1000
ROWS_AT_ONCE = 500


def make_pool() -> None:
    """Bring the pool to its size and index it, unless that was done before."""
    if not Job.objects.exists():
        load_demo(now=NOW, owner=recruiter(), report=say)
    _add_candidates()
    refresh_search_rows(unsearchable_candidates().values_list("pk", flat=True))
    settings = encoder_settings()
    job_ids = list(Job.objects.values_list("pk", flat=True))
    index_subjects(JOBS, job_ids, settings=settings)
    ensure_hnsw_index(settings.identity)
    _give_vectors(settings.identity)
    PendingEvent.objects.all().delete()


def recruiter() -> User:
    """Return the account that the pages are opened with."""
    found = User.objects.filter(email=RECRUITER).first()
    return found or create_user(
        email=RECRUITER, name="Bench", role=Role.RECRUITER, password=None
    )


def _add_candidates() -> None:
    missing = CANDIDATES - Candidate.objects.count()
    for seed in count(FIRST_SEED):
        if missing <= 0:
            return
        say(f"{missing} candidates to make")
        people = demo_data(now=NOW, seed=seed).candidates[:missing]
        missing -= len(people)
        writes = []
        for one in people:
            fields = CandidateFields(**one.profile.fields)
            fields["external_id"] = f"{seed}-{one.external_id}"
            profile = replace(one.profile, fields=fields)
            writes.append(ProfileWrite(new_candidate(NOW), profile, is_new=True))
        save_profiles(writes=writes, actor=ACTOR, changed_at=NOW)


def _give_vectors(identity: str) -> None:
    """Write random unit vectors: ranking takes as long whatever they mean."""
    chance = np.random.default_rng(seed=1)
    stale = stale_candidates(identity).values_list("pk", "profile_changed_at")
    for rows in in_batches(list(stale), ROWS_AT_ONCE):
        vectors = chance.normal(size=(len(rows), DIMENSIONS))
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        _write(rows, vectors.tolist(), identity)


def _write(
    rows: Sequence[tuple[UUID, datetime]], vectors: list[list[float]], identity: str
) -> None:
    CandidateEmbedding.objects.bulk_create(
        CandidateEmbedding(
            candidate_id=candidate_id,
            encoder=identity,
            vector=vector,
            text_digest=str(candidate_id),
            token_count=0,
            stamp=stamp,
        )
        for (candidate_id, stamp), vector in zip(rows, vectors, strict=True)
    )
