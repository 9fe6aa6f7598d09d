"""The facets by which lists of people are narrowed, as an address says them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from matching.facets.asked import (
    AVAILABLE_WITHIN,
    CHANGED_WITHIN,
    CONTACT_WITHIN,
    NEVER,
    OLDER,
    UNSAID,
    Facets,
)
from recruit.common.text import fold, shows
from recruit.notes.models import Tag
from recruit.skills.models import Skill, SkillLabel
from recruit.skills.names import skill_key, without_version

MOST_VALUES = 30
LONGEST_VALUE = 255
CANONICAL_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class Known:
    """The skills and tags that the words or ids of some addresses lead to."""

    skills: Mapping[str, Skill] = field(default_factory=dict)  # by the keys of words
    tags: Mapping[str, Tag] = field(default_factory=dict)
    by_id: Mapping[UUID, Skill | Tag] = field(default_factory=dict)

    @classmethod
    def of(cls, queries: Iterable[QueryDict]) -> "Known":
        """Look all words up at once: two questions, however many addresses."""
        asked = list(queries)
        ids = {pk for query in asked for pk in _ids(query, "skill", "without", "tag")}
        skills = {
            one
            for query in asked
            for word in _words(query, "skill", "without")
            for one in (skill_key(word), without_version(skill_key(word)))
        }
        tags = {fold(word) for query in asked for word in _words(query, "tag")}
        labels = SkillLabel.objects.of_words(sorted(skills))
        rows = Tag.objects.filter(key__in=sorted(tags)).select_related("merged_into")
        return cls(
            {label.key: label.skill for label in labels} if skills else {},
            {tag.key: tag.merged_into or tag for tag in rows} if tags else {},
            _rows_of(ids) if ids else {},
        )

    def skill(self, word: str) -> Skill | None:
        key, named = skill_key(word), self.by_id.get(_id(word) or UUID(int=0))
        found = self.skills.get(key) or self.skills.get(without_version(key))
        return found or (named if isinstance(named, Skill) else None)

    def tag(self, word: str) -> Tag | None:
        named = self.by_id.get(_id(word) or UUID(int=0))
        found = self.tags.get(fold(word))
        return found or (named if isinstance(named, Tag) else None)


def _id(word: str) -> UUID | None:
    return UUID(word) if CANONICAL_ID.fullmatch(word) else None


def _ids(query: QueryDict, *names: str) -> list[UUID]:
    return [pk for word in _words(query, *names) if (pk := _id(word)) is not None]


def _rows_of(ids: Iterable[UUID]) -> dict[UUID, Skill | Tag]:
    wanted = sorted(ids)
    tags = Tag.objects.select_related("merged_into").in_bulk(wanted)
    return {
        **Skill.objects.in_bulk(wanted),
        **{pk: tag.merged_into or tag for pk, tag in tags.items()},
    }


def _words(query: QueryDict, *names: str) -> list[str]:
    said = (word.strip() for name in names for word in query.getlist(name))
    kept = [word for word in said if shows(word) and "\x00" not in word]
    return [word for word in kept if len(word) <= LONGEST_VALUE][: 2 * MOST_VALUES]


class Values(forms.Field):
    """Several values of one name; blank ones say nothing."""

    widget = forms.SelectMultiple

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False)

    def to_python(self, value: Any) -> tuple[str, ...]:
        values = tuple(dict.fromkeys(one.strip() for one in value or () if one.strip()))
        if len(values) > MOST_VALUES or any(
            len(one) > LONGEST_VALUE or "\x00" in one for one in values
        ):
            raise ValidationError(_("These are too many or too long."))
        return values


class SkillValues(Values):
    """Skills by words or ids; a word that leads to no skill is refused, not guessed."""

    known = Known()

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        found = {word: self.known.skill(word) for word in words if shows(word)}
        unknown = [word for word in words if found.get(word) is None]
        if unknown:
            raise ValidationError(
                _("No skill is called “%(words)s”, so it is not asked for."),
                code="does_not_exist",
                params={"words": ", ".join(unknown)},
            )
        return list(dict.fromkeys(skill for skill in found.values() if skill))


class TagValues(Values):
    """Tags by their names or ids; a name that no tag bears is refused."""

    known = Known()

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        found = {word: self.known.tag(word) for word in words}
        unknown = [word for word in words if found[word] is None]
        if unknown:
            raise ValidationError(
                _("No tag is called “%(words)s”, so it is not asked for."),
                code="does_not_exist",
                params={"words": ", ".join(unknown)},
            )
        return list(dict.fromkeys(tag for tag in found.values() if tag))


def _choices(days: Sequence[int], *others: str) -> list[tuple[str, str]]:
    return [(str(one), str(one)) for one in (*days, *others)]


class FacetForm(forms.Form):
    """What a list of people is narrowed by; a field with a mistake asks for nothing."""

    country = Values(_("Country"))
    region = Values(_("Region"))
    remote = forms.BooleanField(label=_("Open to remote"), required=False)
    language = Values(_("Languages"))
    available = forms.MultipleChoiceField(
        label=_("Availability"),
        required=False,
        choices=_choices(AVAILABLE_WITHIN, UNSAID),
    )
    skill = SkillValues(_("Must hold"))
    source = Values(_("Source"))
    contact = forms.MultipleChoiceField(
        label=_("Last contact"),
        required=False,
        choices=_choices(CONTACT_WITHIN, OLDER, NEVER),
    )
    changed = forms.MultipleChoiceField(
        label=_("Updated since"), required=False, choices=_choices(CHANGED_WITHIN)
    )

    def __init__(self, query: QueryDict, *, known: Known | None = None) -> None:
        super().__init__(query)
        known = known or Known.of([query])
        for one in self.fields.values():
            if isinstance(one, SkillValues | TagValues):
                one.known = known

    def facets(self, *, today: date) -> Facets:
        """Return the gates that were asked for."""
        return Facets(
            today=today,
            countries=self._values("country"),
            regions=self._values("region"),
            remote=bool(self._said("remote")),
            languages=self._values("language"),
            available=self._values("available"),
            skills=self._ids("skill"),
            sources=self._values("source"),
            contact=self._values("contact"),
            changed=self._values("changed"),
        )

    def _said(self, name: str) -> Any:
        return self.cleaned_data.get(name)

    def _values(self, name: str) -> tuple[str, ...]:
        return tuple(self._said(name) or ())

    def _ids(self, name: str) -> tuple[UUID, ...]:
        return tuple(row.pk for row in self._said(name) or ())
