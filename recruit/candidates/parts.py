"""The parts of a profile that are written whole: skills, experience, and so on."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

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
from recruit.common.copying import copy_rows
from recruit.common.text import with_plain_line_ends
from recruit.skills.models import Skill

S = TypeVar("S")
M = TypeVar("M", bound=models.Model)

MOST_ROWS = 500  # of one part: a person with more is a broken file


class Part(ABC, Generic[S, M]):
    """One kind of row below a candidate, replaced as a whole when it differs."""

    name: str
    model: type[M]
    compared: Sequence[str]

    @abstractmethod
    def stated(self, profile: ProfileInput) -> Sequence[S] | None:
        """Return what the profile says of this part, None for nothing."""

    @abstractmethod
    def row(self, candidate: Candidate, stated: S, skills: Mapping[str, Skill]) -> M:
        """Return one unsaved row."""

    def rows(
        self, candidate: Candidate, stated: Sequence[S], skills: Mapping[str, Skill]
    ) -> list[M]:
        """Return checked, unsaved rows. Raise ValidationError naming the part."""
        self.refuse_many(stated)
        made = self.merged([self.row(candidate, one, skills) for one in stated])
        for number, row in enumerate(made, start=1):
            self.check(row, number)
        return made

    def refuse_many(self, stated: Sequence[S]) -> None:
        """Raise ValidationError for more entries than one person can have."""
        if len(stated) > MOST_ROWS:
            raise ValidationError(
                {
                    self.name: _("%(count)d entries; at most %(most)d are taken.")
                    % {"count": len(stated), "most": MOST_ROWS}
                }
            )

    def merged(self, rows: list[M]) -> list[M]:
        """Return the rows without those that say the same twice."""
        return rows

    def check(self, row: M, number: int) -> None:
        """Raise ValidationError naming the part and the number of the entry."""
        try:
            row.clean_fields(exclude=["candidate", "skill", "added_at"])
            row.clean()
        except ValidationError as error:
            texts = [
                f"{number}. {field}: {text}"
                for field, messages in error.message_dict.items()
                for text in messages
            ]
            raise ValidationError({self.name: texts}) from error

    def of(self, candidate: Candidate) -> "models.QuerySet[M]":
        return self.model._default_manager.filter(candidate=candidate)

    def _signatures(self, rows: Iterable[M]) -> list[tuple[Any, ...]]:
        return [tuple(getattr(row, name) for name in self.compared) for row in rows]

    def differs(self, candidate: Candidate, rows: list[M]) -> bool:
        """True where the rows are not what the (prefetched) candidate has."""
        held = getattr(candidate, self.name).all()
        return self._signatures(held) != self._signatures(rows)

    def replace(
        self, changes: Sequence[tuple[Candidate, list[M]]], *, new: Collection[UUID]
    ) -> None:
        """Write the rows of many people in place of those they had.

        Of the new people there is nothing to take away.
        """
        known = [who for who, _rows in changes if who.pk not in new]
        if known:
            self.model._default_manager.filter(candidate__in=known).delete()
        for candidate, rows in changes:
            for position, row in enumerate(rows):
                row.candidate_id = candidate.pk  # type: ignore[attr-defined]
                if hasattr(row, "position"):
                    row.position = position
        copy_rows(self.model, [row for _candidate, rows in changes for row in rows])
        for candidate, _rows in changes:
            # What was prefetched is no longer so.
            getattr(candidate, "_prefetched_objects_cache", {}).pop(self.name, None)


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
        return Document(
            candidate=candidate,
            title=stated.title,
            kind=stated.kind,
            media_type=stated.media_type,
            text=stated.text,
            added_at=candidate.profile_changed_at,
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
            held = [] if candidate.pk in new else list(candidate.documents.all())
            dates = dict(
                zip(self._signatures(held), (row.added_at for row in held), strict=True)
            )
            for row, signature in zip(rows, self._signatures(rows), strict=True):
                row.added_at = dates.get(signature, candidate.profile_changed_at)
        super().replace(changes, new=new)


PARTS: tuple[Part[Any, Any], ...] = (
    Skills(),
    Experiences(),
    Educations(),
    Languages(),
    Documents(),
)

ProfileRows = dict[Part[Any, Any], list[Any]]
