"""What one cell says: skills, names, addresses, numbers."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from recruit.common.fields import LIST_LENGTH
from recruit.skills.choices import Proficiency

_SEPARATORS = re.compile(r"[;,\n\r]")
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_MARKS = re.compile(r"[;,\n\r()\[\]{}]")
_YEARS = r"(\d{1,2}(?:[.,]\d{1,2})?)\s*\+?"
_YEAR_WORD = r"(?:years?|yrs?|y)\.?"
_TOTAL_YEARS = re.compile(rf"{_YEARS}\s*(?:{_YEAR_WORD})?", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"(.*\S)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]", re.DOTALL)
_HELD_YEARS = re.compile(rf"{_YEARS}\s*{_YEAR_WORD}", re.IGNORECASE)
_BULLETS = " \t\u2022\u00b7*"
# "1.23457E+11": what a spreadsheet makes of a long number.
_SPOILT_NUMBER = re.compile(r"\d(?:[.,]\d+)?E\+\d+")
_PARTICLES = frozenset(
    [
        "al",
        "bin",
        "da",
        "dal",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "la",
        "le",
        "ibn",
        "ten",
        "ter",
        "van",
        "von",
        "zu",
        "zum",
        "zur",
    ]
)


def split_skills(text: str) -> list[str]:
    """Split at semicolons, commas and line ends that stand in no brackets.

    A bracket that is never closed is a character like any other.
    """
    if not any(bracket in text for bracket in _BRACKETS):
        parts = _SEPARATORS.split(text)
    else:
        parts = _split_outside(text)
    return list(filter(None, (part.strip(_BULLETS) for part in parts)))


def _split_outside(text: str) -> list[str]:
    parts, start = [], 0
    inside_until = -1
    closings = _closings(text)
    for mark in _MARKS.finditer(text):
        position = mark.start()
        if position <= inside_until:
            continue
        if position in closings:
            inside_until = closings[position]
        elif mark.group() in ";,\n\r":
            parts.append(text[start:position])
            start = position + 1
    parts.append(text[start:])
    return parts


def _closings(text: str) -> dict[int, int]:
    """Return where each bracket that is closed is closed."""
    closings: dict[int, int] = {}
    open_brackets: list[tuple[int, str]] = []
    for mark in _MARKS.finditer(text):
        char = mark.group()
        if char in _BRACKETS:
            open_brackets.append((mark.start(), _BRACKETS[char]))
        elif open_brackets and char == open_brackets[-1][1]:
            closings[open_brackets.pop()[0]] = mark.start()
    return closings


@dataclass(frozen=True, slots=True)
class SkillWords:
    """A skill as a cell states it."""

    name: str
    years: Decimal | None = None
    proficiency: str = ""


@lru_cache(maxsize=20_000)
def skill_words(text: str) -> SkillWords:
    """Read "Python (5 years)" and "Python (advanced)"; other brackets are words."""
    if not text.endswith((")", "]")):
        return SkillWords(text)
    found = _IN_BRACKETS.fullmatch(text)
    if found is None:
        return SkillWords(text)
    name, inside = found.groups()
    if inside.lower() in Proficiency.values:
        return SkillWords(name, proficiency=inside.lower())
    held = _HELD_YEARS.fullmatch(inside)
    if held is not None:
        return SkillWords(name, years=_decimal(held.group(1)))
    return SkillWords(text)


def _decimal(digits: str) -> Decimal:
    number = Decimal(digits.replace(",", "."))
    return number.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def total_years(text: str) -> Decimal:
    """Read "7", "7.5", "7+ years". Raise ValidationError for anything else."""
    found = _TOTAL_YEARS.fullmatch(text)
    if found is None:
        raise ValidationError(
            {"years": _("“%s” is not a number of years.") % text[:80]}
        )
    return _decimal(found.group(1))


class PersonName(NamedTuple):
    given: str
    family: str


def split_name(text: str) -> PersonName:
    """Split a full name so that both parts together read as it did.

    "Lovelace, Ada" names the family first; else it is the last word, with the small
    words before it ("van Beethoven"). A single word is a family name.
    """
    family, comma, given = text.partition(",")
    if comma and given.strip() and "," not in given:
        return PersonName(given.strip(), family.strip())
    words = text.split()
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return PersonName(" ".join(words[:start]), " ".join(words[start:]))


def email_addresses(text: str) -> list[str]:
    """Return the addresses in lower case. Raise ValidationError for what is none."""
    addresses = [
        part.strip("<>").removeprefix("mailto:").lower()
        for part in re.split(r"[;,\s]+", text)
    ]
    addresses = list(dict.fromkeys(filter(None, addresses)))
    for address in addresses:
        try:
            validate_email(address)
        except ValidationError as error:
            raise ValidationError(
                {"email": _("“%s” is not an e-mail address.") % address[:80]}
            ) from error
    _refuse_many("email", addresses)
    return addresses


def phone_numbers(text: str) -> list[str]:
    """Return the numbers as written. Raise ValidationError for spoilt ones."""
    refuse_spoilt("phone", text)
    numbers = [part.strip() for part in re.split(r"[;,\n\r]", text)]
    numbers = list(dict.fromkeys(filter(None, numbers)))
    _refuse_many("phone", numbers)
    return numbers


def _refuse_many(field: str, entries: list[str]) -> None:
    if len(entries) > LIST_LENGTH:
        raise ValidationError(
            {
                field: _("%(count)d entries; at most %(most)d are taken.")
                % {"count": len(entries), "most": LIST_LENGTH}
            }
        )


def refuse_spoilt(field: str, text: str) -> None:
    """Raise ValidationError for a number that a spreadsheet has rounded."""
    if _SPOILT_NUMBER.fullmatch(text):
        raise ValidationError(
            {field: _("“%s” is a number that a spreadsheet has rounded.") % text[:80]}
        )
