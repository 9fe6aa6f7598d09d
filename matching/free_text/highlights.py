"""Where the words of a search stand in a profile, as text that can be shown."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from matching.sentences import sentence_bounds
from recruit.common.text import fold

# Sentences shown for one person.
MOST_PLACES = 3

# Of one person; a document that repeats a word for ever adds nothing to see.
MOST_SENTENCES = 300

# ".net", "node.js", "c++" and "o'brien" are one word each.
_WORD = re.compile(r"\.?\w+(?:[.'’]\w+)*[+#]*")
_BLANKS = re.compile(r"\s+")


class Field(StrEnum):
    """The part of a profile that words stand in; the most telling first."""

    NAME = "name"
    EMAIL = "email"
    SKILL = "skill"
    HEADLINE = "headline"
    EXPERIENCE = "experience"
    SUMMARY = "summary"
    EDUCATION = "education"
    DOCUMENT = "document"
    PLACE = "place"
    SOURCE = "source"


# Names and skills are kept as written: there "Will" and "IT" are no common words.
KEPT_AS_WRITTEN = {Field.NAME, Field.SKILL}


@dataclass(frozen=True, slots=True)
class Told:
    """One text of a profile."""

    field: Field
    text: str
    source_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of shown text, and whether it is a word that was looked for."""

    text: str
    is_found: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence or field in which words stand."""

    field: Field
    parts: tuple[Part, ...]
    source_id: UUID | None = None

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Found:
    """The words of a search that a profile holds, and where the best of them stand."""

    words: tuple[str, ...] = ()  # as they were typed, in their order
    places: tuple[Place, ...] = ()

    def with_places(self, places: "tuple[Place, ...]") -> "Found":
        """Return the same with where the terms of fields stand before all else."""
        return Found(self.words, (*places, *self.places))

    def led_by(self, addresses: Sequence[str], of: UUID) -> "Found":
        """Return the same with e-mail addresses of the person before all else."""
        shown = tuple(
            Place(Field.EMAIL, (Part(address, is_found=True),), of)
            for address in addresses
        )
        return Found((*addresses, *self.words), (*shown, *self.places))


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of a search: as typed, folded, and by the stem they share."""

    typed: Mapping[str, str]  # folded -> as typed
    stems: Mapping[str, str]  # folded -> stem; common words have none
    known: Mapping[str, str]  # stem of any word -> folded word of the search

    def match(self, word: str, stem: str | None, field: Field) -> str | None:
        """Return the word of the search that a word of a profile stands for."""
        if word in self.stems or (word in self.typed and field in KEPT_AS_WRITTEN):
            return word
        return self.known.get(stem) if stem else None


@dataclass(frozen=True, slots=True)
class _Mention:
    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    told: Told
    start: int
    end: int
    mentions: tuple[_Mention, ...]

    @property
    def words(self) -> set[str]:
        return {mention.word for mention in self.mentions}


def words_of(text: str) -> list[str]:
    """Return the words of a text, in their order, repetitions kept."""
    return _WORD.findall(text)


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """Return a word as words are compared."""
    return fold(word)


def wanted_from(typed: Iterable[str], stems: Mapping[str, str]) -> Wanted:
    """Return the words of a search; `stems` leaves the common ones out."""
    words = {folded(word): word for word in reversed(list(typed))}
    words = dict(reversed(words.items()))
    stemmed = {word: stems[word] for word in words if word in stems}
    known = {stem: word for word, stem in reversed(stemmed.items())}
    return Wanted(words, stemmed, known)


def alike(profile: Iterable[Told], wanted: Wanted) -> set[str]:
    """Return the folded words of a profile that may share a stem with a wanted one."""
    beginnings = tuple({word[:3] for word in wanted.stems})
    return {
        word
        for told in profile
        for word in map(folded, set(words_of(told.text)))
        if word.startswith(beginnings)
    }


def found_in(
    profile: Sequence[Told], wanted: Wanted, stems: Mapping[str, str]
) -> Found:
    """Return the words of a search in a profile; `stems` are those of its words."""
    sentences = list(_sentences(profile, wanted, stems))
    held = {word for sentence in sentences for word in sentence.words}
    return Found(
        words=tuple(typed for word, typed in wanted.typed.items() if word in held),
        places=tuple(_shown(one) for one in _telling(sentences)),
    )


def _sentences(
    profile: Sequence[Told], wanted: Wanted, stems: Mapping[str, str]
) -> Iterator[_Sentence]:
    count = 0
    for told in profile:
        reached = 0
        mentions = list(_mentions(told, wanted, stems))
        for mention in mentions:
            if mention.start < reached:
                continue
            start, end = sentence_bounds(told.text, mention.start, mention.end)
            start, reached = max(start, reached), end
            inside = [one for one in mentions if start <= one.start and one.end <= end]
            yield _Sentence(told, start, end, tuple(inside))
            count += 1
            if count == MOST_SENTENCES:
                return


def _mentions(
    told: Told, wanted: Wanted, stems: Mapping[str, str]
) -> Iterator[_Mention]:
    for match in _WORD.finditer(told.text):
        word = folded(match[0])
        found = wanted.match(word, stems.get(word), told.field)
        if found is not None:
            yield _Mention(found, match.start(), match.end())


def _telling(sentences: Sequence[_Sentence]) -> list[_Sentence]:
    """Return the few sentences that show the most words, each new ones."""
    chosen: list[_Sentence] = []
    shown: set[str] = set()
    left = list(sentences)
    while left and len(chosen) < MOST_PLACES:
        best = max(left, key=lambda sentence: len(sentence.words - shown))
        if not best.words - shown:
            break
        chosen.append(best)
        shown |= best.words
        left.remove(best)
    return chosen


def _shown(sentence: _Sentence) -> Place:
    text, position = sentence.told.text, sentence.start
    parts: list[Part] = []
    for mention in sentence.mentions:
        parts.append(Part(_one_line(text[position : mention.start])))
        parts.append(Part(text[mention.start : mention.end], is_found=True))
        position = mention.end
    parts.append(Part(_one_line(text[position : sentence.end]).rstrip()))
    parts[0] = Part(parts[0].text.lstrip())
    shown = tuple(part for part in parts if part.text)
    return Place(sentence.told.field, shown, sentence.told.source_id)


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", text)
