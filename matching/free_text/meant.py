"""How the meaning of texts stands: their vectors, or why there are none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from matching.free_text.highlights import folded, words_of
from matching.free_text.vectors import ask_for_vectors, kept_queries
from matching.models import QueryEmbedding
from matching.retrieval import Vector
from matching.search_words import stems
from matching.status import is_worker_alive
from matching.types import Meaning

# A text that waits for longer is asked for again: whoever wrote it down may have been
# stopped before they woke the worker.
LONG_UNREAD = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Meant:
    """How the meaning of a text stands, and its vector once there is one."""

    meaning: Meaning
    vector: Vector | None = None


def meant_by(
    texts: Sequence[str],
    *,
    encoder: str,
    asked_at: datetime | None,
    needs_worker: bool = True,
) -> list[Meant]:
    """Return the vectors of texts, or ask for them, unless at no moment.

    The texts are what the encoder may read. The questions are the same for one and
    for many.
    """
    words = {text: {folded(word) for word in words_of(text)} for text in texts}
    telling = stems(set().union(*words.values())).keys()
    compared = [text for text in texts if words[text] & telling]
    kept = kept_queries(compared, encoder) if compared else {}
    lacking = {text for text in compared if _lacks_vector(kept.get(text))}
    unread = Meaning.BEING_READ
    if asked_at is not None and lacking:
        if not needs_worker or is_worker_alive(asked_at):
            due = [text for text in lacking if _is_due(kept.get(text), asked_at)]
            if due:
                ask_for_vectors(due, encoder, asked_at=asked_at)
        else:
            # Nothing is written down that nobody would read and delete.
            unread = Meaning.NO_WORKER
    return [
        _meant(kept.get(text), unread, is_asked=asked_at is not None)
        if text in compared
        else Meant(Meaning.NOTHING_TO_COMPARE)
        for text in texts
    ]


def _lacks_vector(kept: QueryEmbedding | None) -> bool:
    return kept is None or kept.is_waiting


def _is_due(kept: QueryEmbedding | None, asked_at: datetime) -> bool:
    return kept is None or asked_at - kept.asked_at > LONG_UNREAD


def _meant(kept: QueryEmbedding | None, unread: Meaning, *, is_asked: bool) -> Meant:
    if kept is None and not is_asked:
        return Meant(Meaning.NOT_ASKED)
    if kept is None or kept.is_waiting:
        return Meant(unread)
    if kept.vector is None:
        return Meant(Meaning.UNREADABLE)
    return Meant(Meaning.COMPARED, list(kept.vector))
