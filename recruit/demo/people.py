"""The people of the demo data, each made from a seed of their own.

Nobody is real: names are combined by chance, addresses and telephone numbers lie in
ranges reserved for examples and fiction.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import chain, count
from random import Random
from typing import Final

from recruit.candidates.choices import WorkPermit
from recruit.candidates.inputs import (
    CandidateFields,
    ProfileInput,
    SkillInput,
)
from recruit.common.text import fold
from recruit.demo.careers import (
    MONTHS,
    CareerStyle,
    Post,
    education_of,
    experience_of,
    posts_of,
    skills_of,
)
from recruit.demo.contacts import (
    country_of,
    cv_of,
    email_of,
    languages_of,
    last_contact_of,
    wishes_of,
)
from recruit.demo.content import Changer, Content, Field, Level, Origin, Thin
from recruit.demo.phrases import expand, happens

POSTS_OF_A_CV = 4  # who has so many has sent one
SOURCE: Final = "demo"

J, M, S, L = Level
# The people of one field: juniors, experienced, seniors and leads.
LEVELS = (M, S, J, M, L, S, M, S, S, M, L, J, S, M, S, L, M)
RARE_EVERY = 6  # holds a skill unusual for the field, which some jobs exclude
STALE_EVERY = 9  # last heard of years ago
LONG_EVERY = 8  # writes at length
# Days ago on which people came into the database, a batch each.
ARRIVED = (610, 480, 390, 300, 240, 190, 150, 120, 96, 75, 50, 21, 6)


@dataclass(frozen=True, slots=True)
class DemoCandidate:
    """A person with what is said of them and when they came."""

    external_id: str
    field: str  # key of the field they work in; empty where nothing is known
    level: Level | None
    created_at: datetime
    profile: ProfileInput


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every person is made from."""

    content: Content
    now: datetime
    seed: int
    names: Iterator[tuple[Origin, str, str]]
    said: set[str]  # sentences, so that hardly anybody repeats another's

    def name(self) -> tuple[Origin, str, str]:
        """Return an origin with a given and a family name that nobody else has."""
        return next(self.names)

    def chance(self, external_id: str) -> Random:
        """Return a source of chance that depends on nobody else."""
        return Random(f"{self.seed}/{external_id}")  # noqa: S311 - not a secret


def people(content: Content, now: datetime, seed: int) -> list[DemoCandidate]:
    """Return all people: by field, those who changed it, twins, the little known."""
    setting = _Setting(content, now, seed, _names(content), set())
    in_fields = [
        _in_field(setting, field, number)
        for field in content.fields
        for number in range(len(LEVELS))
    ]
    changers = [_changer(setting, changer) for changer in content.changers]
    thin = [_thin(setting, one, number) for number, one in enumerate(content.thin)]
    return list(chain(in_fields, changers, _twins(setting, in_fields), thin))


def _names(content: Content) -> Iterator[tuple[Origin, str, str]]:
    """Yield names, no two the same, one origin after the other."""
    for turn in count():
        for number, origin in enumerate(content.origins):
            given = origin.given[(5 * turn + number) % len(origin.given)]
            shift = turn // len(origin.given)
            family = origin.family[(7 * turn + 3 * number + shift) % len(origin.family)]
            yield origin, given, family


def _in_field(setting: _Setting, field: Field, number: int) -> DemoCandidate:
    external_id = f"{field.key}-{number + 1:02}"
    chance = setting.chance(external_id)
    is_stale = number % STALE_EVERY == STALE_EVERY // 2
    is_long = number % LONG_EVERY == LONG_EVERY - 1 or LEVELS[number] == L
    style = CareerStyle(
        deeds=chance.randint(5, 6) if is_long else chance.randint(2, 4),
        months_since=_months_since(chance, is_stale=is_stale),
    )
    posts = posts_of(field, LEVELS[number], chance, months_since=style.months_since)
    focus = chance.choice(field.focuses)
    profile = _profile(
        setting,
        posts,
        style,
        chance,
        skills=skills_of(
            posts,
            setting.now.date(),
            chance,
            rare=number % RARE_EVERY == RARE_EVERY // 2,
        ),
        headline=_headline(posts, focus, chance),
        summary=_summary(setting.content, field, focus, chance),
    )
    return _candidate(setting, external_id, posts, profile, chance, is_stale=is_stale)


def _months_since(chance: Random, *, is_stale: bool) -> int:
    if is_stale:
        return chance.randint(30, 90)
    return chance.choice((0, 0, 0, 0, 0, 0, 0, 0, 2, 5))


def _headline(posts: list[Post], focus: str, chance: Random) -> str:
    post = posts[0]
    years = round((posts[-1].began - post.ended) / MONTHS)
    forms = [
        f"{post.title}, {focus}",
        f"{post.title} with {max(2, years)} years of experience",
        f"{post.title} | {' | '.join(chance.sample(post.field.core, 3))}",
        post.title,
    ]
    return chance.choice(forms)


def _summary(content: Content, field: Field, focus: str, chance: Random) -> str:
    if happens(0.1, chance):
        return ""
    sentences = [expand(chance.choice(field.summaries), chance, {"focus": focus})]
    if happens(0.6, chance):
        sentences.append(expand(chance.choice(content.closings), chance))
    return " ".join(sentences)


