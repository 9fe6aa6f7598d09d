"""The data read once for all tasks, and how its rows are told as texts."""

import re
from dataclasses import dataclass
from pathlib import Path

from matching.training.sources import (
    EscoIctOccupation,
    EscoOccupation,
    EscoSkill,
    OnetOccupation,
    RoleSkills,
    esco_ict,
    esco_occupations,
    esco_skills,
    onet_occupations,
    role_skills,
)

# A sentence ends where a capital letter follows a full stop.
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'(])")
FEWEST_WORDS = 4

_WORD = re.compile(r"\w+")
FEWEST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Material:
    """All rows that tasks are made of."""

    roles: tuple[RoleSkills, ...]
    onet: tuple[OnetOccupation, ...]
    esco: tuple[EscoOccupation, ...]
    skills: tuple[EscoSkill, ...]
    ict: tuple[EscoIctOccupation, ...]


def read_material(folder: Path) -> Material:
    """Return the rows of `folder`; raise SourceInvalid if a file is not as told."""
    return Material(
        roles=tuple(role_skills(folder)),
        onet=tuple(onet_occupations(folder)),
        esco=tuple(esco_occupations(folder)),
        skills=tuple(skill for skill in esco_skills(folder) if skill.label),
        ict=tuple(esco_ict(folder)),
    )


def sentences(text: str) -> list[str]:
    """Return the sentences of a description that say something."""
    return [
        sentence
        for part in _SENTENCE_END.split(text)
        if len((sentence := part.strip()).split()) >= FEWEST_WORDS
    ]


def onet_summary(occupation: OnetOccupation) -> str:
    """Return an occupation's title and description."""
    return f"{occupation.title}. {occupation.description}"


def onet_skills(occupation: OnetOccupation) -> str:
    """Return what an occupation uses and does, in one text."""
    return f"{occupation.technologies}; {'; '.join(occupation.activities)}"


def esco_summary(occupation: EscoOccupation) -> str:
    """Return an occupation's label and description."""
    return f"{occupation.label}. {occupation.description}"


def without_words(text: str, words: str) -> str:
    """Return `text` without the words of `words`, singular and plural alike."""
    unwanted = {_stem(word) for word in _WORD.findall(words)}
    kept = _WORD.sub(
        lambda found: "" if _stem(found[0]) in unwanted else found[0], text
    )
    return re.sub(r"[^\S\n]+", " ", kept).strip()


def _stem(word: str) -> str:
    folded = word.casefold()
    return folded.removesuffix("s") if len(folded) > FEWEST_LETTERS else folded
