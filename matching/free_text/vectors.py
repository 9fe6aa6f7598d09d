"""Vectors of search texts: asked for by pages, made by the worker, kept for a week.

The web process loads no encoder. It writes down the text, wakes the worker, and looks
for the vector again. Two people who search for the same text share one row; the
text is deleted once it has been read.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q

from matching import queue
from matching.models import QueryEmbedding
from matching.profile_text import digest

KEPT_FOR = timedelta(days=7)

# A text that nobody read by then was asked for by a page that is long closed.
UNREAD_FOR = timedelta(hours=1)


def kept_query(text: str, encoder: str) -> QueryEmbedding | None:
    """Return the row of a text that was asked for, with its vector or without yet."""
    return kept_queries([text], encoder).get(text)


def kept_queries(texts: Collection[str], encoder: str) -> dict[str, QueryEmbedding]:
    """Return the rows of those of these texts that were asked for."""
    digests = {digest(text): text for text in texts}
    found = QueryEmbedding.objects.of_encoder(encoder)
    rows = found.filter(text_digest__in=sorted(digests))
    return {digests[row.text_digest]: row for row in rows}


def ask_for_vector(text: str, encoder: str, *, asked_at: datetime) -> None:
    """Have the worker make the vector of a text; whoever asks twice, makes one row."""
    ask_for_vectors([text], encoder, asked_at=asked_at)


def ask_for_vectors(
    texts: Collection[str], encoder: str, *, asked_at: datetime
) -> None:
    """Have the worker make the vectors of texts, as for one."""
    QueryEmbedding.objects.bulk_create(
        [
            QueryEmbedding(
                text_digest=digest(text), encoder=encoder, text=text, asked_at=asked_at
            )
            for text in sorted(set(texts))
        ],
        ignore_conflicts=True,
    )
    queue.encode_queries_soon()


def forget_queries(*, now: datetime) -> int:
    """Delete what was kept for long enough; return how many rows."""
    old = Q(asked_at__lt=now - KEPT_FOR)
    unread = ~Q(text="") & Q(asked_at__lt=now - UNREAD_FOR)
    deleted, _by_model = QueryEmbedding.objects.filter(old | unread).delete()
    return deleted
