"""Writing one skill of the vocabulary: add, change, take away.

Apart from `operations`, which imports and profiles use on many words at once.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.common.refusals import Refused
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.skills.models import Skill, SkillLabel
from recruit.skills.names import skill_key
from recruit.skills.operations import (
    LabelTaken,
    VocabularyEntry,
    check_skill_words,
)


class CodeTaken(Refused):
    """Another skill has this ESCO code."""


class SkillInUse(Refused):
    """Jobs or candidates name the skill."""


def _labels(skill: Skill, entry: VocabularyEntry) -> dict[str, SkillLabel]:
    """Return the words by key; of two words with one key the first one counts."""
    keys = check_skill_words([entry.name, *entry.aliases])
    list_only = set(map(skill_key, entry.list_only))
    return {
        key: SkillLabel(
            skill=skill,
            text=text.strip(),
            key=key,
            found_in_text=key not in list_only,
        )
        for text, key in reversed(keys.items())
    }


def _refuse_taken(skill: Skill, keys: Iterable[str]) -> None:
    taken = SkillLabel.objects.filter(key__in=keys).exclude(skill=skill).first()
    if taken is not None:
        raise LabelTaken(_("“%s” already leads to another skill.") % taken.text)


def _replace_labels(skill: Skill, entry: VocabularyEntry) -> bool:
    """Give the skill exactly these words; return whether it had others."""
    labels = _labels(skill, entry)
    held = {(row.key, row.text, row.found_in_text) for row in skill.labels.all()}
    if held == {(key, row.text, row.found_in_text) for key, row in labels.items()}:
        return False
    _refuse_taken(skill, labels)
    skill.labels.exclude(key__in=labels).delete()
    SkillLabel.objects.bulk_create(
        labels.values(),
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["text", "found_in_text"],
    )
    # Somebody may have taken a word between the look and the write.
    _refuse_taken(skill, labels)
    return True


def _save(skill: Skill) -> None:
    skill.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            skill.save()
    except IntegrityError as error:
        if "skills_one_per_esco_code" not in str(error):
            raise
        raise CodeTaken(
            _("Another skill has the ESCO code %s.") % skill.esco_code
        ) from error


def _record(
    kind: Happened, skill: Skill, actor: Actor, happened_at: datetime, name: str = ""
) -> None:
    details: dict[str, object] = {"skills": [str(skill.pk)]}
    if name:
        details["name"] = name
    record(kind, actor=actor, happened_at=happened_at, details=details)


@transaction.atomic
def create_skill(
    *,
    entry: VocabularyEntry,
    confirmed: bool,
    actor: Actor,
    created_at: datetime,
) -> Skill:
    """Add a skill with its words.

    Raise LabelTaken, CodeTaken, or ValidationError for a word that is none.
    """
    skill = Skill(
        name=entry.name.strip(),
        confirmed=confirmed,
        esco_code=entry.esco_code,
        onet_code=entry.onet_code,
    )
    _save(skill)
    _replace_labels(skill, entry)
    _record(Happened.SKILL_CREATED, skill, actor, created_at)
    return skill


@transaction.atomic
def update_skill(
    *,
    skill_id: UUID,
    entry: VocabularyEntry,
    confirmed: bool,
    actor: Actor,
    changed_at: datetime,
) -> Skill:
    """Make a skill what the entry says; an equal entry writes nothing.

    Raise LabelTaken, CodeTaken, or ValidationError for a word that is none.
    """
    skill = Skill.objects.select_for_update().get(pk=skill_id)
    before = (skill.name, skill.esco_code, skill.onet_code)
    was_confirmed = skill.confirmed
    skill.name = entry.name.strip()
    skill.esco_code, skill.onet_code = entry.esco_code, entry.onet_code
    skill.confirmed = confirmed
    _save(skill)
    has_other_words = _replace_labels(skill, entry)
    after = (skill.name, skill.esco_code, skill.onet_code)
    if confirmed and not was_confirmed:
        _record(Happened.SKILL_CONFIRMED, skill, actor, changed_at)
    if has_other_words or before != after or was_confirmed > confirmed:
        _record(Happened.SKILL_CHANGED, skill, actor, changed_at)
    return skill


@transaction.atomic
def set_labels(
    *,
    skill_id: UUID,
    name: str,
    aliases: Sequence[str],
    actor: Actor,
    changed_at: datetime,
) -> Skill:
    """Give a skill its name and exactly these aliases.

    Raise LabelTaken where a word leads to another skill, ValidationError for a word
    that is none.
    """
    skill = Skill.objects.select_for_update().with_labels().get(pk=skill_id)
    kept = [label.text for label in skill.labels.all() if not label.found_in_text]
    entry = VocabularyEntry(
        name=name,
        aliases=tuple(aliases),
        list_only=frozenset(kept),
        esco_code=skill.esco_code,
        onet_code=skill.onet_code,
    )
    return update_skill(
        skill_id=skill_id,
        entry=entry,
        confirmed=skill.confirmed,
        actor=actor,
        changed_at=changed_at,
    )


@transaction.atomic
def delete_skill(*, skill_id: UUID, actor: Actor, deleted_at: datetime) -> None:
    """Take a skill out of the vocabulary. Raise SkillInUse."""
    skill = Skill.objects.select_for_update().get(pk=skill_id)
    try:
        Skill.objects.filter(pk=skill_id).delete()
    except ProtectedError as error:
        raise SkillInUse(
            _("“%s” is named by jobs or candidates.") % skill.name
        ) from error
    _record(Happened.SKILL_DELETED, skill, actor, deleted_at, name=skill.name)
