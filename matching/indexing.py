"""Stale profiles to embedding rows. The only writer of vectors.

A row is stale when its embedding is missing, of another text, or carries another
stamp than the profile. Stamps are compared for equality and checked again under a
lock when the vector is written, so that an edit made while the encoder runs is not
lost, and nobody who was erased meanwhile gets a row.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from matching.batches import in_batches, in_batches_of_work
from matching.conf import MAX_TOKENS, READ_TOKENS, EncoderSettings
from matching.encoder import BATCH_SIZE, Encoder, load_encoder
from matching.models import ParkedProfile
from matching.profile_text import digest
from matching.subjects import EncodedText, Subjects

# Texts sorted by length together: enough that a batch holds little padding.
SORTED_TOGETHER = 4 * BATCH_SIZE

# A long text is read in passages: so few of them at once that somebody who searches
# meanwhile does not wait for long. English has about so many characters for a token.
TOKEN_CHARACTERS = 5
PASSAGE_CHARACTERS = MAX_TOKENS * TOKEN_CHARACTERS
MOST_CHARACTERS = READ_TOKENS * TOKEN_CHARACTERS


@dataclass(frozen=True, slots=True)
class StaleText:
    """A text to be encoded, with the stamp of the profile it was made from."""

    subject_id: UUID
    text: str
    digest: str
    stamp: datetime


def index_subjects(
    subjects: Subjects,
    ids: Collection[UUID],
    *,
    settings: EncoderSettings,
    after_batch: Callable[[int], None] = lambda _count: None,
) -> int:
    """Bring the embeddings of these rows up to date; return how many were stale.

    `after_batch` is called with the number of rows done since the last call.
    """
    stale_count = 0
    for chunk in in_batches(sorted(ids), SORTED_TOGETHER):
        stale = _stale_texts(subjects, chunk, settings.identity)
        stale_count += len(stale)
        _index(subjects, stale, settings, after_batch)
        forget_gone(subjects, chunk)
    return stale_count


def _stale_texts(
    subjects: Subjects, ids: Sequence[UUID], identity: str
) -> list[StaleText]:
    known = subjects.known(ids, identity)
    texts = [
        StaleText(profile.subject_id, profile.text, digest(profile.text), profile.stamp)
        for profile in subjects.load(ids)
    ]
    return [
        text
        for text in texts
        if known.get(text.subject_id) != (text.digest, text.stamp)
    ]


def _index(
    subjects: Subjects,
    stale: Sequence[StaleText],
    settings: EncoderSettings,
    after_batch: Callable[[int], None],
) -> None:
    """Give a text the vector it has already elsewhere, and encode the others."""
    known = subjects.encoded_texts({text.digest for text in stale}, settings.identity)
    _write(subjects, stale, known, settings.identity)
    after_batch(sum(text.digest in known for text in stale))
    # Twins are encoded once: one text never has two vectors.
    twins: dict[str, list[StaleText]] = {}
    for text in stale:
        if text.digest not in known:
            twins.setdefault(text.digest, []).append(text)
    by_length = sorted(twins.values(), key=lambda group: len(group[0].text))
    for batch in in_batches_of_work(
        by_length,
        size=BATCH_SIZE,
        most=BATCH_SIZE * PASSAGE_CHARACTERS,
        work_of=lambda group: min(len(group[0].text), MOST_CHARACTERS),
    ):
        encoder = load_encoder(settings)
        encoded = _encoded(subjects, encoder, [group[0] for group in batch])
        people = [text for group in batch for text in group]
        _write(subjects, people, encoded, settings.identity)
        after_batch(len(people))


def _encoded(
    subjects: Subjects, encoder: Encoder, texts: Sequence[StaleText]
) -> dict[str, EncodedText]:
    words = [text.text for text in texts]
    vectors = subjects.encode(encoder, words)
    counts = encoder.token_counts(words)
    return {
        text.digest: EncodedText(vector.tolist(), count)
        for text, vector, count in zip(texts, vectors, counts, strict=True)
    }


@transaction.atomic
def _write(
    subjects: Subjects,
    stale: Sequence[StaleText],
    encoded: Mapping[str, EncodedText],
    identity: str,
) -> None:
    ready = [text for text in stale if text.digest in encoded]
    if not ready:
        return
    stamps = subjects.locked_stamps([text.subject_id for text in ready])
    subjects.upsert(
        [
            (text.subject_id, text.digest, text.stamp, encoded[text.digest])
            for text in ready
            if stamps.get(text.subject_id) == text.stamp
        ],
        identity,
    )
    parked = ParkedProfile.objects.of_encoder(identity)
    parked.filter(subject_id__in=[text.subject_id for text in ready]).delete()


@transaction.atomic
def forget_gone(subjects: Subjects, ids: Collection[UUID]) -> None:
    """Delete the embeddings, of every encoder, of rows that are no more."""
    gone = set(ids) - subjects.locked_stamps(sorted(ids)).keys()
    if gone:
        subjects.embeddings(gone).delete()
        for rows in subjects.found_about(gone):
            rows.delete()
        ParkedProfile.objects.filter(subject_id__in=gone).delete()


def differing_texts(
    subjects: Subjects, ids: Sequence[UUID], settings: EncoderSettings
) -> list[UUID]:
    """Return the rows whose text is not the one that was encoded."""
    return [text.subject_id for text in _stale_texts(subjects, ids, settings.identity)]


@transaction.atomic
def park(
    subjects: Subjects, subject_id: UUID, *, identity: str, reason: str, at: datetime
) -> None:
    """Set a profile aside until it is edited."""
    stamp = subjects.locked_stamps([subject_id]).get(subject_id)
    if stamp is None:
        return
    ParkedProfile.objects.bulk_create(
        [
            ParkedProfile(
                subject_id=subject_id,
                encoder=identity,
                stamp=stamp,
                reason=reason,
                parked_at=at,
            )
        ],
        update_conflicts=True,
        unique_fields=["subject_id", "encoder"],
        update_fields=["stamp", "reason", "parked_at"],
    )
