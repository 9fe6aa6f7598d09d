"""Text as the full-text search of PostgreSQL is given it."""

import re

from recruit.common.text import fold

EXACT = "simple"
STEMMED = "english"

# Words that the parser would cut down to one letter, or take for a file's path.
_SPELT_OUT = (
    (re.compile(r"\bc\+\+"), "cplusplus "),
    (re.compile(r"\b([cfj])#"), r"\1sharp "),
    (re.compile(r"(?<!\w)\.net\b"), "dotnet"),
    (re.compile(r"[/\\]"), " "),
)


def searchable(text: str) -> str:
    """Return text without case, accents and what the parser misreads."""
    folded = fold(text.replace("\x00", " "))
    for pattern, spelt_out in _SPELT_OUT:
        folded = pattern.sub(spelt_out, folded)
    return folded
