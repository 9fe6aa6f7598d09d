"""The families' sentences to vectors, kept for each encoder."""

from typing import TYPE_CHECKING

import numpy as np
from django.db import transaction

from matching.conf import EncoderSettings
from matching.encoder import Encoder, load_encoder
from matching.families.choosing import CENTRE
from matching.families.reading import Family, examples_digest, read_families
from matching.models import FamilyEmbedding

if TYPE_CHECKING:
    from matching.encoder import Vectors


def encode_families(settings: EncoderSettings) -> None:
    """Write the vectors of all sentences and centres, unless they are there."""
    if are_families_encoded(settings.identity):
        return
    digest = examples_digest()
    encoder = load_encoder(settings)
    rows = [
        FamilyEmbedding(
            family=family.code,
            number=number,
            encoder=settings.identity,
            vector=vector.tolist(),
            examples_digest=digest,
        )
        for family in read_families()
        for number, vector in enumerate(family_vectors(encoder, family))
    ]
    with transaction.atomic():
        # Two workers at it at once write the same: the second finds the rows there.
        of_encoder = FamilyEmbedding.objects.of_encoder(settings.identity)
        of_encoder.exclude(examples_digest=digest).delete()
        FamilyEmbedding.objects.bulk_create(rows, ignore_conflicts=True)


def are_families_encoded(identity: str) -> bool:
    """Tell whether the sentences, as they stand now, have their vectors."""
    rows = FamilyEmbedding.objects.of_encoder(identity)
    return rows.filter(examples_digest=examples_digest()).exists()


def family_vectors(encoder: Encoder, family: Family) -> "Vectors":
    """Return the vector of a family's centre, then those of its sentences."""
    sentences = encoder.encode_documents(family.examples)
    centre = sentences.mean(axis=0, keepdims=True)
    vectors = np.concatenate([centre / np.linalg.norm(centre), sentences])
    assert len(vectors) == len(family.examples) + CENTRE + 1  # noqa: S101 - as numbered
    return vectors
