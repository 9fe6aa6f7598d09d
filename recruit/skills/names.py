"""Words of skills made comparable."""

import re
from functools import lru_cache

from recruit.common.text import fold

SKILL_LENGTH = 120  # characters; longer "skills" are sentences

# "postgres 16", "Python 3.12", "Java v17", "Angular 2+": a version at the end. Without
# a space before it ("python3") three letters must stand before, for "s3" and "h2".
_VERSION = re.compile(r"(?:\s+|(?<=[^\W\d_]{3}))v?\d+(?:\.(?:\d+|x))*\+?$")
_SEPARATORS = re.compile(r"[\s_/()\[\]{}<>\u2010-\u2015-]+")
_EDGES = " \t.,;:!?\"'`*|\u2022\u00b7"


def skill_key(text: str) -> str:
    """Return the key under which a skill's word is kept: "Ｎode-JS " -> "node js".

    Case, accents, hyphens, slashes, brackets and marks at the edges do not count;
    "+", "#" and inner full stops do ("c++", "node.js"), and so does a leading one
    (".net").
    """
    # An import asks for the same words again and again; running text is not kept.
    return _short_key(text) if len(text) <= SKILL_LENGTH else _key(text)


def _key(text: str) -> str:
    folded = _SEPARATORS.sub(" ", fold(text))
    stripped = folded.strip(_EDGES)
    if folded.startswith(".") and stripped[:1].isalnum():
        return f".{stripped}"
    return stripped


_short_key = lru_cache(maxsize=20_000)(_key)


def without_version(key: str) -> str:
    """Return a key without a version at its end: "postgres 16" -> "postgres"."""
    shorter = _VERSION.sub("", key).strip()
    return shorter or key
