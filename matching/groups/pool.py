"""The pool in groups: vectors read in pieces, groups and members written.

Memory does not grow with the pool: centres are made from a sample, then everybody is
put to the nearest, some thousands at a time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.db.models.expressions import RawSQL
from django.db.models.functions import MD5

from matching.groups.clustering import Grouping, assigned, divide, divide_well
from matching.groups.typical import typical_skills, typical_titles
from matching.models import (
    CandidateEmbedding,
    CandidateSearch,
    PoolGroup,
    PoolGrouping,
    PoolMember,
)
from matching.querysets import CandidateEmbeddingQuerySet
from recruit.common.copying import copy_rows

if TYPE_CHECKING:
    from matching.groups.clustering import Vectors

# People whose vectors the centres are made from; of a smaller pool, everybody.
SAMPLE = 50_000
ROWS_AT_ONCE = 2000

SEED = 42

# The advisory lock of whoever writes groups.
GROUPING = 0x47525053

Progress: TypeAlias = Callable[[int], object]


class PoolEmpty(Exception):
    """Nobody says enough to be grouped, or nobody's profile was read yet."""


@dataclass(frozen=True, slots=True)
class People:
    """Some people with their vectors, in one order."""

    ids: tuple[UUID, ...]
    vectors: "Vectors"


def group_pool(
    *,
    encoder: str,
    count: int | None,
    made_at: datetime,
    seed: int = SEED,
    most: int | None = None,
    after_batch: Progress = lambda _count: None,
    before_each: Callable[[], object] = lambda: None,
) -> PoolGrouping:
    """Divide the people who say enough into groups, in place of those there were.

    Without a count, the number of groups is the one whose groups lie apart best. The
    same people give the same groups. The centres are made from `most` people at most,
    or SAMPLE; before each number of groups that is tried, the caller may do something
    else. Raise PoolEmpty.
    """
    sample = _sample(encoder, most or SAMPLE)
    if sample is None:
        raise PoolEmpty
    found = (
        divide_well(sample, seed=seed, before_each=before_each)
        if count is None
        else divide(sample, count=count, seed=seed)
    )
    centres = _largest_first(found, sample)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GROUPING])
        for rows in (PoolMember, PoolGroup, PoolGrouping):
            rows.objects.all().delete()
        sizes = _write_members(encoder, centres, after_batch)
        grouping = PoolGrouping.objects.create(
            encoder=encoder,
            made_at=made_at,
            seed=seed,
            people=sum(sizes),
            is_count_chosen=count is None,
        )
        _write_groups(grouping, centres, sizes)
    return grouping


def _embeddings(encoder: str) -> CandidateEmbeddingQuerySet:
    """Return the vectors of people who say enough to be compared."""
    enough = CandidateSearch.objects.filter(
        candidate_id=OuterRef("candidate_id"), has_enough_data=True
    )
    return CandidateEmbedding.objects.of_encoder(encoder).filter(Exists(enough))


def _sample(encoder: str, most: int) -> "Vectors | None":
    """Return the vectors of people drawn by their ids; None for nobody."""
    text = RawSQL("candidate_id::text", [])
    drawn = _embeddings(encoder).annotate(draw=MD5(text)).order_by("draw")
    pieces = [people.vectors for people in _in_pieces(drawn[:most])]
    return np.concatenate(pieces) if pieces else None


def _in_pieces(embeddings: CandidateEmbeddingQuerySet) -> Iterator[People]:
    """Give people some thousands at a time, from a cursor that the server keeps."""
    ids: list[UUID] = []
    vectors: list[list[float]] = []
    rows = embeddings.values_list("candidate_id", "vector")
    for candidate_id, vector in rows.iterator(chunk_size=ROWS_AT_ONCE):
        ids.append(candidate_id)
        vectors.append(vector)
        if len(ids) == ROWS_AT_ONCE:
            yield _people(ids, vectors)
            ids, vectors = [], []
    if ids:
        yield _people(ids, vectors)


def _people(ids: list[UUID], vectors: list[list[float]]) -> People:
    return People(tuple(ids), np.array(vectors, dtype=np.float32))


def _largest_first(found: Grouping, sample: "Vectors") -> "Vectors":
    """Return the centres that anybody is near, ordered by how many are."""
    sizes = np.bincount(assigned(sample, found.centres), minlength=found.count)
    order = np.argsort(-sizes, kind="stable")
    return found.centres[order[: np.count_nonzero(sizes)]]


def _write_members(
    encoder: str, centres: "Vectors", after_batch: Progress
) -> list[int]:
    """Put everybody to the nearest centre; return how many are near each."""
    sizes = np.zeros(len(centres), dtype=np.int64)
    for people in _in_pieces(_embeddings(encoder).order_by("candidate_id")):
        labels = assigned(people.vectors, centres)
        sizes += np.bincount(labels, minlength=len(centres))
        copy_rows(
            PoolMember,
            [
                PoolMember(candidate_id=candidate_id, group_number=int(label) + 1)
                for candidate_id, label in zip(people.ids, labels, strict=True)
            ],
        )
        after_batch(len(people.ids))
    return [int(size) for size in sizes]


def _write_groups(grouping: PoolGrouping, centres: "Vectors", sizes: list[int]) -> None:
    numbered = dict(enumerate(sizes, start=1))
    skills = typical_skills(numbered)
    titles = typical_titles()
    PoolGroup.objects.bulk_create(
        PoolGroup(
            grouping_id=grouping.pk,
            number=number,
            people=people,
            centre=centres[number - 1].tolist(),
            skills=skills.get(number, []),
            titles=titles.get(number, []),
        )
        for number, people in numbered.items()
    )
