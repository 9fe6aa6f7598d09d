"""What a caller may say about a candidate: plain values, checked by the operations."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol, TypedDict
from uuid import UUID

from recruit.candidates.choices import DocumentKind, SkillOrigin


class CandidateFields(TypedDict, total=False):
    """Fields of the person; what is left out stays as it is."""

    given_name: str
    family_name: str
    emails: list[str]
    phones: list[str]
    place: str
    region: str
    country: str
    open_to_remote: bool
    headline: str
    summary: str
    years_of_experience: Decimal | None
    links: list[str]
    source: str
    external_id: str
    salary_expectation: Decimal | None
    salary_currency: str
    available_from: date | None
    work_permit: str
    last_contact_at: datetime | None


@dataclass(frozen=True, slots=True)
class SkillInput:
    """A held skill, by its words."""

    skill: str
    proficiency: str = ""
    years: Decimal | None = None
    last_used: int | None = None
    origin: str = SkillOrigin.STATED
    row_id: UUID | None = None  # of the row that it is, or will be


@dataclass(frozen=True, slots=True)
class ExperienceInput:
    title: str
    organisation: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    description: str = ""
    row_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class EducationInput:
    qualification: str
    field_of_study: str = ""
    institution: str = ""
    started_in: int | None = None
    ended_in: int | None = None
    row_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LanguageInput:
    language: str
    level: str = ""
    row_id: UUID | None = None


class FileInput(Protocol):
    """What is known of a file that is kept."""

    @property
    def name(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def digest(self) -> str: ...


@dataclass(frozen=True, slots=True)
class DocumentInput:
    title: str
    text: str
    kind: str = DocumentKind.CV
    media_type: str = "text/plain"
    row_id: UUID | None = None
    file: FileInput | None = None  # of a document that came as one


@dataclass(frozen=True, slots=True)
class ProfileInput:
    """All that one write says about a person; None leaves a part as it is."""

    fields: CandidateFields = field(default_factory=CandidateFields)
    skills: Sequence[SkillInput] | None = None
    experience: Sequence[ExperienceInput] | None = None
    education: Sequence[EducationInput] | None = None
    languages: Sequence[LanguageInput] | None = None
    documents: Sequence[DocumentInput] | None = None
