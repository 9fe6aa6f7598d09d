"""What somebody typed to what may be done with it: read, required, refused.

The encoder reads of a search no more than it reads of a profile: contacts, dates, age,
sex, origin and names are taken out before. See `names.py` for what is a name.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from recruit.candidates.personal import redact

ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")

# A quotation mark that nobody closed is none.
_DEMANDED = re.compile(r'(?<!\S)(-?)"([^"]*)"|(?<!\S)-(\S+)')


# The fields of a profile that can be asked for by name. The words of some say what
# somebody does, so they count like all others as well.
FIELDS = (
    "name", "title", "company", "school", "skill", "place", "language", "source", "tag"
)  # fmt: skip
TELLING = frozenset({"title", "skill"})
_IN_FIELD = re.compile(
    rf'(?<!\S)(-?)({"|".join(FIELDS)}):(?:"([^"]+)"|([^\s"]+))', re.IGNORECASE
)
# An address of the web, a time of day and a word before a blank are no fields.
_NO_FIELD = re.compile(r'(?<!\S)-?([^\W\d_]{2,30}):(?=["\w])')
_NOT = re.compile(r'(?<!\S)NOT\s+(?=["\w])')


@dataclass(frozen=True, slots=True)
class FieldTerm:
    """Words that must stand, or must not stand, in one field of a profile."""

    field: str  # of FIELDS
    text: str
    is_unwanted: bool = False

    def __str__(self) -> str:
        return f"{'-' if self.is_unwanted else ''}{self.field}: {self.text}"


@dataclass(frozen=True, slots=True)
class Wording:
    """A search text taken apart."""

    words: str  # all that may be found, quoted words included
    quoted: tuple[str, ...]  # must stand there, together
    unwanted: tuple[str, ...]  # must not stand there
    addresses: tuple[str, ...]  # of e-mail; taken out of the words
    fields: tuple[FieldTerm, ...] = ()


def wording_of(text: str) -> Wording:
    """Take a text apart: "quoted words" must be there, -word and NOT word must not."""
    quoted, unwanted = [], []

    def take(found: re.Match[str]) -> str:
        minus, inside, word = found.groups()
        if minus or word:
            unwanted.append(inside if word is None else word)
            return " "
        quoted.append(inside)
        return f" {inside} "

    stated, fields = fields_of(plain(text))
    addresses = tuple(dict.fromkeys(ADDRESS.findall(stated)))
    words = _DEMANDED.sub(take, ADDRESS.sub(" ", stated))
    return Wording(
        words=" ".join(words.split()),
        quoted=tuple(filter(_says_something, quoted)),
        unwanted=tuple(filter(_says_something, unwanted)),
        addresses=addresses,
        fields=fields,
    )


def fields_of(text: str) -> tuple[str, tuple[FieldTerm, ...]]:
    """Return a text without its `field:words`, NOT as a minus, and those fields.

    What somebody does by title or skill is left among the words.
    """
    terms: list[FieldTerm] = []

    def take(found: re.Match[str]) -> str:
        minus, field, quoted, word = found.groups()
        term = FieldTerm(field.lower(), (quoted or word).strip(), bool(minus))
        if not _says_something(term.text):
            return found[0]
        terms.append(term)
        is_telling = term.field in TELLING and not term.is_unwanted
        return f" {term.text} " if is_telling else " "

    return _IN_FIELD.sub(take, _NOT.sub("-", text)), tuple(terms)


def unknown_fields(text: str) -> tuple[str, ...]:
    """Return what is written like a field to ask in, and is none: `foo:bar`."""
    words, _fields = fields_of(plain(text))
    quoted = re.sub(r'(?<!\S)"[^"]*"', " ", words)
    named = (found.lower() for found in _NO_FIELD.findall(quoted))
    return tuple(dict.fromkeys(one for one in named if one not in FIELDS))


def is_address(text: str) -> bool:
    """Tell whether a text is an e-mail address and nothing else."""
    return ADDRESS.fullmatch(text.strip()) is not None


def plain(text: str) -> str:
    """Return text composed, in one line, without what cannot be stored."""
    composed = unicodedata.normalize("NFC", text.replace("\x00", " "))
    # Half of a pair: no character, and nothing can be made of it.
    storable = composed.encode("utf-8", "replace").decode()
    return " ".join(storable.split())


def _says_something(term: str) -> bool:
    return any(character.isalnum() for character in term)


def readable(words: str, *, names: Sequence[str]) -> str:
    """Return the words that the encoder may read."""
    return " ".join(redact(words, names=names).split())
