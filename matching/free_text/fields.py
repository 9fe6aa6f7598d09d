"""Words asked for in one field of the profile: `title:gardener`, `-place:Paris`.

A term is found where a word of the field begins with it, whatever its case and
accents; a language or a country is found by its code.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from django.db.models import CharField, Exists, F, Func, Model, Q, QuerySet, Value
from django.db.models.functions import Concat

from matching.free_text.highlights import Field, Part, Place
from matching.free_text.wording import FieldTerm
from recruit.candidates.models import (
    Candidate,
    CandidateLanguage,
    CandidateSkill,
    Education,
    Experience,
)
from recruit.candidates.querysets import CandidateQuerySet
from recruit.common.text import fold
from recruit.notes.models import CandidateTag
from recruit.skills.models import SkillLabel
from recruit.skills.names import skill_key


class Folded(Func):
    """Text without case and accents, as `fold` makes it of a term."""

    template = (
        "regexp_replace(normalize(lower(%(expressions)s), NFKD),"
        " '[\\u0300-\\u036f]', '', 'g')"
    )
    output_field = CharField()


def narrowed(
    people: CandidateQuerySet, terms: Iterable[FieldTerm]
) -> CandidateQuerySet:
    """Keep the people in whose fields these terms stand, or must not and do not."""
    for term in terms:
        held = _CONDITIONS[term.field](term.text)
        people = people.exclude(held) if term.is_unwanted else people.filter(held)
    return people


def places_of(candidate: Candidate, terms: Iterable[FieldTerm]) -> tuple[Place, ...]:
    """Return where wanted terms stand in somebody loaded `with_profile`.

    Titles and skills are not among them: their words are looked for as all others.
    """
    found: list[Place] = []
    for term in terms:
        if not term.is_unwanted and term.field in _TEXTS:
            found += list(_places(candidate, term))[:1]
    return tuple(found)


def _places(candidate: Candidate, term: FieldTerm) -> Iterator[Place]:
    shown_as, texts_of = _TEXTS[term.field]
    folded = fold(term.text)
    begins = re.compile(rf"(?<!\w){re.escape(folded)}")
    for text in texts_of(candidate):
        if begins.search(fold(text)):
            yield Place(shown_as, (Part(text, is_found=True),), candidate.pk)


def _begins(text: str) -> str:
    """Return a regular expression of PostgreSQL for words that begin so."""
    folded = fold(text)
    start = r"\m" if folded[:1].isalnum() else ""
    return start + re.sub(r"([^\w\s])", r"\\\1", folded)


def _saying(model: type[Model], column: str, text: str) -> QuerySet[Model]:
    rows = model._default_manager.alias(said=Folded(F(column)))
    return rows.filter(said__regex=_begins(text))


def _own(text: str, *columns: str) -> Q:
    held = Q()
    for column in columns:
        held |= Q(pk__in=_saying(Candidate, column, text).values("pk"))
    return held


def _part(model: type[Model], column: str, text: str) -> Q:
    return Q(pk__in=_saying(model, column, text).values("candidate_id"))


def _name(text: str) -> Q:
    full = Concat(F("given_name"), Value(" "), F("family_name"))
    named = Candidate.objects.alias(said=Folded(full))
    return Q(pk__in=named.filter(said__regex=_begins(text)).values("pk"))


def _title(text: str) -> Q:
    return _own(text, "headline") | _part(Experience, "title", text)


def _company(text: str) -> Q:
    return _part(Experience, "organisation", text)


def _school(text: str) -> Q:
    return _part(Education, "institution", text)


def _skill(text: str) -> Q:
    """Keep who holds the skill of this name, or else one whose name holds the words."""
    labels = SkillLabel.objects.filter(key=skill_key(text))
    held = CandidateSkill.objects.filter(skill_id__in=labels.values("skill_id"))
    worded = _part(CandidateSkill, "skill__name", text)
    return Q(pk__in=held.values("candidate_id")) | (~Q(Exists(labels)) & worded)


def _place(text: str) -> Q:
    return _own(text, "place", "region") | Q(country=text.upper())


def _language(text: str) -> Q:
    spoken = CandidateLanguage.objects.filter(language__iexact=text)
    return Q(pk__in=spoken.values("candidate_id"))


def _source(text: str) -> Q:
    return _own(text, "source")


def _tag(text: str) -> Q:
    """Keep who bears a tag of this name, or one whose earlier name it was."""
    begins = _begins(text)
    named = Q(tag__key__regex=begins) | Q(tag__merged__key__regex=begins)
    return Q(pk__in=CandidateTag.objects.filter(named).values("candidate_id"))


_CONDITIONS: Mapping[str, Callable[[str], Q]] = {
    "name": _name,
    "title": _title,
    "company": _company,
    "school": _school,
    "skill": _skill,
    "place": _place,
    "language": _language,
    "source": _source,
    "tag": _tag,
}
_TEXTS: Mapping[str, tuple[Field, Callable[[Candidate], list[str]]]] = {
    "name": (Field.NAME, lambda one: [one.name]),
    "company": (
        Field.EXPERIENCE,
        lambda one: [work.organisation for work in one.experience.all()],
    ),
    "school": (
        Field.EDUCATION,
        lambda one: [study.institution for study in one.education.all()],
    ),
    "place": (Field.PLACE, lambda one: [one.place, one.region, one.country]),
    "source": (Field.SOURCE, lambda one: [one.source]),
}
