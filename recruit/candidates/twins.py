"""People who may be one person twice: a hint for who decides, never a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from recruit.candidates.models import Candidate
from recruit.candidates.querysets import CandidateQuerySet
from recruit.common.text import fold

MOST_TWINS = 5

# Fewer digits are no number of a person's own.
FEWEST_DIGITS = 7


class Likeness(StrEnum):
    """What two people share that few different people do."""

    EMAIL = "email"
    PHONE = "phone"
    NAME_AND_PLACE = "name_and_place"


@dataclass(frozen=True, slots=True)
class LikelyTwin:
    """Somebody who may be the same person, and why."""

    candidate: Candidate
    likeness: tuple[Likeness, ...]  # never empty


def likely_twins(
    candidate: Candidate, *, among: CandidateQuerySet
) -> tuple[LikelyTwin, ...]:
    """Return who may be the same person as one, those with most in common first."""
    alike = Q(family_name__iexact=candidate.family_name) & Q(
        given_name__iexact=candidate.given_name
    )
    if candidate.emails:
        alike |= Q(emails__overlap=candidate.emails)
    if candidate.phones:
        alike |= Q(phones__overlap=candidate.phones)
    others = among.filter(alike).exclude(pk=candidate.pk).order_by("pk")[:50]
    twins = [LikelyTwin(one, likeness(candidate, one)) for one in others]
    found = [one for one in twins if one.likeness]
    ranked = sorted(found, key=lambda one: (-len(one.likeness), one.candidate.pk))
    return tuple(ranked[:MOST_TWINS])


def likeness(first: Candidate, second: Candidate) -> tuple[Likeness, ...]:
    """Return what two people share."""
    shared = {
        Likeness.EMAIL: set(first.emails) & set(second.emails),
        Likeness.PHONE: _numbers(first.phones) & _numbers(second.phones),
        Likeness.NAME_AND_PLACE: _name_and_place(first) & _name_and_place(second),
    }
    return tuple(one for one, values in shared.items() if values)


def _numbers(phones: Iterable[str]) -> set[str]:
    digits = ("".join(filter(str.isdigit, phone)) for phone in phones)
    return {number for number in digits if len(number) >= FEWEST_DIGITS}


def _name_and_place(one: Candidate) -> set[tuple[str, str]]:
    """Return name and place; without both nothing is said."""
    name, place = fold(one.name), fold(one.place)
    return {(name, place)} if name and place and one.family_name else set()
