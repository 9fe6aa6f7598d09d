"""Every write to the vocabulary that means something."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.accounts.choices import ActorKind
from recruit.common.refusals import Refused
from recruit.common.text import shows
from recruit.events.choices import Happened
from recruit.events.models import Event
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
    list_only: frozenset[str] = frozenset()  # words not looked for in running text
    esco_code: str = ""
    onet_code: str = ""


def check_skill_words(texts: Iterable[str]) -> dict[str, str]:
    """Return the key of each text. Raise ValidationError for one that is no skill."""
    keys: dict[str, str] = {}
    for text in texts:
        key = skill_key(text)
        if not shows(key) or "\x00" in text:
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
    while True:
        found = _found_or_added(keys, actor, happened_at)
        # Looked for once more where somebody merged or deleted one meanwhile.
        if _stays({skill.pk for skill in found.values()}):
            return found


def _stays(skill_ids: Collection[UUID]) -> bool:
    """Keep skills from being merged or deleted while the caller writes rows with them.

    Return whether all are still there. The foreign keys of those rows take the same
    lock, only later: too late for who was told of a skill that is gone by then.
    """
    if not skill_ids:
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM skills_skill WHERE id = ANY (%s) ORDER BY id FOR KEY SHARE",
            [sorted(skill_ids)],
        )
        return len(cursor.fetchall()) == len(skill_ids)


def _found_or_added(
    keys: Mapping[str, str], actor: Actor, happened_at: datetime
) -> dict[str, Skill]:
    """Return the skill of each text, given with its key; add unknown ones."""
    known = _known(keys.values())
    unknown = {
        key: text for text, key in reversed(list(keys.items())) if not _find(key, known)
    }
    # Of "falconry" and "falconry 2", both unknown, only the first becomes a skill.
    missing = {
        key: text
        for key, text in unknown.items()
        if without_version(key) == key or without_version(key) not in unknown
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


@dataclass(frozen=True, slots=True)
class VocabularyLoaded:
    """What loading a vocabulary changed."""

    created: int = 0
    confirmed: int = 0
    labels_added: int = 0


def _changed_by_people() -> set[UUID]:
    """Return the skills whose words somebody has set by hand."""
    changes = Event.objects.filter(kind=Happened.SKILL_CHANGED).exclude(
        actor_kind=ActorKind.SYSTEM
    )
    details = changes.values_list("details", flat=True)
    return {UUID(skill_id) for one in details for skill_id in one.get("skills", ())}


def _skill_of(entry: VocabularyEntry, known: Mapping[str, Skill]) -> Skill | None:
    """Return the skill that one of the words leads to, its name before aliases."""
    keys = map(skill_key, (entry.name, *entry.aliases))
    return next((known[key] for key in keys if key in known), None)


def _new_skill(entry: VocabularyEntry) -> Skill:
    return Skill(
        name=entry.name,
        confirmed=True,
        esco_code=entry.esco_code,
        onet_code=entry.onet_code,
    )


def _missing_labels(
    skill: Skill, entry: VocabularyEntry, known: dict[str, Skill]
) -> list[SkillLabel]:
    """Return labels for the words that lead nowhere yet, and note them as known."""
    labels = []
    for text in (entry.name, *entry.aliases):
        key = skill_key(text)
        if key not in known:
            known[key] = skill
            found = text not in entry.list_only
            labels.append(
                SkillLabel(skill=skill, text=text, key=key, found_in_text=found)
            )
    return labels


@transaction.atomic
def load_vocabulary(
    *, entries: Sequence[VocabularyEntry], actor: Actor, loaded_at: datetime
) -> VocabularyLoaded:
    """Add the skills and words that are missing; what people decided stays.

    A word that leads to another skill stays there, and a skill whose words were set by
    hand is left alone. A skill that an import had added is named and confirmed.
    """
    # One object per skill, so that a change of it is seen by every entry.
    skills = Skill.objects.in_bulk()
    known = {
        key: skills[skill_id]
        for key, skill_id in SkillLabel.objects.values_list("key", "skill_id")
    }
    by_hand = _changed_by_people()
    created: list[Skill] = []
    confirmed: dict[UUID, Skill] = {}
    labels: list[SkillLabel] = []
    for entry in entries:
        skill = _skill_of(entry, known)
        if skill is None:
            skill = _new_skill(entry)
            created.append(skill)
        elif skill.pk in by_hand:
            continue
        elif not skill.confirmed:
            skill.name, skill.confirmed = entry.name, True
            confirmed[skill.pk] = skill
        labels.extend(_missing_labels(skill, entry, known))
    Skill.objects.bulk_create(created)
    Skill.objects.bulk_update(confirmed.values(), ["name", "confirmed"])
    SkillLabel.objects.bulk_create(labels)
    for kind, touched in (
        (Happened.SKILL_CREATED, created),
        (Happened.SKILL_CHANGED, list(confirmed.values())),
    ):
        if touched:
            record(
                kind,
                actor=actor,
                happened_at=loaded_at,
                details={"skills": [str(skill.pk) for skill in touched]},
            )
    return VocabularyLoaded(len(created), len(confirmed), len(labels))
