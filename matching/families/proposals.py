"""What family to propose for a job. A proposal counts only once a person takes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pgvector.django import CosineDistance

from matching.conf import encoder_identity
from matching.families.choosing import ExampleSimilarity, margin, scored
from matching.families.reading import examples_digest, read_families
from matching.measured import FAMILY_MARGIN
from matching.models import FamilyEmbedding, JobEmbedding
from matching.profile_text import JobContent, job_text
from matching.text_vectors import vectors_of_texts
from recruit.jobs.choices import JobFamily
from recruit.jobs.models import Job

# A page that is typed into asks again by itself.
WAIT_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class FamilyProposal:
    """A family that fits a text clearly better than the others."""

    family: JobFamily
    example: str  # the sentence of the family that is nearest


def family_for_job(job: Job) -> FamilyProposal | None:
    """Return the family to propose for a stored job, None while unsure or unread."""
    encoder = encoder_identity()
    embeddings = JobEmbedding.objects.of_encoder(encoder).filter(job_id=job.pk)
    vector = embeddings.values_list("vector", flat=True).first()
    return None if vector is None else family_for_vector(list(vector), encoder)


def family_for_text(
    content: JobContent, *, asked_at: datetime, wait_seconds: float = WAIT_SECONDS
) -> FamilyProposal | None:
    """Return the family to propose for a job that is being written.

    Raise TextsBeingRead if the worker needs longer, NobodyReads, TextUnreadable.
    """
    (vector,) = vectors_of_texts(
        [job_text(content)], asked_at=asked_at, wait_seconds=wait_seconds
    )
    return family_for_vector(vector, encoder_identity())


def family_for_vector(vector: Sequence[float], encoder: str) -> FamilyProposal | None:
    """Return the family to propose for a text, None where two fit about as well."""
    distance = CosineDistance("vector", vector)
    examples = FamilyEmbedding.objects.of_encoder(encoder)
    rows = examples.filter(examples_digest=examples_digest()).annotate(d=distance)
    scores = scored(
        ExampleSimilarity(family, number, 1 - d)
        for family, number, d in rows.values_list("family", "number", "d")
    )
    if margin(scores) < FAMILY_MARGIN:
        return None
    sentences = {family.code: family.examples for family in read_families()}
    best = scores[0]
    example = sentences[best.family][best.nearest - 1]
    return FamilyProposal(JobFamily(best.family), example)
