"""What must not be told of the people of a job that hides names."""

import re
from collections.abc import Iterable
from uuid import UUID

SECRETS = ("zoltana", "quxfield", "eldermoor", "31612345678", "hr-77-")
YEARS = ("1987", "1991")
# Ids and tokens may hold the digits of a year by chance.
_ID = re.compile(r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")
_YEARS = re.compile(rf"(?<![0-9a-z])(?:{'|'.join(YEARS)})(?![0-9a-z])")
AROUND = 60


def secrets_in(text: str, ids: Iterable[UUID]) -> list[str]:
    """Return what a text tells of these people, with the words around it."""
    text = text.lower()
    found = [text.index(word) for word in SECRETS if word in text]
    found += [
        text.index(word) for pk in ids for word in (str(pk), pk.hex) if word in text
    ]
    told = [text[max(place - AROUND, 0) : place + AROUND] for place in found]
    without_ids = _ID.sub("", text)
    years = _YEARS.finditer(without_ids)
    return told + [
        without_ids[max(one.start() - AROUND, 0) : one.end() + AROUND] for one in years
    ]
