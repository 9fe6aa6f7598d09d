"""What two names of skills say about each other without an encoder."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from uuid import UUID

from recruit.skills.names import skill_key

# Left out of initials: "FP&A" is "financial planning and analysis".
SMALL_WORDS = frozenset({"and", "of", "the", "for", "in", "to", "with", "&"})
_NUMBER = re.compile(r"\d+")
_MARKS = re.compile(r"[^\w+#]+|_")


def letters(name: str) -> str:
    """Return a name without blanks and marks: "Power-BI" -> "powerbi"."""
    return _MARKS.sub("", skill_key(name))


def initials(name: str) -> str:
    """Return the first letters of a name's words, "" for a single word."""
    words = [word for word in skill_key(name).split() if word not in SMALL_WORDS]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def are_told_apart(one: str, other: str) -> bool:
    """Tell whether two names differ in their numbers: "IFRS 9" and "IFRS 16"."""
    return _NUMBER.findall(one) != _NUMBER.findall(other)


def spelt_alike(names: Mapping[UUID, str]) -> set[tuple[UUID, UUID]]:
    """Return the pairs of skills that differ in blanks and marks alone."""
    by_letters: dict[str, list[UUID]] = {}
    for skill_id, name in names.items():
        by_letters.setdefault(letters(name), []).append(skill_id)
    return set(_pairs(ids for spelt, ids in by_letters.items() if spelt))


def shortened(names: Mapping[UUID, str]) -> set[tuple[UUID, UUID]]:
    """Return the pairs of which one name is the initials of the other's words."""
    by_initials: dict[str, list[UUID]] = {}
    for skill_id, name in names.items():
        if first := initials(name):
            by_initials.setdefault(first, []).append(skill_id)
    return {
        _in_order(skill_id, long_id)
        for skill_id, name in names.items()
        for long_id in by_initials.get(letters(name), ())
        if skill_id != long_id
    }


def _pairs(groups: Iterable[list[UUID]]) -> Iterator[tuple[UUID, UUID]]:
    for ids in groups:
        yield from combinations(sorted(ids), 2)


def _in_order(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    return (one, other) if one < other else (other, one)
