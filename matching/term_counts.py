"""In how many profiles each term stands: what BM25 weighs words by.

The counts belong to the rows of terms and change with them, in the same transaction.
To write them where they stand would make every import wait for the row of "and", so
a transaction appends one row with all that it changes, and somebody adds those rows
to the counts by and by. Who reads adds what still waits: the counts are always those
of the committed profiles, and depend on nothing else.
"""

from collections.abc import Collection, Iterable, Mapping

from django.db import connection, transaction

from matching.bm25 import Bm25
from matching.models import TermChange, TermCount

# Kept among the terms; no term is written so.
PEOPLE = "#people"
WORDS = "#words"

# Of those who would add changes to the counts, or count anew, one does at a time.
ADDING_LOCK = 0x7465726D73
RECOUNTING_LOCK = ADDING_LOCK + 1


def record_changes(changes: Mapping[str, int]) -> None:
    """Append what the rows written in this transaction change in the counts."""
    made = {term: change for term, change in sorted(changes.items()) if change}
    if made:
        TermChange.objects.create(terms=list(made), changes=list(made.values()))


@transaction.atomic
def add_changes() -> None:
    """Add the changes that wait to the counts, unless somebody is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ADDING_LOCK])
        if not cursor.fetchone()[0]:
            return
        cursor.execute(
            """
            WITH taken AS (
                DELETE FROM matching_termchange RETURNING terms, changes
            ), added AS (
                INSERT INTO matching_termcount (term, people)
                SELECT term, sum(change)
                FROM taken, unnest(taken.terms, taken.changes) AS made (term, change)
                GROUP BY term HAVING sum(change) <> 0
                ORDER BY term
                ON CONFLICT (term)
                DO UPDATE SET people = matching_termcount.people + excluded.people
                RETURNING term, people
            )
            SELECT term FROM added WHERE people = 0
            """
        )
        # A word that nobody says any more is not kept: it may tell who said it.
        unsaid = [term for (term,) in cursor.fetchall()]
    TermCount.objects.filter(term__in=unsaid, people=0).delete()


def corpus(terms: Iterable[str]) -> Bm25:
    """Return BM25 over all profiles, for a query of these terms."""
    counts = _counts({*terms, PEOPLE, WORDS})
    people = counts.pop(PEOPLE, 0)
    words = counts.pop(WORDS, 0)
    return Bm25(
        document_count=people,
        average_length=words / people if people else 0.0,
        frequency=counts,
    )


def _counts(terms: Collection[str]) -> dict[str, int]:
    """Return how many people say each of these terms; who says none has no entry."""
    with connection.cursor() as cursor:
        # One statement sees one state: a change is counted once, waiting or added.
        cursor.execute(
            """
            SELECT term, sum(people)::bigint FROM (
                SELECT term, people FROM matching_termcount
                WHERE term = ANY (%(terms)s::text[])
                UNION ALL
                SELECT made.term, made.change FROM matching_termchange waiting,
                    unnest(waiting.terms, waiting.changes) AS made (term, change)
                WHERE made.term = ANY (%(terms)s::text[])
            ) AS counted (term, people)
            GROUP BY term HAVING sum(people) > 0
            """,
            {"terms": sorted(terms)},
        )
        return dict(cursor.fetchall())


# In one statement, so that profiles and waiting changes are of one moment.
_DIFFERENCES = """
    WITH counted AS (
        SELECT term, count(*) AS people
        FROM matching_candidateterms, unnest(tsvector_to_array(terms)) AS term
        GROUP BY term
        UNION ALL
        SELECT %(people)s, count(*) FROM matching_candidateterms
        UNION ALL
        SELECT %(words)s, coalesce(sum(length), 0) FROM matching_candidateterms
    ), known AS (
        SELECT term, sum(people) AS people FROM (
            SELECT term, people FROM matching_termcount
            UNION ALL
            SELECT made.term, made.change FROM matching_termchange waiting,
                unnest(waiting.terms, waiting.changes) AS made (term, change)
        ) AS either GROUP BY term
    )
    SELECT coalesce(counted.term, known.term) AS term,
           (coalesce(counted.people, 0) - coalesce(known.people, 0))::bigint
    FROM counted FULL JOIN known ON known.term = counted.term
    WHERE coalesce(counted.people, 0) <> coalesce(known.people, 0)
    ORDER BY term
"""


@transaction.atomic
def recount() -> list[str]:
    """Count all terms anew, put right what differs; return the terms that did.

    Profiles may be written and changes added meanwhile: what differed at one moment is
    one more change, whatever came after.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [RECOUNTING_LOCK])
        cursor.execute(_DIFFERENCES, {"people": PEOPLE, "words": WORDS})
        wrong = dict(cursor.fetchall())
    record_changes(wrong)
    add_changes()
    return list(wrong)
