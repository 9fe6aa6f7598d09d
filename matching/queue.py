"""What is put into the task queue, in the transaction of the caller."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from matching.batches import in_batches
from matching.subjects import CANDIDATES, JOBS, SKILLS, Subjects
from recruit.common.task_queue import defer, task

READ_PENDING_EVENTS = "matching.tasks.read_pending_events"
REFRESH_SEARCH_ROWS = "matching.tasks.refresh_search_rows_of"
INDEX = "matching.tasks.index"
ENCODE_QUERIES = "matching.tasks.encode_queries"
FIND_TWINS = "matching.tasks.find_twins"
ENCODE_FAMILIES = "matching.tasks.encode_families"
GROUP_POOL = "matching.tasks.group_people"

# A task ends within seconds, so that what is more urgent waits no longer than that.
ROWS_IN_A_TASK = 128
SEARCH_ROWS_IN_A_TASK = 500

# Somebody sits and waits for it.
QUERIES_PRIORITY = 200
READING_PRIORITY = 50
SEARCH_ROWS_PRIORITY = 30
LOADING_PRIORITY = -20
PRIORITIES = {JOBS.name: 40, CANDIDATES.name: 0, SKILLS.name: -10}
TWINS_PRIORITIES = {JOBS.name: 35, SKILLS.name: -30}
FAMILIES_PRIORITY = 45
GROUPING_PRIORITY = 10


def read_events_soon() -> None:
    """Queue the reading of pending events, unless it is queued already."""
    _once(READ_PENDING_EVENTS, READING_PRIORITY)


def encode_queries_soon() -> None:
    """Queue the encoding of search texts, unless it is queued already."""
    _once(ENCODE_QUERIES, QUERIES_PRIORITY)


def index(subjects: Subjects, ids: Collection[UUID]) -> None:
    """Queue the encoding of these rows, in pieces that any worker takes."""
    index_in_pieces(subjects, sorted(ids), ROWS_IN_A_TASK)


def index_in_pieces(subjects: Subjects, ids: Sequence[UUID], size: int) -> None:
    """Queue the encoding of these rows, `size` in a task."""
    _in_pieces(INDEX, PRIORITIES[subjects.name], ids, size, kind=subjects.name)


def find_twins(subjects: Subjects, ids: Collection[UUID]) -> None:
    """Queue the search for rows that are like these; people are not looked at."""
    if subjects.name in TWINS_PRIORITIES:
        priority = TWINS_PRIORITIES[subjects.name]
        kind = subjects.name
        _in_pieces(FIND_TWINS, priority, sorted(ids), ROWS_IN_A_TASK, kind=kind)


def encode_families() -> None:
    """Queue the encoding of the job families, unless it is queued already."""
    _once(ENCODE_FAMILIES, FAMILIES_PRIORITY)


def group_pool() -> None:
    """Queue the division of the pool into groups, unless it is queued already."""
    _once(GROUP_POOL, GROUPING_PRIORITY)


def is_grouping() -> bool:
    """Tell whether the division of the pool waits or runs."""
    return _is_there(GROUP_POOL)


def refresh(ids: Collection[UUID]) -> None:
    """Queue the writing of search rows."""
    _in_pieces(
        REFRESH_SEARCH_ROWS, SEARCH_ROWS_PRIORITY, sorted(ids), SEARCH_ROWS_IN_A_TASK
    )


def is_indexing() -> bool:
    """Tell whether tasks of encoding wait or run."""
    return _is_there(INDEX)


def _is_there(task_name: str) -> bool:
    tasks = ProcrastinateJob.objects.filter(task_name=task_name)
    return tasks.filter(status__in=["todo", "doing"]).exists()


def _once(name: str, priority: int) -> None:
    """Queue a task, unless it is queued already."""
    once = task(name, priority=priority, queueing_lock=name, arguments={})
    with suppress(AlreadyEnqueued), transaction.atomic():
        defer([once])


def _in_pieces(
    name: str, priority: int, ids: Sequence[UUID], size: int, **arguments: Any
) -> None:
    """Queue one task for each `size` of these rows."""
    defer(
        [
            task(
                name,
                priority=priority,
                arguments={**arguments, "ids": [str(one) for one in piece]},
            )
            for piece in in_batches(ids, size)
        ]
    )
