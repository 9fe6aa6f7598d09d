"""Profile texts to the rows of their terms, and what that changes in the counts."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Cast

from matching.bm25 import tokens
from matching.conf import TERMS_VERSION
from matching.models import CandidateTerms
from matching.profile_text import digest
from matching.term_counts import PEOPLE, WORDS, record_changes

# PostgreSQL keeps no more positions of one word; BM25 tells 200 from 300 no longer.
MOST_REPEATED = 255

# A text search vector holds at most 1 MB, with two bytes a position and, at worst,
# four more a word.
MOST_BYTES = 1_000_000
POSITION_BYTES = 2
WORD_BYTES = 4


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one text."""

    counts: Mapping[str, int]
    length: int  # terms, repetitions counted


def terms_of(text: str) -> Terms:
    """Return the terms of a text; of a huge one, as many as can be kept."""
    found = tokens(text)
    return Terms(_fitting(Counter(found)), len(found))


def _fitting(counts: Mapping[str, int]) -> dict[str, int]:
    kept: dict[str, int] = {}
    size = 0
    for term, count in counts.items():
        repeated = min(count, MOST_REPEATED)
        size += len(term.encode()) + WORD_BYTES + POSITION_BYTES * repeated
        if size > MOST_BYTES:
            break
        kept[term] = repeated
    return kept


def write_terms(texts: Mapping[UUID, str], *, gone: Collection[UUID]) -> None:
    """Write the terms of these profile texts, delete those of people who are gone.

    Rows and counts change together, in the transaction of the caller, who has the
    candidates locked. An unchanged text writes nothing.
    """
    changed = with_other_terms(texts)
    changes = _take_out([*changed, *gone])
    rows = []
    for candidate_id in changed:
        terms = terms_of(texts[candidate_id])
        changes.update({PEOPLE: 1, WORDS: terms.length})
        changes.update(terms.counts.keys())
        rows.append(
            CandidateTerms(
                candidate_id=candidate_id,
                version=TERMS_VERSION,
                text_digest=digest(texts[candidate_id]),
                length=terms.length,
                terms=_search_vector(terms.counts),
            )
        )
    CandidateTerms.objects.bulk_create(rows)
    record_changes(changes)


def with_other_terms(texts: Mapping[UUID, str]) -> list[UUID]:
    """Return whose terms, as they are kept, are not those of this text."""
    kept = CandidateTerms.objects.current().of_candidates(texts.keys())
    known = dict(kept.values_list("candidate_id", "text_digest"))
    return sorted(one for one in texts if known.get(one) != digest(texts[one]))


def _take_out(ids: Sequence[UUID]) -> Counter[str]:
    """Delete the rows of these people; return what that changes in the counts."""
    changes: Counter[str] = Counter()
    if not ids:
        return changes
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM matching_candidateterms
            WHERE candidate_id = ANY (%s::uuid[])
            RETURNING length, tsvector_to_array(terms)
            """,
            [list(ids)],
        )
        for length, terms in cursor:
            changes.subtract({PEOPLE: 1, WORDS: length})
            changes.subtract(terms)
    return changes


def _search_vector(counts: Mapping[str, int]) -> Cast:
    words = (
        f"{quoted(term)}:{','.join(map(str, range(1, count + 1)))}"
        for term, count in counts.items()
    )
    return Cast(Value(" ".join(words)), SearchVectorField())


def quoted(term: str) -> str:
    """Return a term as it is written in text search vectors and queries."""
    doubled = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
