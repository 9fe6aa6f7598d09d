"""What crosses the seams of matching: plain values, no framework."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class EvidenceState(StrEnum):
    """How far a profile shows that a requirement is reached."""

    MET = "met"
    PARTIAL = "partial"
    MISSING = "missing"
    NO_DATA = "no_data"


class EvidenceKind(StrEnum):
    """The place in a profile that evidence rests on."""

    SKILL = "skill"
    EXPERIENCE = "experience"
    TEXT = "text"
    NEAR_SKILL = "near_skill"
    NONE = "none"


class Band(StrEnum):
    """Coarse class of the evidence for all required skills together."""

    ALL_REQUIRED_MET = "all_required_met"
    MOST_REQUIRED_MET = "most_required_met"
    SOME_REQUIRED_MET = "some_required_met"
    NONE_REQUIRED_MET = "none_required_met"
    NO_REQUIREMENTS = "no_requirements"


class Meaning(StrEnum):
    """Whether the meaning of a search text shaped the order, and why not."""

    COMPARED = "compared"  # by its vector
    BEING_READ = "being_read"  # the worker makes the vector
    NO_WORKER = "no_worker"  # nobody makes it
    NOT_ASKED = "not_asked"  # the words alone were asked for
    NOTHING_TO_COMPARE = "nothing_to_compare"  # names, contacts and common words only
    UNREADABLE = "unreadable"  # the encoder failed on it


@dataclass(frozen=True, slots=True)
class Hit:
    """A row returned by retrieval."""

    candidate_id: UUID
    similarity: float  # cosine, in [-1, 1]


class Order(StrEnum):
    """What people are ranked by."""

    SIMILARITY = "similarity"
    HYBRID = "hybrid"  # the words of the job and the similarity together


@dataclass(frozen=True, slots=True)
class HybridHit:
    """A row found by its meaning, by its words, or by both."""

    candidate_id: UUID
    score: float  # of words and meaning together; compares hits of one query alone
    similarity: float | None  # cosine, in [-1, 1]; None: no vector, or none asked for
    words_found: tuple[str, ...]  # words of the query, the most telling first


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least a requirement asks of a skill; None asks nothing."""

    proficiency: str = ""  # a value of recruit.skills.choices.Proficiency
    proficiency_rank: int | None = None
    years: float | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One skill a job names, with the least it asks of it."""

    skill_id: UUID
    skill: str
    importance: str  # a value of recruit.skills.choices.Importance
    minimum: Minimum = Minimum()

    @property
    def is_required(self) -> bool:
        return self.importance == "required"

    @property
    def is_exclusion(self) -> bool:
        return self.importance == "excluded"


@dataclass(frozen=True, slots=True)
class HeldSkill:
    """One skill row of a profile."""

    skill_id: UUID
    skill: str
    proficiency: str = ""
    proficiency_rank: int | None = None
    years: float | None = None
    source_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence of a profile in which the words of a skill stand."""

    skill_id: UUID
    kind: EvidenceKind  # EXPERIENCE or TEXT
    sentence: str
    source_id: UUID | None = None
    years: float | None = None  # length of the experience, where it is dated


@dataclass(frozen=True, slots=True)
class NearSkill:
    """A held skill whose meaning is close to that of a required one."""

    required_id: UUID
    held: HeldSkill
    similarity: float


@dataclass(frozen=True, slots=True)
class Profile:
    """What a candidate's rows say about the requirements of one job."""

    held: Mapping[UUID, HeldSkill]
    mentions: Mapping[UUID, Sequence[Mention]]
    near: Mapping[UUID, NearSkill]
    skill_count: int
    word_count: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a state rests on: the words to show and where they stand."""

    kind: EvidenceKind
    text: str = ""
    note: str = ""  # why it is not more
    similarity: float | None = None
    source_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RequirementEvidence:
    """One requirement and what the profile shows for it."""

    skill_id: UUID
    skill: str
    importance: str
    minimum_proficiency: str
    minimum_years: float | None
    state: EvidenceState
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Explanation:
    """Skill evidence a person can check; not the encoder's reason."""

    requirements: tuple[RequirementEvidence, ...]
    band: Band