def _changer(setting: _Setting, changer: Changer) -> DemoCandidate:
    external_id = f"{changer.from_field}-to-{changer.to_field}"
    chance = setting.chance(external_id)
    before = setting.content.field(changer.from_field)
    after = setting.content.field(changer.to_field)
    months = chance.randint(16, 34)
    earlier = posts_of(before, S, chance, months_since=months + chance.randint(0, 6))
    posts = [Post(after, M, changer.title, months, 0), *earlier]
    held = skills_of([replace(posts[0], level=J)], setting.now.date(), chance)
    known = skills_of(earlier, setting.now.date(), chance)
    own = [SkillInput(skill, years=Decimal(2)) for skill in changer.skills]
    chosen = {one.skill: one for one in [*own, *held, *chance.sample(known, 4)]}
    profile = _profile(
        setting,
        posts,
        CareerStyle(deeds=4),
        chance,
        skills=list(chosen.values()),
        headline=changer.headline,
        summary=changer.summary,
    )
    now, *past = profile.experience or ()
    text = "\n".join(changer.deeds)
    now = replace(now, organisation=changer.employer, description=text)
    profile = replace(profile, experience=[now, *past])
    return _candidate(setting, external_id, posts, profile, chance)


def _profile(
    setting: _Setting,
    posts: list[Post],
    style: CareerStyle,
    chance: Random,
    *,
    skills: list[SkillInput],
    headline: str,
    summary: str,
) -> ProfileInput:
    today = setting.now.date()
    return ProfileInput(
        fields=CandidateFields(
            headline=headline,
            summary=summary,
            years_of_experience=_years_worked(posts),
        ),
        skills=skills,
        experience=experience_of(posts, today, style, chance, setting.said),
        education=education_of(posts, today, setting.content, chance),
    )


def _years_worked(posts: list[Post]) -> Decimal:
    months = max(post.began for post in posts) - min(post.ended for post in posts)
    return Decimal(months // 12)


def _candidate(
    setting: _Setting,
    external_id: str,
    posts: list[Post],
    profile: ProfileInput,
    chance: Random,
    *,
    is_stale: bool = False,
) -> DemoCandidate:
    """Give a career a person: name, place, contacts, languages, wishes."""
    content = setting.content
    origin, given, family = setting.name()
    place = content.places[country_of(origin, content, chance)]
    days = chance.choice(ARRIVED[:4] if is_stale else ARRIVED)
    created_at = setting.now - timedelta(days=days)
    town, region = chance.choice(place.towns).split("|")
    fields = CandidateFields(
        **profile.fields,
        given_name=given,
        family_name=family,
        emails=[email_of(given, family, external_id, chance)],
        phones=[expand(place.phone, chance)] if place.phone else [],
        place=town,
        region=region,
        country=place.country,
        open_to_remote=happens(0.4, chance),
        source=SOURCE,
        external_id=external_id,
        work_permit=chance.choice((*[WorkPermit.HAS_PERMIT] * 4, *WorkPermit)),
        last_contact_at=last_contact_of(
            created_at, setting.now, chance, is_stale=is_stale
        ),
        **wishes_of(posts[0], place, content, setting.now.date(), chance),
    )
    profile = replace(
        profile,
        fields=fields,
        languages=languages_of(origin, content, chance),
        documents=[cv_of(profile)]
        if len(profile.experience or ()) >= POSTS_OF_A_CV
        else (),
    )
    return DemoCandidate(
        external_id, posts[0].field.key, posts[0].level, created_at, profile
    )


# How the same person writes themselves a second time.
def _without_accents(given: str, family: str) -> tuple[str, str]:
    return fold(given).title(), fold(family).title()


def _initial(given: str, family: str) -> tuple[str, str]:
    return f"{given[0]}.", family


def _swapped(given: str, family: str) -> tuple[str, str]:
    return family, given


def _respelt(given: str, family: str, number: int) -> tuple[str, str]:
    """Return the name in the next spelling in which it differs."""
    turned = (*SPELLINGS[number % len(SPELLINGS) :], *SPELLINGS)
    spelt = (spell(given, family) for spell in turned)
    return next(name for name in spelt if name != (given, family))


SPELLINGS = (_without_accents, _initial, _swapped)
TWIN_EVERY = 53  # person of a field, counted through


def _twins(
    setting: _Setting, in_fields: list[DemoCandidate]
) -> Iterator[DemoCandidate]:
    """Yield people a second time: name spelt otherwise, new address, less said."""
    for number, first in enumerate(in_fields[7::TWIN_EVERY]):
        external_id = f"{first.external_id}-again"
        chance = setting.chance(external_id)
        fields = first.profile.fields.copy()
        given, family = fields["given_name"], fields["family_name"]
        fields["given_name"], fields["family_name"] = _respelt(given, family, number)
        fields["emails"] = [email_of(given, family, external_id, chance)]
        fields["external_id"] = external_id
        fields["last_contact_at"] = None
        profile = replace(
            first.profile,
            fields=fields,
            skills=(first.profile.skills or ())[:5],
            experience=(first.profile.experience or ())[:2],
            documents=(),
        )
        created_at = max(first.created_at, setting.now - timedelta(days=ARRIVED[-2]))
        yield replace(
            first, external_id=external_id, profile=profile, created_at=created_at
        )


def _thin(setting: _Setting, thin: Thin, number: int) -> DemoCandidate:
    external_id = f"thin-{number + 1:02}"
    chance = setting.chance(external_id)
    _origin, given, family = setting.name()
    fields = CandidateFields(
        given_name=given,
        family_name=family,
        headline=thin.headline,
        summary=thin.summary,
        source=SOURCE,
        external_id=external_id,
    )
    if number % 2:
        fields["emails"] = [email_of(given, family, external_id, chance)]
    profile = ProfileInput(fields, skills=[SkillInput(one) for one in thin.skills])
    created_at = setting.now - timedelta(days=chance.choice(ARRIVED))
    return DemoCandidate(external_id, "", None, created_at, profile)
