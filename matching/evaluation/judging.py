"""A task and its systems to figures: from Python, or row by row for the report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matching.evaluation.bootstrap import Estimate, estimates
from matching.evaluation.measures import measures_of
from matching.evaluation.ranking import ranks_of
from matching.evaluation.systems import (
    Cosines,
    Hybrid,
    Random,
    System,
    SystemName,
    cosines_of,
    words_of,
)
from matching.evaluation.tasks import Task, groups_of, in_text_order
from matching.evaluation.vectors import Judged, Sides

if TYPE_CHECKING:
    from matching.evaluation.bootstrap import Figures
    from matching.evaluation.ranking import Scores
    from matching.evaluation.vectors import Encode


# Scores held at once, however many queries there are.
SCORES_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """What one system reached on one task."""

    task: str
    system: SystemName
    encoder: str | None  # identity; words and chance have none
    queries: int
    documents: int
    measures: dict[str, Estimate]
    difference_to_base: dict[str, Estimate]


def evaluate(
    task: Task, *, encode_queries: "Encode", encode_documents: "Encode"
) -> "Figures":
    """Return the figures of a ranking by cosine: a row per query, in order, and a
    column per measure, as in MEASURES.

    Vectors are to be of length 1. Documents of equal score are in the order of the
    SHA-256 of their texts.
    """
    ordered = in_text_order(task)
    return figures_of(
        ordered, cosines_of(ordered, Sides(encode_queries, encode_documents))
    )


def figures_of(ordered: Task, system: System) -> "Figures":
    """Return the figures of a system on a task whose documents are in text order."""
    return np.array(
        [
            measures_of(ranks_of(scores, list(relevant)), list(relevant.values()))
            for relevant, scores in zip(
                ordered.relevant, _score_rows(ordered, system), strict=True
            )
        ]
    )


def _score_rows(ordered: Task, system: System) -> Iterator["Scores"]:
    """Give the scores of each query, of so many at once as fit."""
    count = len(ordered.queries)
    at_once = max(1, SCORES_AT_ONCE // len(ordered.corpus))
    for first in range(0, count, at_once):
        yield from system.scores(range(first, min(first + at_once, count)))


def judge(
    task: Task, *, base: Judged, encoders: Sequence[Judged], macro: str | None = None
) -> list[Row]:
    """Return the rows of one task: those of each encoder, then what they are beside.

    With `macro`, means are over the groups of that field of the queries, where the
    task has it; raise TaskFolderInvalid where only some of its queries do.
    """
    groups = groups_of(task, macro) if macro else None
    ordered = in_text_order(task)
    base_cosines = cosines_of(ordered, base.first)
    base_figures = figures_of(ordered, base_cosines)
    rows = []
    for name, identity, system in _systems(ordered, base, base_cosines, encoders):
        figures = figures_of(ordered, system)
        rows.append(
            Row(
                task=task.name,
                system=name,
                encoder=identity,
                queries=len(task.queries),
                documents=len(task.corpus),
                measures=estimates(figures, groups),
                difference_to_base=estimates(figures - base_figures, groups),
            )
        )
    return rows


def _systems(
    ordered: Task, base: Judged, base_cosines: Cosines, encoders: Sequence[Judged]
) -> Iterator[tuple[SystemName, str | None, System]]:
    words = words_of(ordered)
    for judged in encoders:
        yield SystemName.ENCODER, judged.identity, cosines_of(ordered, judged.first)
        product = cosines_of(ordered, judged.whole)
        yield SystemName.PRODUCT, judged.identity, product
        yield SystemName.HYBRID, judged.identity, Hybrid(words, product)
    yield SystemName.BASE, base.identity, base_cosines
    yield SystemName.BM25, None, words
    yield SystemName.RANDOM, None, Random(len(ordered.corpus))
