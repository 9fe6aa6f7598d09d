"""The way of one application through its job's stages, as plain values.

A move that was taken back never happened: neither it nor the undoing counts, and the
person stayed where they were, since they came there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

ACTIVE, HIRED, REJECTED, WITHDRAWN = "active", "hired", "rejected", "withdrawn"


class Result(StrEnum):
    """What became of somebody at a stage that they reached."""

    PASSED = "passed"  # reached a further stage, or was hired
    REJECTED = "rejected"  # rejected without getting further
    WITHDRAWN = "withdrawn"  # withdrew without getting further
    UNDER_WAY = "under_way"  # still active, and not further yet


ENDED = {REJECTED: Result.REJECTED, WITHDRAWN: Result.WITHDRAWN}


@dataclass(slots=True)
class Move:
    """One row of the log of an application."""

    move_id: UUID
    to_stage: str
    to_outcome: str
    moved_at: datetime
    undoes: UUID | None
    user_id: UUID | None  # who made it, where that was a person


@dataclass(slots=True)
class Course:
    """One application with all its moves, in their order."""

    application_id: UUID
    job_id: UUID
    source: str
    applied_at: datetime
    first_stage: str
    stage: str
    stage_since: datetime
    outcome: str
    ended_at: datetime | None
    moves: Sequence[Move]

    @property
    def is_active(self) -> bool:
        return self.outcome == ACTIVE


@dataclass(slots=True)
class Stay:
    """A time without interruption at one stage; it goes on where nobody left."""

    stage: str
    entered_at: datetime
    left_at: datetime | None


def standing_moves(course: Course) -> list[Move]:
    """Return the moves that were not taken back."""
    undone = {move.undoes for move in course.moves if move.undoes}
    return [
        move
        for move in course.moves
        if move.undoes is None and move.move_id not in undone
    ]


def stays(course: Course) -> list[Stay]:
    """Return the stays of an application, the first one from the day it began.

    Who comes back to a stage has another stay there. The last stay ends with the
    application; of an active one it goes on.
    """
    entered = [(course.first_stage, course.applied_at)]
    for move in standing_moves(course):
        if move.to_outcome == ACTIVE and move.to_stage != entered[-1][0]:
            entered.append((move.to_stage, move.moved_at))
    past = [Stay(stage, at, then) for (stage, at), (_next, then) in pairwise(entered)]
    return [*past, Stay(*entered[-1], course.ended_at)]


def results(course: Course, order: Sequence[str]) -> dict[str, Result]:
    """Return what became of somebody at each stage they reached, once for each.

    The order is that of the job's stages; a stage that was left out was not reached,
    and one that the order does not know is not told of.
    """
    places = {stage: place for place, stage in enumerate(order)}
    reached = {stay.stage for stay in stays(course)} & places.keys()
    furthest = max((places[stage] for stage in reached), default=-1)
    is_hired = course.outcome == HIRED
    rest = ENDED.get(course.outcome, Result.UNDER_WAY)
    return {
        stage: Result.PASSED if is_hired or places[stage] < furthest else rest
        for stage in order
        if stage in reached
    }


def opened_before(openings: Sequence[datetime], moment: datetime) -> datetime | None:
    """Return the last opening of a job before a moment, given all in their order.

    A job that was closed and opened again was opened twice.
    """
    return max((opened for opened in openings if opened <= moment), default=None)


def openings(
    created_at: datetime, changes: Sequence[tuple[datetime, str]]
) -> tuple[datetime, ...]:
    """Return when a job was opened: for the first time, and after each closing.

    Changes are the statuses that it was given, in their order. A job whose first
    change is to “open” was no open one before. Going on after “on hold” is no opening.
    """
    opened = [] if changes and changes[0][1] == "open" else [created_at]
    is_due = not opened
    for changed_at, status in changes:
        if status == "open" and is_due:
            opened.append(changed_at)
        is_due = status == "closed" or (is_due and status != "open")
    return tuple(opened)
