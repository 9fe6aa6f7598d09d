"""The parts of a profile that are written whole: skills, experience, and so on."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from recruit.candidates.files import remove_on_commit
from recruit.candidates.inputs import (
    DocumentInput,
    EducationInput,
    ExperienceInput,
    LanguageInput,
    ProfileInput,
    SkillInput,
)
from recruit.candidates.models import (
    Candidate,
    CandidateLanguage,
    CandidateSkill,
    Document,
    Education,
    Experience,
)
from recruit.candidates.part import Part
from recruit.common.text import with_plain_line_ends
from recruit.skills.models import Skill

# What is known of a skill beside its name, where it was found to be in order.
MOST_SOUND_VALUES = 10_000
_sound_values: set[tuple[object, ...]] = set()


class Skills(Part[SkillInput, CandidateSkill]):
    name = "skills"
    model = CandidateSkill
    compared = ("skill_id", "proficiency", "years", "last_used", "origin")

    def stated(self, profile: ProfileInput) -> Sequence[SkillInput] | None:
        return profile.skills

    def row(
        self, candidate: Candidate, stated: SkillInput, skills: Mapping[str, Skill]
    ) -> CandidateSkill:
        return CandidateSkill(
            candidate_id=candidate.pk,
            skill_id=skills[stated.skill].pk,
            proficiency=stated.proficiency,
            years=stated.years,
            last_used=stated.last_used,
            origin=stated.origin,
        )

    def held(self, row: CandidateSkill) -> SkillInput:
        return SkillInput(
            row.skill.name,
            row.proficiency,
            row.years,
            row.last_used,
            row.origin,
            row_id=row.pk,
        )

    def check(self, row: CandidateSkill, number: int) -> None:
        """Raise ValidationError; the same few values come again in a long import."""
        values = (row.proficiency, row.years, row.last_used, row.origin)
        if values not in _sound_values:
            super().check(row, number)
            if len(_sound_values) < MOST_SOUND_VALUES:
                _sound_values.add(values)

    def merged(self, rows: list[CandidateSkill]) -> list[CandidateSkill]:
        """Keep the first of the rows whose words lead to one skill."""
        first: dict[object, CandidateSkill] = {}
        for row in rows:
            first.setdefault(row.skill_id, row)
        return list(first.values())


class Experiences(Part[ExperienceInput, Experience]):
    name = "experience"
    model = Experience
    compared = ("title", "organisation", "started_on", "ended_on", "description")

    def stated(self, profile: ProfileInput) -> Sequence[ExperienceInput] | None:
        return profile.experience

    def row(
        self, candidate: Candidate, stated: ExperienceInput, skills: Mapping[str, Skill]
    ) -> Experience:
        return Experience(
            candidate=candidate,
            title=stated.title,
            organisation=stated.organisation,
            started_on=stated.started_on,
            ended_on=stated.ended_on,
            description=with_plain_line_ends(stated.description),
        )

    def held(self, row: Experience) -> ExperienceInput:
        return ExperienceInput(
            row.title,
            row.organisation,
            row.started_on,
            row.ended_on,
            row.description,
            row_id=row.pk,
        )


class Educations(Part[EducationInput, Education]):
    name = "education"
    model = Education
    compared = (
        "qualification",
        "field_of_study",
        "institution",
        "started_in",
        "ended_in",
    )

    def stated(self, profile: ProfileInput) -> Sequence[EducationInput] | None:
        return profile.education

    def row(
        self, candidate: Candidate, stated: EducationInput, skills: Mapping[str, Skill]
    ) -> Education:
        return Education(
            candidate=candidate,
            qualification=stated.qualification,
            field_of_study=stated.field_of_study,
            institution=stated.institution,
            started_in=stated.started_in,
            ended_in=stated.ended_in,
        )

    def held(self, row: Education) -> EducationInput:
        return EducationInput(
            row.qualification,
            row.field_of_study,
            row.institution,
            row.started_in,
            row.ended_in,
            row_id=row.pk,
        )


class Languages(Part[LanguageInput, CandidateLanguage]):
    name = "languages"
    model = CandidateLanguage
    compared = ("language", "level")

    def stated(self, profile: ProfileInput) -> Sequence[LanguageInput] | None:
        return profile.languages

    def row(
        self, candidate: Candidate, stated: LanguageInput, skills: Mapping[str, Skill]
    ) -> CandidateLanguage:
        code = stated.language.strip().lower()
        return CandidateLanguage(candidate=candidate, language=code, level=stated.level)

    def held(self, row: CandidateLanguage) -> LanguageInput:
        return LanguageInput(row.language, row.level, row_id=row.pk)

    def merged(self, rows: list[CandidateLanguage]) -> list[CandidateLanguage]:
        """Keep the first row of each language."""
        first: dict[str, CandidateLanguage] = {}
        for row in rows:
            first.setdefault(row.language, row)
        return list(first.values())


class Documents(Part[DocumentInput, Document]):
    name = "documents"
    model = Document
    compared = ("title", "kind", "media_type", "text")

    def stated(self, profile: ProfileInput) -> Sequence[DocumentInput] | None:
        return profile.documents

    def row(
        self, candidate: Candidate, stated: DocumentInput, skills: Mapping[str, Skill]
    ) -> Document:
        file = stated.file
        return Document(
            candidate=candidate,
            title=stated.title,
            kind=stated.kind,
            media_type=stated.media_type,
            text=stated.text,
            file_name=file.name if file else "",
            size=file.size if file else None,
            digest=file.digest if file else "",
            added_at=candidate.profile_changed_at,
        )

    def held(self, row: Document) -> DocumentInput:
        return DocumentInput(
            row.title, row.text, row.kind, row.media_type, row_id=row.pk
        )

    def differs(self, candidate: Candidate, rows: list[Document]) -> bool:
        """True where other documents are stated; they stand by date, not as stated."""
        held = self._signatures(candidate.documents.all())
        return sorted(held) != sorted(self._signatures(rows))

    def replace(
        self,
        changes: Sequence[tuple[Candidate, list[Document]]],
        *,
        new: Collection[UUID],
    ) -> None:
        """Write the documents; one that was there before keeps its date."""
        for candidate, rows in changes:
            for row in rows:
                row.added_at = candidate.profile_changed_at
        known = [who for who, _rows in changes if who.pk not in new]
        with_files = self._with_files(known) if known else set()
        super().replace(changes, new=new)
        with_files -= {row.pk for _who, rows in changes for row in rows}
        remove_on_commit(with_files)

    def _with_files(self, people: Sequence[Candidate]) -> set[UUID]:
        held = Document.objects.filter(candidate__in=people, size__isnull=False)
        return set(held.values_list("pk", flat=True))

    def carry_over(self, row: Document, held: Document) -> None:
        """Keep date and file: neither is stated with a text."""
        super().carry_over(row, held)
        row.added_at = held.added_at
        row.file_name, row.size, row.digest = held.file_name, held.size, held.digest


SKILLS = Skills()
EXPERIENCE = Experiences()
EDUCATION = Educations()
LANGUAGES = Languages()
DOCUMENTS = Documents()
PARTS: tuple[Part[Any, Any], ...] = (
    *(SKILLS, EXPERIENCE, EDUCATION),
    *(LANGUAGES, DOCUMENTS),
)

ProfileRows = dict[Part[Any, Any], list[Any]]
