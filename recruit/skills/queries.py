"""Reads of the vocabulary beside a text."""

from collections.abc import Sequence
from dataclasses import dataclass

from recruit.skills.models import Skill, SkillLabel
from recruit.skills.recognition import SkillMention, SkillRecogniser


@dataclass(frozen=True, slots=True)
class SkillInText:
    """A skill of the vocabulary, and where its words stand in a text."""

    skill: Skill
    mentions: tuple[SkillMention, ...]


def skills_in_text(text: str) -> Sequence[SkillInText]:
    """Return the skills that a text names, in their order there; nothing is written."""
    labels = SkillLabel.objects.found_in_text().values_list("key", "skill_id")
    places: dict[object, list[SkillMention]] = {}
    for mention in SkillRecogniser(labels).mentions(text):
        places.setdefault(mention.skill_id, []).append(mention)
    skills = Skill.objects.in_bulk(list(places))
    return [
        SkillInText(skills[pk], tuple(mentions))
        for pk, mentions in places.items()
        if pk in skills
    ]
