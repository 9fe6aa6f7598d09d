"""What a profile shows for each requirement. The order of matches never uses it."""

from collections.abc import Sequence
from typing import Protocol

from matching.types import (
    Band,
    Evidence,
    EvidenceKind,
    EvidenceState,
    Explanation,
    HeldSkill,
    Mention,
    Profile,
    Requirement,
    RequirementEvidence,
)

# Below both, a profile says too little to rank it.
FEWEST_SKILLS = 2
FEWEST_WORDS = 15

# From either on, a profile says so much that what it does not say is missing.
SUBSTANTIAL_SKILLS = 3
SUBSTANTIAL_WORDS = 100


class Phrases(Protocol):
    """The words in which evidence is told."""

    def held(self, skill: HeldSkill) -> str:
        """Tell a skill row: its name, proficiency and years."""
        ...

    def short_of(self, requirement: Requirement, held: HeldSkill) -> str:
        """Tell which minimum a skill row does not reach or does not record."""
        ...

    def not_shown(self, requirement: Requirement, mention: Mention) -> str:
        """Tell which minimum a mention does not prove."""
        ...


def has_enough_data(*, skill_count: int, word_count: int) -> bool:
    """Return whether a profile says enough to be ranked."""
    return skill_count >= FEWEST_SKILLS or word_count >= FEWEST_WORDS


def is_substantial(*, skill_count: int, word_count: int) -> bool:
    """Return whether what a profile does not name can be called missing."""
    return skill_count >= SUBSTANTIAL_SKILLS or word_count >= SUBSTANTIAL_WORDS


def explain(
    requirements: Sequence[Requirement], *, profile: Profile, phrases: Phrases
) -> Explanation:
    """Return the evidence for each requirement that asks for a skill, and its band."""
    asked = [
        requirement for requirement in requirements if not requirement.is_exclusion
    ]
    shown = tuple(_requirement_evidence(one, profile, phrases) for one in asked)
    required = [
        evidence.state
        for requirement, evidence in zip(asked, shown, strict=True)
        if requirement.is_required
    ]
    return Explanation(requirements=shown, band=band(required))


def band(states: Sequence[EvidenceState]) -> Band:
    """Return the coarse class of the states of all required skills."""
    met = states.count(EvidenceState.MET)
    if not states:
        return Band.NO_REQUIREMENTS
    if met == len(states):
        return Band.ALL_REQUIRED_MET
    if met * 2 > len(states):
        return Band.MOST_REQUIRED_MET
    if met or EvidenceState.PARTIAL in states:
        return Band.SOME_REQUIRED_MET
    return Band.NONE_REQUIRED_MET


def _requirement_evidence(
    requirement: Requirement, profile: Profile, phrases: Phrases
) -> RequirementEvidence:
    state, evidence = (
        _from_skill_row(requirement, profile, phrases)
        or _from_mentions(requirement, profile, phrases)
        or _from_near_skill(requirement, profile, phrases)
        or _absent(profile)
    )
    return RequirementEvidence(
        skill_id=requirement.skill_id,
        skill=requirement.skill,
        importance=requirement.importance,
        minimum_proficiency=requirement.minimum.proficiency,
        minimum_years=requirement.minimum.years,
        state=state,
        evidence=evidence,
    )


Found = tuple[EvidenceState, Evidence]


def _from_skill_row(
    requirement: Requirement, profile: Profile, phrases: Phrases
) -> Found | None:
    held = profile.held.get(requirement.skill_id)
    if held is None:
        return None
    is_met = _reaches(requirement.minimum.years, held.years) and _reaches(
        requirement.minimum.proficiency_rank, held.proficiency_rank
    )
    return _met_or_partial(is_met), Evidence(
        kind=EvidenceKind.SKILL,
        text=phrases.held(held),
        note="" if is_met else phrases.short_of(requirement, held),
        source_id=held.source_id,
    )


def _from_mentions(
    requirement: Requirement, profile: Profile, phrases: Phrases
) -> Found | None:
    mentions = profile.mentions.get(requirement.skill_id)
    if not mentions:
        return None
    mention = max(mentions, key=_weight)
    # Words alone cannot show how well somebody does something.
    is_met = requirement.minimum.proficiency_rank is None and _reaches(
        requirement.minimum.years, mention.years
    )
    return _met_or_partial(is_met), Evidence(
        kind=mention.kind,
        text=mention.sentence,
        note="" if is_met else phrases.not_shown(requirement, mention),
        source_id=mention.source_id,
    )


def _from_near_skill(
    requirement: Requirement, profile: Profile, phrases: Phrases
) -> Found | None:
    near = profile.near.get(requirement.skill_id)
    if near is None:
        return None
    return EvidenceState.PARTIAL, Evidence(
        kind=EvidenceKind.NEAR_SKILL,
        text=phrases.held(near.held),
        similarity=near.similarity,
        source_id=near.held.source_id,
    )


def _absent(profile: Profile) -> Found:
    says_much = is_substantial(
        skill_count=profile.skill_count, word_count=profile.word_count
    )
    state = EvidenceState.MISSING if says_much else EvidenceState.NO_DATA
    return state, Evidence(kind=EvidenceKind.NONE)


def _weight(mention: Mention) -> tuple[float, bool]:
    """Dated experience weighs by its length; experience more than other text."""
    return mention.years or 0.0, mention.kind == EvidenceKind.EXPERIENCE


def _reaches(minimum: float | None, held: float | None) -> bool:
    return minimum is None or (held is not None and held >= minimum)


def _met_or_partial(is_met: bool) -> EvidenceState:  # noqa: FBT001 (the only value)
    return EvidenceState.MET if is_met else EvidenceState.PARTIAL
