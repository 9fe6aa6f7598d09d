"""Words as the full-text search keeps and looks for them.

Names and skills are kept as they are written, all texts also by their English stems,
so that "welding" finds "welder" and "Will" or "IT" are found though they are common
words.
"""

from collections import Counter
from collections.abc import Collection

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import connection
from django.db.models import Func, Value
from django.db.models.expressions import CombinedExpression

from recruit.common.words import EXACT, STEMMED, searchable

__all__ = [
    "EXACT",
    "STEMMED",
    "NameLexemes",
    "fitting",
    "search_vector",
    "searchable",
    "stems",
]

# A text search vector holds at most 1 MB. This many bytes of words and positions
# stay below it with compound words counted twice.
MOST_BYTES = 400_000
POSITION_BYTES = 2
MOST_UTF8_BYTES = 4
MOST_POSITIONS = 256  # of one word; PostgreSQL keeps no more


class NameLexemes(Func):
    """Of a search vector, the lexemes of the person's own names."""

    template = "ts_filter(%(expressions)s, '{a}')"
    output_field = SearchVectorField()


def stems(words: Collection[str]) -> dict[str, str]:
    """Return the English stems by which folded words are found; common ones have none.

    One question for all of them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.word, (ts_lexize('english_stem', w.word))[1]"
            " FROM unnest(%s::text[]) AS w (word)",
            [sorted(words)],
        )
        return {word: stem for word, stem in cursor.fetchall() if stem is not None}


def search_vector(
    *, names: str, skills: str, headline: str, texts: str
) -> CombinedExpression:
    """Return the expression that makes the search vector of a candidate."""
    names, skills = searchable(names), searchable(skills)
    headline = searchable(headline)
    everything = fitting(" ".join((names, skills, headline, searchable(texts))))
    return (
        SearchVector(Value(names), config=EXACT, weight="A")
        + SearchVector(Value(skills), config=EXACT, weight="B")
        + SearchVector(Value(headline), config=STEMMED, weight="B")
        + SearchVector(Value(everything), config=STEMMED, weight="D")
    )


def fitting(text: str) -> str:
    """Return the longest beginning whose words fit into a search vector."""
    if len(text) < MOST_BYTES // (POSITION_BYTES + MOST_UTF8_BYTES):
        return text
    size = 0
    positions: Counter[str] = Counter()
    words = text.split()
    for number, word in enumerate(words):
        positions[word] += 1
        if positions[word] == 1:
            size += len(word.encode()) + 2 * POSITION_BYTES
        if positions[word] <= MOST_POSITIONS:
            size += POSITION_BYTES
        if size > MOST_BYTES:
            return " ".join(words[:number])
    return text
