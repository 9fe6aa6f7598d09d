"""Whom a text names: "@Marta Lindqvist", "@marta@example.org", "@Marta"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

# An @ inside a word belongs to an e-mail address, unless it begins a mention.
_SIGN = re.compile(r"(?<![\w.+-])@(?=\w)")
# What is told of a mention of nobody: no more than its first word.
_WORD = re.compile(r"\w+(?:[.+@'’-]+\w+)*")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can be named, and whether they may read what names them."""

    user_id: UUID
    name: str
    email: str
    may_read: bool = True


@dataclass(frozen=True, slots=True)
class Named:
    """One mention in a text: where it stands, and who it may mean."""

    start: int
    end: int
    people: tuple[Colleague, ...]


def named_in(text: str, colleagues: Sequence[Colleague]) -> list[Named]:
    """Return the mentions in a text, each with the colleagues it may mean.

    The longest words that lead to anybody count: an e-mail address, a full name, or a
    first name. Words that lead to nobody are no mention.
    """
    keys = _by_words(colleagues)
    return [
        named for sign in _SIGN.finditer(text) if (named := _named(text, sign, keys))
    ]


def reaching_nobody(text: str, colleagues: Sequence[Colleague]) -> list[str]:
    """Return the words behind an @ that lead to nobody, each once, as they stand."""
    keys = _by_words(colleagues)
    missed = (
        text[sign.start() : _WORD.match(text, sign.end()).end()]  # type: ignore[union-attr]
        for sign in _SIGN.finditer(text)
        if _named(text, sign, keys) is None
    )
    return list(dict.fromkeys(missed))


def handle_of(colleague: Colleague, colleagues: Sequence[Colleague]) -> str:
    """Return what names a colleague and nobody else: the name, else the address."""
    alike = [one for one in colleagues if _key(one.name) == _key(colleague.name)]
    return colleague.name if len(alike) == 1 else colleague.email


def parts_of(text: str, mentions: Sequence[Named]) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces, and whether each piece is a mention."""
    position = 0
    for named in mentions:
        if named.start > position:
            yield text[position : named.start], False
        yield text[named.start : named.end], True
        position = named.end
    if position < len(text):
        yield text[position:], False


def _by_words(colleagues: Sequence[Colleague]) -> dict[str, list[Colleague]]:
    keys: dict[str, list[Colleague]] = {}
    for colleague in colleagues:
        first, *_rest = colleague.name.split() or [""]
        for words in {_key(colleague.name), _key(colleague.email), _key(first)}:
            if words:
                keys.setdefault(words, []).append(colleague)
    return keys


def _key(words: str) -> str:
    # Not folded: the length of what stands in the text must stay as it is.
    return " ".join(words.lower().split())


def _named(
    text: str, sign: re.Match[str], keys: dict[str, list[Colleague]]
) -> Named | None:
    rest = text[sign.end() :]
    found = (_match(rest, words) for words in sorted(keys, key=len, reverse=True))
    for words, length in filter(None, found):
        return Named(sign.start(), sign.end() + length, tuple(keys[words]))
    return None


def _match(rest: str, words: str) -> tuple[str, int] | None:
    """Return the words and their length where a text begins with them."""
    length = len(words)
    if rest[:length].lower() != words:
        return None
    after = rest[length : length + 1]
    return None if after.isalnum() or after in {"_", "@"} else (words, length)
