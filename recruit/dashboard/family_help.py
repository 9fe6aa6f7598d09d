"""What the form of a job says about its family: a proposal counts once it is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from typing import Any

from django.http import QueryDict

from matching.families.proposals import (
    FamilyProposal,
    family_for_job,
    family_for_text,
)
from matching.profile_text import JobContent
from matching.text_vectors import NobodyReads, TextsBeingRead, TextUnreadable
from recruit.jobs.choices import JobFamily
from recruit.jobs.models import Job

PROPOSE, TAKE = "family-propose", "family-take"  # buttons of the form


class FamilyState(StrEnum):
    """How far a proposal has come."""

    NOT_ASKED = auto()
    PROPOSED = auto()
    UNSURE = auto()
    BEING_READ = auto()
    NOBODY_READS = auto()
    NOTHING_TO_READ = auto()


@dataclass(frozen=True, slots=True)
class FamilyHelp:
    """What stands below the field."""

    state: FamilyState = FamilyState.NOT_ASKED
    proposal: FamilyProposal | None = None

    @classmethod
    def of(cls, proposal: FamilyProposal | None) -> "FamilyHelp":
        if proposal is None:
            return cls(FamilyState.UNSURE)
        return cls(FamilyState.PROPOSED, proposal)


NO_HELP = FamilyHelp()


def is_about_family(posted: QueryDict) -> bool:
    """Say whether a button of the family was pressed."""
    return PROPOSE in posted or TAKE in posted


def taken_family(posted: QueryDict) -> str | None:
    """Return the family whose proposal was taken, None where none was."""
    taken = posted.get(TAKE)
    return taken if taken in JobFamily.values else None


def help_for_stored(job: Job) -> FamilyHelp:
    """Propose a family for a job that has none, as its text stands."""
    if job.family:
        return NO_HELP
    proposal = family_for_job(job)
    return NO_HELP if proposal is None else FamilyHelp.of(proposal)


def help_for_typed(
    typed: dict[str, Any], skills: Sequence[str], *, asked_at: datetime
) -> FamilyHelp:
    """Propose a family for what was typed, unless one was chosen."""
    title, description = typed["title"] or "", typed["description"] or ""
    if typed["family"]:
        return NO_HELP
    if not (title.strip() or description.strip()):
        return FamilyHelp(FamilyState.NOTHING_TO_READ)
    content = JobContent(title, tuple(skills), description=description)
    try:
        return FamilyHelp.of(family_for_text(content, asked_at=asked_at))
    except TextsBeingRead:
        return FamilyHelp(FamilyState.BEING_READ)
    except NobodyReads:
        return FamilyHelp(FamilyState.NOBODY_READS)
    except TextUnreadable:
        return FamilyHelp(FamilyState.UNSURE)
