"""Sentences found again in the text they were cut out of, to be highlighted there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of a profile, with the number of the requirement that rests on them."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; marked where requirements rest on it."""

    text: str
    numbers: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()  # of the numbers, those whose sentence begins here


def marked(text: str, sentences: Iterable[Sentence]) -> tuple[Part, ...]:
    """Cut a text where sentences begin and end; what is not found marks nothing."""
    spans = [
        (found.start(), found.end(), sentence.number)
        for sentence in sentences
        if (found := _found(text, sentence.words))
    ]
    if not spans:
        return (Part(text),) if text else ()
    cuts = sorted({0, len(text)}.union(*({start, end} for start, end, _n in spans)))
    return tuple(
        Part(
            text=text[start:end],
            numbers=tuple(n for first, last, n in spans if first <= start < last),
            begins=tuple(n for first, _last, n in spans if first == start),
        )
        for start, end in pairwise(cuts)
    )


def _found(text: str, words: str) -> re.Match[str] | None:
    pattern = r"\s+".join(map(re.escape, words.split()))
    return re.search(pattern, text) if pattern else None


def cut(text: str, most_bytes: int) -> str:
    """Return the beginning of a text that takes no more bytes than this."""
    if len(text) * 4 <= most_bytes:
        return text
    encoded = text.encode()
    if len(encoded) <= most_bytes:
        return text
    return encoded[:most_bytes].decode(errors="ignore") + "…"


def around(text: str, sentences: Sequence[Sentence], most_bytes: int) -> str:
    """Return as much of a text as may be shown, all of its marked sentences held.

    Where a sentence lies behind the end of what may be shown, the text ends with it.
    """
    shown = cut(text, most_bytes)
    if shown == text:
        return text
    behind = [
        sentence.words
        for sentence in sentences
        if _found(text, sentence.words) and not _found(shown, sentence.words)
    ]
    return "\n…\n".join([shown, *behind])
