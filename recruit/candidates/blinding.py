"""Texts about a person without the words by which to recognise them.

The encoder is kept from these words because they must not count; a reader is kept from
them, and from the names of schools, because they must not sway.
"""

import re
from collections.abc import Sequence

from recruit.candidates.personal import redact

_WORD = r"[A-ZÄÖÜÉ][\w'’.&-]*"
_SMALL = r"of|the|for|and|at|in|de|la|del|di|zu|für"
_KIND = (
    r"Universit(?:y|ies|ät|é|à|eit|ad|at)|Universidad|Universidade|Uniwersytet"
    r"|College|Polytechnic|Politecnico|Academy|Akademie"
    r"|(?:Business|High|Grammar|Medical|Law|Graduate|Summer|Boarding)\s+School"
    r"|Institute\s+of\s+Technology|Hochschule|Fachhochschule|Gymnasium|Lycée|Liceo"
)
# Names before and after the kind: "Delft University of Technology", "King's College".
_SCHOOL = re.compile(
    rf"(?:{_WORD}\s+(?:(?:{_SMALL})\s+)?){{0,4}}\b\w*(?:{_KIND})\b"
    rf"(?:(?:\s+(?:{_SMALL}))*\s+{_WORD}){{0,4}}"
)
_BLANKS = re.compile(r"[^\S\n]{2,}")
SHORTEST_SCHOOL = 3


def blinded(text: str, *, names: Sequence[str], schools: Sequence[str]) -> str:
    """Return `text` without names, contacts, dates, ages and names of schools."""
    if not text:
        return ""
    for school in sorted(schools, key=len, reverse=True):
        if len(school) >= SHORTEST_SCHOOL:
            text = re.sub(re.escape(school), " ", text, flags=re.IGNORECASE)
    text = redact(_SCHOOL.sub(" ", text), names=names)
    return _BLANKS.sub(" ", text).strip()
