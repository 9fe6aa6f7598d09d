"""How many likely pairs are right, on names and jobs of which the answers are known.

Names: the words of the shipped vocabulary, each as if it were a skill of its own, and
labels of ESCO beside other words for some of them. Two are the same if they are words
of one skill. Jobs: occupations of O*NET, each told three times: as it is, copied with
another title and some sentences left out, and with other tasks in other words.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from matching.profile_text import JobContent, job_text
from matching.training.splits import is_held_out
from matching.twins.names import are_told_apart, initials, letters

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from matching.encoder import Vectors
    from matching.training.sources import EscoSkill, OnetOccupation
    from recruit.skills.operations import VocabularyEntry

# Cosines below are never asked for.
LEAST = 0.2
BLOCK = 512

FEWEST_TASKS = 4
MOST_TASKS = 8
MOST_OTHER_WORDS = 4  # more are several labels run together
ESCO_LABELS = 3000


@dataclass(frozen=True, slots=True)
class Told:
    """One name or text, and what it is about."""

    text: str
    about: str


@dataclass(frozen=True, slots=True)
class LikePairs:
    """The pairs of texts that are not far from each other."""

    similarities: "NDArray[np.float32]"
    are_same: "NDArray[np.bool_]"
    are_shortened: "NDArray[np.bool_]"  # one is the initials of the other
    same_count: int  # of all pairs, the far ones included


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    """What a threshold finds: so many pairs, so many of them right."""

    threshold: float
    pairs: int
    right: int
    precision: float  # 1 where nothing is found
    recall: float


def vocabulary_words(entries: Iterable["VocabularyEntry"]) -> list[Told]:
    """Return every word of the vocabulary, about the skill it leads to."""
    return [
        Told(word, entry.name)
        for entry in entries
        for word in dict.fromkeys((entry.name, *entry.aliases))
    ]


def esco_names(skills: Iterable["EscoSkill"]) -> list[Told]:
    """Return labels of ESCO, and other words for those held out from training.

    Only other words that are one label, and words of one skill alone: the file runs
    several labels together and has cut some off.
    """
    held = sorted(skills, key=lambda one: sha256(one.label.encode()).digest())
    shared = Counter(one.other_words for one in held)
    with_words = [
        one
        for one in held
        if is_held_out(one.group)
        and 0 < len(one.other_words.split()) <= MOST_OTHER_WORDS
        and shared[one.other_words] == 1
        and one.other_words != one.label
    ]
    labels = dict.fromkeys(one.label for one in [*with_words, *held])
    return [
        *(Told(label, label) for label in list(labels)[:ESCO_LABELS]),
        *(Told(one.other_words, one.label) for one in with_words),
    ]


def job_copies(occupations: Iterable["OnetOccupation"]) -> list[Told]:
    """Return held-out occupations as jobs, each also copied with few changes."""
    chosen = _as_jobs(occupations)
    return [
        *(_told(one, one.title, one.tasks[:MOST_TASKS]) for one in chosen),
        *(_told(one, one.titles[0], one.tasks[: MOST_TASKS - 2]) for one in chosen),
    ]


def jobs_told_otherwise(occupations: Iterable["OnetOccupation"]) -> list[Told]:
    """Return held-out occupations as jobs, each also with other tasks and title."""
    chosen = _as_jobs(occupations)
    return [
        *(_told(one, one.title, one.tasks[0::2][:MOST_TASKS]) for one in chosen),
        *(_told(one, one.titles[-1], one.tasks[1::2][:MOST_TASKS]) for one in chosen),
    ]


def _as_jobs(occupations: Iterable["OnetOccupation"]) -> list["OnetOccupation"]:
    return [
        one
        for one in occupations
        if is_held_out(one.group) and one.titles and len(one.tasks) >= FEWEST_TASKS
    ]


def _told(one: "OnetOccupation", title: str, tasks: Sequence[str]) -> Told:
    return Told(job_text(JobContent(title, description="\n".join(tasks))), one.code)


def like_pairs(told: Sequence[Told], vectors: "Vectors") -> LikePairs:
    """Return the pairs that are not far from each other, as mining would see them.

    Pairs that mining tells apart by their numbers are never among them.
    """
    about = np.array([one.about for one in told])
    sizes = Counter(one.about for one in told).values()
    found: list[tuple[float, bool, bool]] = []
    for start in range(0, len(told), BLOCK):
        block = vectors[start : start + BLOCK] @ vectors.T
        for row, column in np.argwhere(block >= LEAST):
            first, second = start + int(row), int(column)
            if first < second and not _apart(told[first], told[second]):
                found.append(
                    (
                        float(block[row, column]),
                        bool(about[first] == about[second]),
                        _is_shortened(told[first].text, told[second].text),
                    )
                )
    columns = np.array(found, dtype=np.float64).reshape(-1, 3)
    return LikePairs(
        similarities=columns[:, 0].astype(np.float32),
        are_same=columns[:, 1] > 0,
        are_shortened=columns[:, 2] > 0,
        same_count=sum(size * (size - 1) // 2 for size in sizes),
    )


def _apart(one: Told, other: Told) -> bool:
    return "\n" not in one.text and are_told_apart(one.text, other.text)


def _is_shortened(one: str, other: str) -> bool:
    return initials(one) == letters(other) or initials(other) == letters(one)


def rows(pairs: LikePairs, thresholds: Sequence[float]) -> list[ThresholdRow]:
    """Return what each threshold finds."""
    return [_row(pairs, least, pairs.similarities >= least) for least in thresholds]


def shortened_rows(pairs: LikePairs, thresholds: Sequence[float]) -> list[ThresholdRow]:
    """Return what each threshold finds where one name is the other's initials."""
    return [
        _row(pairs, least, (pairs.similarities >= least) & pairs.are_shortened)
        for least in thresholds
    ]


def _row(
    pairs: LikePairs, threshold: float, found: "NDArray[np.bool_]"
) -> ThresholdRow:
    count, right = int(found.sum()), int((found & pairs.are_same).sum())
    return ThresholdRow(
        threshold=threshold,
        pairs=count,
        right=right,
        precision=right / count if count else 1.0,
        recall=right / pairs.same_count if pairs.same_count else 1.0,
    )
