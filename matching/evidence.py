"""Loaded rows to what the explanation is made from."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from matching.conf import encoder_settings
from matching.contents import word_count
from matching.retrieval import near_skills
from matching.sentences import sentence_bounds
from matching.types import (
    EvidenceKind,
    HeldSkill,
    Mention,
    Minimum,
    NearSkill,
    Profile,
    Requirement,
)
from recruit.candidates.models import Candidate, CandidateSkill, Experience
from recruit.common.text import fold
from recruit.jobs.models import Job, JobSkill
from recruit.skills.choices import Proficiency
from recruit.skills.models import SkillLabel
from recruit.skills.recognition import SkillRecogniser

DAYS_IN_A_YEAR = 365.25


def requirements_of(job: Job) -> tuple[Requirement, ...]:
    """Return what a job loaded `with_requirements` asks for."""
    return tuple(requirement_of(row) for row in job.requirements.all())


def requirement_of(row: JobSkill) -> Requirement:
    """Return one requirement, stored or not, with its skill loaded."""
    return Requirement(
        skill_id=row.skill_id,
        skill=row.skill.name,
        importance=row.importance,
        minimum=Minimum(
            proficiency=row.minimum_proficiency,
            proficiency_rank=_rank(row.minimum_proficiency),
            years=None if row.minimum_years is None else float(row.minimum_years),
        ),
    )


def _rank(proficiency: str) -> int | None:
    return Proficiency(proficiency).rank if proficiency else None


def _held(row: CandidateSkill) -> HeldSkill:
    return HeldSkill(
        skill_id=row.skill_id,
        skill=row.skill.name,
        proficiency=row.proficiency,
        proficiency_rank=_rank(row.proficiency),
        years=None if row.years is None else float(row.years),
        source_id=row.pk,
    )


def profiles_of(
    candidates: Sequence[Candidate],
    requirements: Collection[Requirement],
    *,
    encoder: str,
    today: date,
) -> dict[UUID, Profile]:
    """Return what people loaded `with_profile` say about the requirements.

    The number of queries does not grow with the people.
    """
    asked = {one.skill_id for one in requirements if not one.is_exclusion}
    held = {
        candidate.pk: {row.skill_id: _held(row) for row in candidate.skills.all()}
        for candidate in candidates
    }
    nearest = _nearest(asked, held, encoder)
    labels = _Labels(asked)
    return {
        candidate.pk: Profile(
            held=held[candidate.pk],
            mentions=labels.mentions(
                candidate, asked - held[candidate.pk].keys(), today=today
            ),
            near=_best_near(asked, held[candidate.pk], nearest),
            skill_count=len(held[candidate.pk]),
            word_count=word_count(candidate),
        )
        for candidate in candidates
    }


def _nearest(
    asked: Collection[UUID],
    held: Mapping[UUID, Mapping[UUID, HeldSkill]],
    encoder: str,
) -> dict[UUID, list[tuple[float, UUID]]]:
    """Return for each required skill the near ones that anybody here holds."""
    least = encoder_settings().near_skill_threshold
    anybody = {skill_id for rows in held.values() for skill_id in rows}
    nearest: dict[UUID, list[tuple[float, UUID]]] = {}
    for required_id, held_id, similarity in near_skills(
        required=asked, held=anybody, encoder=encoder, least=least
    ):
        nearest.setdefault(required_id, []).append((similarity, held_id))
    for found in nearest.values():
        found.sort(key=lambda near: (-near[0], near[1]))
    return nearest


def _best_near(
    asked: Iterable[UUID],
    held: Mapping[UUID, HeldSkill],
    nearest: Mapping[UUID, Sequence[tuple[float, UUID]]],
) -> dict[UUID, NearSkill]:
    best = {}
    for required_id in asked:
        for similarity, held_id in nearest.get(required_id, ()):
            if held_id in held:
                best[required_id] = NearSkill(required_id, held[held_id], similarity)
                break
    return best


class _Labels:
    """The words of the required skills, looked for in texts."""

    def __init__(self, asked: Collection[UUID]) -> None:
        labels = SkillLabel.objects.found_in_text().filter(skill_id__in=asked)
        keys = list(labels.values_list("key", "skill_id"))
        self._recogniser = SkillRecogniser(keys)
        self._first_words = {key.split(" ")[0] for key, _skill_id in keys}

    def mentions(
        self, candidate: Candidate, asked: Collection[UUID], *, today: date
    ) -> dict[UUID, list[Mention]]:
        """Return the sentences in which the asked skills stand."""
        found: dict[UUID, list[Mention]] = {}
        if not asked:
            return found
        for mention in self._all(candidate, today):
            if mention.skill_id in asked:
                found.setdefault(mention.skill_id, []).append(mention)
        return found

    def _all(self, candidate: Candidate, today: date) -> Iterator[Mention]:
        for worked in candidate.experience.all():
            years = _years(worked, today)
            text = f"{worked.title}\n{worked.description}"
            for skill_id, sentence in self._sentences(text):
                yield Mention(
                    skill_id, EvidenceKind.EXPERIENCE, sentence, worked.pk, years
                )
        for text in (candidate.headline, candidate.summary):
            for skill_id, sentence in self._sentences(text):
                yield Mention(skill_id, EvidenceKind.TEXT, sentence, candidate.pk)
        for document in candidate.documents.all():
            for skill_id, sentence in self._sentences(document.text):
                yield Mention(skill_id, EvidenceKind.TEXT, sentence, document.pk)

    def _sentences(self, text: str) -> Iterator[tuple[UUID, str]]:
        if self._may_stand_in(text):
            for mention in self._recogniser.mentions(text):
                yield mention.skill_id, _sentence(text, mention.start, mention.end)

    def _may_stand_in(self, text: str) -> bool:
        """Tell cheaply whether a closer look is worth while."""
        plain = text.lower() if text.isascii() else fold(text)
        return any(word in plain for word in self._first_words)


def _years(worked: Experience, today: date) -> float | None:
    if worked.started_on is None:
        return None
    days = ((worked.ended_on or today) - worked.started_on).days
    return max(0.0, days / DAYS_IN_A_YEAR)


def _sentence(text: str, start: int, end: int) -> str:
    first, last = sentence_bounds(text, start, end)
    return " ".join(text[first:last].split())
