"""How matches and their evidence are worded."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Protocol

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy, ngettext

from matching.listing.job_list import JobList
from matching.listing.positions import Sort
from matching.types import (
    Band,
    Evidence,
    EvidenceKind,
    EvidenceState,
    Order,
    RequirementEvidence,
)
from recruit.dashboard.templatetags.wording import plain_number, plural_form
from recruit.skills.choices import Importance, Proficiency

register = template.Library()

BANDS = {
    Band.ALL_REQUIRED_MET: gettext_lazy("All required met"),
    Band.MOST_REQUIRED_MET: gettext_lazy("Most required met"),
    Band.SOME_REQUIRED_MET: gettext_lazy("Some required met"),
    Band.NONE_REQUIRED_MET: gettext_lazy("No required met"),
    Band.NO_REQUIREMENTS: gettext_lazy("No required skills named"),
}
STATES = {
    EvidenceState.MET: gettext_lazy("met"),
    EvidenceState.PARTIAL: gettext_lazy("partial"),
    EvidenceState.MISSING: gettext_lazy("missing"),
    EvidenceState.NO_DATA: gettext_lazy("no data"),
}
BASES = {
    EvidenceKind.SKILL: gettext_lazy("Skill list"),
    EvidenceKind.EXPERIENCE: gettext_lazy("Experience"),
    EvidenceKind.TEXT: gettext_lazy("Text of the profile"),
    EvidenceKind.NEAR_SKILL: gettext_lazy("Near skill"),
}
ABSENCES = {
    EvidenceState.MISSING: gettext_lazy("Found nowhere in the profile"),
    EvidenceState.NO_DATA: gettext_lazy("The profile says too little to tell"),
}


ORDERS = {
    Order.SIMILARITY: gettext_lazy("Meaning"),
    Order.HYBRID: gettext_lazy("Meaning and words"),
}
ORDERS_EXPLAINED = {
    Order.SIMILARITY: gettext_lazy(
        "First stand those whose profile is nearest to the job in meaning."
    ),
    Order.HYBRID: gettext_lazy(
        "First stand those whose profile is near to the job in meaning and holds many"
        " of its words; rare words count more than common ones."
    ),
}

SORTS = {
    Sort.RANK: gettext_lazy("Rank"),
    Sort.SKILLS: gettext_lazy("Required skills on the list"),
    Sort.YEARS: gettext_lazy("Years of experience"),
    Sort.CONTACT: gettext_lazy("Last contact"),
    Sort.CHANGED: gettext_lazy("Last update"),
    Sort.AVAILABLE: gettext_lazy("Availability"),
    Sort.SALARY: gettext_lazy("Salary expectation"),
    Sort.LOCATION: gettext_lazy("Location"),
}

# Words found that are shown beside a person; the others stand behind a number.
WORDS_SHOWN = 20


class Asking(Protocol):
    """A requirement, whether as a row of a job or inside an explanation."""

    @property
    def importance(self) -> str: ...

    @property
    def minimum_proficiency(self) -> str: ...

    @property
    def minimum_years(self) -> float | Decimal | None: ...


@register.filter
def band_label(band: Band) -> str:
    return str(BANDS[band])


@register.filter
def state_label(state: EvidenceState) -> str:
    return str(STATES[state])


@register.filter
def order_label(order: Order) -> str:
    return str(ORDERS[order])


@register.filter
def sort_label(sort: Sort) -> str:
    return str(SORTS[sort])


@register.filter
def order_explained(order: Order) -> str:
    return str(ORDERS_EXPLAINED[order])


@register.filter
def some_words(words: Sequence[str]) -> str:
    """List the first of the words found, and say how many more there are."""
    shown = ", ".join(words[:WORDS_SHOWN])
    more = len(words) - WORDS_SHOWN
    if more <= 0:
        return shown
    return ngettext(
        "%(words)s and %(more)d more", "%(words)s and %(more)d more", more
    ) % {"words": shown, "more": more}


@register.filter
def required(requirements: Iterable[RequirementEvidence]) -> list[RequirementEvidence]:
    return [each for each in requirements if each.importance == Importance.REQUIRED]


@register.filter
def preferred(requirements: Iterable[RequirementEvidence]) -> list[RequirementEvidence]:
    return [each for each in requirements if each.importance == Importance.PREFERRED]


@register.filter
def asks(requirement: Asking) -> str:
    """Word what a requirement asks: importance and minimums."""
    parts = [str(Importance(requirement.importance).label)]
    if requirement.minimum_proficiency:
        parts.append(str(Proficiency(requirement.minimum_proficiency).label))
    if requirement.minimum_years:
        least = plain_number(Decimal(requirement.minimum_years))
        form = plural_form(requirement.minimum_years)
        parts.append(ngettext("%s+ years", "%s+ years", form) % least)
    return " · ".join(parts)


@register.filter
def basis(requirement: RequirementEvidence) -> str:
    """Word where the evidence for a requirement stands."""
    if requirement.evidence.kind == EvidenceKind.NONE:
        return str(ABSENCES[requirement.state])
    return str(BASES[requirement.evidence.kind])


@register.filter
def is_quoted(evidence: Evidence) -> bool:
    """Say whether the evidence is a sentence of the profile."""
    return evidence.kind in {EvidenceKind.EXPERIENCE, EvidenceKind.TEXT}


@register.filter
def cosine(similarity: float) -> str:
    return number_format(f"{similarity:.3f}")


@register.filter
def counts_line(found: JobList) -> str:
    """Say how many people are ranked, how many are left out, and why."""
    line = ngettext(
        "%(passing)d of %(pool)d person in the sourcing pool is ranked",
        "%(passing)d of %(pool)d people in the sourcing pool are ranked",
        found.pool_count,
    ) % {"passing": found.counted.passing, "pool": found.pool_count}
    excluded, thin, waiting = (
        found.excluded_count,
        found.not_enough_data_count,
        found.waiting_count,
    )
    notes = [
        (excluded, ngettext("%d excluded", "%d excluded", excluded)),
        (thin, ngettext("%d with not enough data", "%d with not enough data", thin)),
        (
            waiting,
            ngettext(
                "%d being read by the encoder", "%d being read by the encoder", waiting
            ),
        ),
    ]
    left_out = ", ".join(note % count for count, note in notes if count)
    return "; ".join(filter(None, [line, left_out]))
