"""Search texts that wait to vectors: what the worker does before all else."""

import logging
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, QuerySet

from matching.conf import EncoderSettings
from matching.encoder import BATCH_SIZE, load_encoder
from matching.models import QueryEmbedding

logger = logging.getLogger(__name__)

# A text on which the encoder, or the whole worker, failed so often is given up.
TRIES = 3

# What an encoder raises on a text it cannot read. Whoever encodes profiles between
# two searches is not to be stopped by a search.
FAILURES = (RuntimeError, ValueError, TypeError)


def encode_waiting_queries(settings: EncoderSettings) -> int:
    """Encode the texts that wait; return how many have a vector now."""
    encoded = 0
    while waiting := _taken(settings.identity):
        try:
            encoded += _encode(waiting, settings)
        except FAILURES:
            # Without the text: it says what somebody looked for.
            logger.exception("The encoder failed on %d search texts", len(waiting))
            break
    return encoded


@transaction.atomic
def _taken(identity: str) -> Sequence[QueryEmbedding]:
    """Return the next texts; of those that failed before, one at a time.

    Counted before they are read: a text may take the whole worker with it.
    """
    waiting = QueryEmbedding.objects.of_encoder(identity).waiting()
    waiting.filter(tries__gte=TRIES).update(text="")
    in_turn = waiting.order_by("tries", "asked_at", "text_digest")
    rows = list(in_turn.select_for_update(skip_locked=True)[:BATCH_SIZE])
    taken = [row for row in rows if not row.tries] or rows[:1]
    for row in taken:
        _of(row).update(tries=F("tries") + 1)
    return taken


def _encode(rows: Sequence[QueryEmbedding], settings: EncoderSettings) -> int:
    vectors = load_encoder(settings).encode_queries([row.text for row in rows])
    for row, vector in zip(rows, vectors, strict=True):
        _of(row).update(vector=vector.tolist(), text="")
    return len(rows)


def _of(row: QueryEmbedding) -> QuerySet[QueryEmbedding]:
    rows = QueryEmbedding.objects.of_encoder(row.encoder)
    return rows.filter(text_digest=row.text_digest)
