"""Every write to the vocabulary that means something."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.common.refusals import Refused
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.skills.models import Skill, SkillLabel
from recruit.skills.names import SKILL_LENGTH, skill_key, without_version


class LabelTaken(Refused):
    """A word already leads to another skill."""


@dataclass(frozen=True, slots=True)
class VocabularyEntry:
    """One skill as a vocabulary file states it."""

    name: str
    aliases: tuple[str, ...] = ()
    esco_code: str = ""
    onet_code: str = ""


def check_skill_words(texts: Iterable[str]) -> dict[str, str]:
    """Return the key of each text. Raise ValidationError for one that is no skill."""
    keys: dict[str, str] = {}
    for text in texts:
        key = skill_key(text)
        if not key or "\x00" in text:
            raise ValidationError(
                {"skills": _("“%s” is not a skill.") % text[:80].replace("\x00", "?")}
            )
        if max(len(text.strip()), len(key)) > SKILL_LENGTH:
            raise ValidationError(
                {
                    "skills": _("“%(start)s…” is longer than %(most)d characters.")
                    % {"start": text[:40], "most": SKILL_LENGTH}
                }
            )
        keys[text] = key
    return keys


def _known(keys: Iterable[str]) -> dict[str, Skill]:
    candidates = {form for key in keys for form in (key, without_version(key))}
    labels = SkillLabel.objects.of_words(sorted(candidates))
    return {label.key: label.skill for label in labels}


def _find(key: str, known: Mapping[str, Skill]) -> Skill | None:
    return known.get(key) or known.get(without_version(key))


def _create_unconfirmed(missing: Mapping[str, str]) -> list[Skill]:
    """Add skills by key and text; one added meanwhile by somebody else stays theirs."""
    # In the order of the keys, so that two writers never wait for each other.
    skills = {key: Skill(name=missing[key].strip()) for key in sorted(missing)}
    Skill.objects.bulk_create(skills.values())
    labels = [
        SkillLabel(skill=skill, text=skill.name, key=key)
        for key, skill in skills.items()
    ]
    SkillLabel.objects.bulk_create(labels, ignore_conflicts=True)
    landed = set(
        SkillLabel.objects.filter(skill__in=skills.values()).values_list(
            "skill_id", flat=True
        )
    )
    lost = [skill.pk for skill in skills.values() if skill.pk not in landed]
    Skill.objects.filter(pk__in=lost).delete()
    return [skill for skill in skills.values() if skill.pk in landed]


@transaction.atomic
def resolve_skills(
    names: Iterable[str], *, actor: Actor, happened_at: datetime
) -> dict[str, Skill]:
    """Return the skill for each text, adding unknown ones unconfirmed.

    An exact label wins over one without the version ("postgres 16" -> PostgreSQL).
    Raise ValidationError for a text that is empty, too long or holds NUL.
    """
    keys = check_skill_words(names)
    known = _known(keys.values())
    missing = {
        key: text for text, key in reversed(keys.items()) if not _find(key, known)
    }
    if missing:
        created = _create_unconfirmed(missing)
        known = _known(keys.values())
        if created:
            record(
                Happened.SKILL_CREATED,
                actor=actor,
                happened_at=happened_at,
                details={"skills": [str(skill.pk) for skill in created]},
            )
    found = {text: _find(key, known) for text, key in keys.items()}
    return {text: skill for text, skill in found.items() if skill is not None}


@transaction.atomic
def confirm_skills(
    *, skill_ids: Sequence[UUID], actor: Actor, confirmed_at: datetime
) -> int:
    """Mark skills as looked at by a person; return how many were not before."""
    changed = (
        Skill.objects.unconfirmed().filter(pk__in=skill_ids).update(confirmed=True)
    )
    if changed:
        record(
            Happened.SKILL_CONFIRMED,
            actor=actor,
            happened_at=confirmed_at,
            details={"skills": [str(skill_id) for skill_id in skill_ids]},
        )
    return changed


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
    skill = Skill.objects.select_for_update().get(pk=skill_id)
    keys = {
        key: text for text, key in reversed(check_skill_words([name, *aliases]).items())
    }
    taken = SkillLabel.objects.filter(key__in=keys).exclude(skill=skill).first()
    if taken is not None:
        raise LabelTaken(_("“%s” already leads to another skill.") % taken.text)
    skill.labels.exclude(key__in=keys).delete()
    skill.name = name.strip()
    skill.save(update_fields=["name"])
    SkillLabel.objects.bulk_create(
        [
            SkillLabel(skill=skill, text=text.strip(), key=key)
            for key, text in keys.items()
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["text"],
    )
    record(
        Happened.SKILL_CHANGED,
        actor=actor,
        happened_at=changed_at,
        details={"skills": [str(skill_id)]},
    )
    return skill
