"""Vectors without an encoder, to see how pages do with many people.

They mean nothing but which field of work somebody is in: seeded random unit vectors
around one centre for each field. They stand in the place of the encoder's own until
`index_profiles --verify`, which finds that they are of no text, has them made anew.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID
from zlib import crc32

import numpy as np

from matching.batches import in_batches
from matching.conf import DIMENSIONS
from matching.models import CandidateEmbedding, JobEmbedding
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROWS_AT_ONCE = 1000
SPREAD = 1.2  # length of what is added to a centre, on average
SEED = 7


def give_random_vectors(
    *, candidates: Mapping[UUID, str], jobs: Mapping[UUID, str], encoder: str
) -> None:
    """Write a vector for each of these rows (id -> field) that has none."""
    chance = np.random.default_rng(SEED)
    for rows in in_batches(list(candidates.items()), ROWS_AT_ONCE):
        _give_to_people(rows, encoder, chance)
    stamps = dict(Job.objects.in_bulk(list(jobs)).items())
    vectors = _vectors([jobs[job_id] for job_id in stamps], chance)
    JobEmbedding.objects.bulk_create(
        [
            JobEmbedding(
                job_id=job_id,
                encoder=encoder,
                vector=vector,
                text_digest=_digest(job_id),
                token_count=0,
                stamp=job.profile_changed_at,
            )
            for (job_id, job), vector in zip(stamps.items(), vectors, strict=True)
        ],
        ignore_conflicts=True,
    )


def _give_to_people(
    rows: Sequence[tuple[UUID, str]], encoder: str, chance: np.random.Generator
) -> None:
    fields = dict(rows)
    people = Candidate.objects.filter(pk__in=fields)
    stamps: dict[UUID, datetime] = dict(
        people.order_by("pk").values_list("pk", "profile_changed_at")
    )
    vectors = _vectors([fields[pk] for pk in stamps], chance)
    CandidateEmbedding.objects.bulk_create(
        [
            CandidateEmbedding(
                candidate_id=pk,
                encoder=encoder,
                vector=vector,
                text_digest=_digest(pk),
                token_count=0,
                stamp=stamp,
            )
            for (pk, stamp), vector in zip(stamps.items(), vectors, strict=True)
        ],
        ignore_conflicts=True,
    )


def _vectors(fields: Sequence[str], chance: np.random.Generator) -> list[list[float]]:
    """Return a unit vector near the centre of each field."""
    noise = chance.standard_normal((len(fields), DIMENSIONS)) / DIMENSIONS**0.5
    centres = {field: _centre(field) for field in set(fields)}
    vectors = [
        centres[field] + SPREAD * one for field, one in zip(fields, noise, strict=True)
    ]
    return [(one / np.linalg.norm(one)).tolist() for one in vectors]


def _centre(field: str) -> "NDArray[np.float64]":
    # A seed of the field's own, so that people and jobs of it share the centre.
    found = np.random.default_rng(crc32(field.encode())).standard_normal(DIMENSIONS)
    return np.asarray(found / np.linalg.norm(found))


def _digest(row_id: UUID) -> str:
    return f"random {row_id}"
