"""When matching works: tasks of the worker. Each can be stopped and done again."""

from collections.abc import Sequence
from contextlib import suppress
from math import ceil
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from matching import queue
from matching.conf import EncoderSettings, encoder_settings
from matching.encoder import load_encoder
from matching.families.encoding import are_families_encoded, encode_families
from matching.free_text.vectors import forget_queries
from matching.groups.pool import PoolEmpty, group_pool
from matching.hnsw import ensure_hnsw_index
from matching.indexing import index_subjects, park
from matching.pending import read_pending
from matching.queries import (
    stale_candidates,
    stale_jobs,
    unembedded_skills,
    unsearchable_candidates,
)
from matching.query_encoding import encode_waiting_queries
from matching.search_rows import refresh_search_rows
from matching.subjects import CANDIDATES, JOBS, SKILLS, SUBJECTS, Subjects
from matching.term_counts import add_changes, recount
from matching.twins.mining import FINDERS

# A profile that fails so often is set aside.
TRIES = 3
SECONDS_BETWEEN_TRIES = 2

# A task that failed is cut into so many, until the profile at fault stands alone.
PIECES_AFTER_FAILURE = 8

# People whose vectors the centres of groups are made from, while others wait.
GROUPED_FROM = 5000

RETRY = RetryStrategy(max_attempts=TRIES - 1, wait=SECONDS_BETWEEN_TRIES)


def wake_indexing() -> None:
    """Have the worker read the event log now."""
    queue.read_events_soon()


# Wake-ups can be lost with the process that would have given them.
@app.periodic(cron="* * * * * */10")  # the sixth field: every ten seconds
@app.task(
    name=queue.READ_PENDING_EVENTS,
    queueing_lock=queue.READ_PENDING_EVENTS,
    priority=queue.READING_PRIORITY,
    retry=RETRY,
)
def read_pending_events(timestamp: int | None = None) -> None:  # noqa: ARG001
    """Turn what happened into search rows and tasks."""
    read_pending()
    # Those that were left while somebody else was adding.
    add_changes()


@app.task(
    name=queue.REFRESH_SEARCH_ROWS, priority=queue.SEARCH_ROWS_PRIORITY, retry=RETRY
)
def refresh_search_rows_of(ids: list[str]) -> None:
    """Write the search rows of many candidates."""
    settings = encoder_settings()
    refresh_search_rows(
        [UUID(candidate_id) for candidate_id in ids],
        after_batch=lambda: encode_waiting_queries(settings),
    )


@app.task(name=queue.INDEX, retry=RETRY, pass_context=True)
def index(context: JobContext, kind: str, ids: list[str]) -> None:
    """Encode these rows where they are stale."""
    attempts = context.job.attempts if context.job else 0
    subjects, subject_ids = SUBJECTS[kind], [UUID(text) for text in ids]
    settings = encoder_settings()
    if attempts and len(ids) > 1:
        size = ceil(len(ids) / PIECES_AFTER_FAILURE)
        queue.index_in_pieces(subjects, subject_ids, size)
        return
    if attempts:
        # Before the next try: a text may take the whole worker with it. An encoder
        # that does not load is no fault of the text.
        load_encoder(settings)
        _park(subjects, subject_ids, settings.identity)
    ensure_hnsw_index(settings.identity)
    index_subjects(
        subjects,
        subject_ids,
        settings=settings,
        # What waits to be read does not wait for the rest of this task.
        after_batch=lambda _count: _let_pass(settings),
    )
    queue.find_twins(subjects, subject_ids)


def _let_pass(settings: EncoderSettings) -> None:
    """Do what is more urgent than the task that runs."""
    encode_waiting_queries(settings)
    read_pending()


@app.task(
    name=queue.ENCODE_QUERIES,
    queueing_lock=queue.ENCODE_QUERIES,
    priority=queue.QUERIES_PRIORITY,
)
def encode_queries() -> None:
    """Encode what somebody searches for; who still waits asks again."""
    encode_waiting_queries(encoder_settings())


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="matching.tasks.forget_old_queries")
def forget_old_queries(timestamp: int | None = None) -> None:  # noqa: ARG001
    """Delete vectors and texts of searches that nobody waits for."""
    forget_queries(now=timezone.now())


# Right after the worker's start, and then for nothing: the first search does not wait
# for the encoder to load.
@app.periodic(cron="* * * * *")
@app.task(
    queueing_lock="matching.tasks.load_encoder_early", priority=queue.LOADING_PRIORITY
)
def load_encoder_early(timestamp: int | None = None) -> None:  # noqa: ARG001
    """Have the encoder in memory before somebody needs it."""
    load_encoder(encoder_settings())


def _park(subjects: Subjects, ids: Sequence[UUID], identity: str) -> None:
    for subject_id in ids:
        park(
            subjects,
            subject_id,
            identity=identity,
            reason=_("The encoder failed on this text."),
            at=timezone.now(),
        )


@app.task(name=queue.FIND_TWINS, retry=RETRY)
def find_twins(kind: str, ids: list[str]) -> None:
    """Look for skills or jobs that may be the same as one of these."""
    FINDERS[kind]([UUID(text) for text in ids], encoder_settings().identity)


@app.task(name=queue.ENCODE_FAMILIES, queueing_lock=queue.ENCODE_FAMILIES, retry=RETRY)
def encode_job_families() -> None:
    """Write the vectors of the job families' sentences."""
    encode_families(encoder_settings())


@app.task(name=queue.GROUP_POOL, queueing_lock=queue.GROUP_POOL)
def group_people() -> None:
    """Divide the pool into groups; nobody to group leaves things as they are."""
    settings = encoder_settings()
    with suppress(PoolEmpty):
        group_pool(
            encoder=settings.identity,
            count=None,
            made_at=timezone.now(),
            most=GROUPED_FROM,
            before_each=lambda: _let_pass(settings),
        )


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="matching.tasks.find_stale", priority=queue.READING_PRIORITY)
def find_stale(timestamp: int | None = None) -> None:  # noqa: ARG001
    """Queue what no event speaks of: a changed encoder, lost or parked tasks."""
    if queue.is_indexing():
        return
    identity = encoder_settings().identity
    if not are_families_encoded(identity):
        queue.encode_families()
    queue.refresh(_ids(unsearchable_candidates()))
    queue.index(JOBS, _ids(stale_jobs(identity)))
    queue.index(CANDIDATES, _ids(stale_candidates(identity)))
    queue.index(SKILLS, _ids(unembedded_skills(identity)))


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="matching.tasks.compare_texts")
def compare_texts(timestamp: int | None = None) -> None:  # noqa: ARG001
    """Queue every row once a day: who was written around the operations is found."""
    for subjects in (JOBS, CANDIDATES):
        queue.index(subjects, _ids(subjects.present()))
    queue.find_twins(SKILLS, _ids(SKILLS.present()))


@app.periodic(cron="37 3 * * *")
@app.task(queueing_lock="matching.tasks.recount_terms")
def recount_terms(timestamp: int | None = None) -> None:  # noqa: ARG001
    """Count the terms of all profiles anew once a day, and put right what differs."""
    recount()


def _ids(rows: QuerySet[Any]) -> list[UUID]:
    return list(rows.values_list("pk", flat=True))
