"""Careers: posts with their dates and deeds, and the skills that follow from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from recruit.candidates.inputs import EducationInput, ExperienceInput, SkillInput
from recruit.demo.content import Content, Field, Level
from recruit.demo.phrases import expand, happens, pick
from recruit.skills.choices import Proficiency

MONTHS = 12
# Months spent at a level before the next one is reached.
MONTHS_AT = {
    Level.JUNIOR: (10, 30),
    Level.MID: (28, 60),
    Level.SENIOR: (40, 84),
    Level.LEAD: (24, 96),
}
DEEDS_OF = {Level.JUNIOR: 0, Level.MID: 1, Level.SENIOR: 1, Level.LEAD: 2}
SKILLS_AT = {Level.JUNIOR: 2, Level.MID: 4, Level.SENIOR: 6, Level.LEAD: 6}
FEWEST_DEEDS = 2  # told of a post
TRIES = 12  # to say something that nobody has said
LONG_POST = 48  # months after which people often change employer at one level
STATED = 0.86  # share of years, proficiencies and last uses that people state


@dataclass(frozen=True, slots=True)
class Post:
    """A post in a career; months are counted back from today."""

    field: Field
    level: Level
    title: str
    began: int
    ended: int  # 0: goes on


@dataclass(frozen=True, slots=True)
class CareerStyle:
    """How much somebody writes and how long ago they last told."""

    deeds: int = 3
    months_since: int = 0  # since the last post ended; 0: still there


def months_before(today: date, months: int) -> date:
    """Return the first of the month so many months ago."""
    count = today.year * MONTHS + today.month - 1 - months
    return date(count // MONTHS, count % MONTHS + 1, 1)


def posts_of(
    field: Field, level: Level, chance: Random, *, months_since: int = 0
) -> list[Post]:
    """Return the posts that lead to a level, newest first."""
    posts: list[Post] = []
    ended = months_since
    for reached in sorted(Level(number) for number in range(level + 1))[::-1]:
        months = chance.randint(*MONTHS_AT[reached])
        spans = [months]
        if months > LONG_POST and happens(0.6, chance):
            first = chance.randint(months // 3, 2 * months // 3)
            spans = [months - first, first]
        for span in spans:
            title = chance.choice(field.titles[reached])
            posts.append(Post(field, reached, title, ended + span, ended))
            gap = chance.choice((0, 0, 0, 1, 2, 5))
            ended += span + gap
    return posts


def experience_of(
    posts: Sequence[Post],
    today: date,
    style: CareerStyle,
    chance: Random,
    said: set[str],
) -> list[ExperienceInput]:
    """Return the posts written out: who for, when, and what was done there.

    What others have said already is avoided, and this is added to it.
    """
    told: set[str] = set()  # patterns: nobody tells the same twice
    employers: dict[str, list[str]] = {}
    written = []
    for number, post in enumerate(posts):
        field = post.field
        names = employers.setdefault(
            field.key, pick(field.employers, len(field.employers), chance)
        )
        count = max(FEWEST_DEEDS, style.deeds - number // 2)
        deeds = _sentences(_deeds(post), count, chance, told, said)
        written.append(
            ExperienceInput(
                title=post.title,
                organisation=names[number % len(names)],
                started_on=months_before(today, post.began),
                ended_on=months_before(today, post.ended) if post.ended else None,
                description="\n".join(deeds),
            )
        )
    return written


def _sentences(
    patterns: Sequence[str],
    count: int,
    chance: Random,
    told: set[str],
    said: set[str],
) -> list[str]:
    """Return sentences of patterns not told yet; of others only to reach the least."""
    fresh = [pattern for pattern in patterns if pattern not in told]
    sentences: list[str] = []
    for pattern in pick(fresh, len(fresh), chance):
        if len(sentences) < count and (sentence := _unsaid(pattern, chance, said)):
            told.add(pattern)
            sentences.append(sentence)
    for pattern in pick(patterns, FEWEST_DEEDS - len(sentences), chance):
        sentences.append(_unsaid(pattern, chance, said) or expand(pattern, chance))
    said.update(sentences)
    return sentences


def _unsaid(pattern: str, chance: Random, said: set[str]) -> str:
    tries = (expand(pattern, chance) for _ in range(TRIES))
    return next((sentence for sentence in tries if sentence not in said), "")


def _deeds(post: Post) -> list[str]:
    own = post.field.deeds[DEEDS_OF[post.level]]
    if post.level == Level.LEAD:
        return [*own, *post.field.deeds[1][:3]]
    return list(own)


def skills_of(
    posts: Sequence[Post], today: date, chance: Random, *, rare: bool = False
) -> list[SkillInput]:
    """Return what somebody can do after these posts, the core of the field first."""
    field, level = posts[0].field, posts[0].level
    months = sum(post.began - post.ended for post in posts if post.field is field)
    core = list(field.core)
    if level == Level.JUNIOR:
        core.pop(chance.randrange(1, len(core)))
    more = pick(field.often, SKILLS_AT[level] + chance.randint(-1, 2), chance)
    if level >= Level.SENIOR:
        more = [*pick(field.senior, 2 + level - Level.SENIOR, chance), *more]
    if rare:
        more.append(field.rare[0])
    names = list(dict.fromkeys([*core, *more]))
    left_off = posts[0].ended
    return [
        _held(
            name, months if name in field.core else months // 2, left_off, today, chance
        )
        for name in names
    ]


def _held(
    name: str, months: int, left_off: int, today: date, chance: Random
) -> SkillInput:
    years = Decimal(round(months / MONTHS * chance.uniform(0.55, 1.0) * 2)) / 2
    stated = [happens(STATED, chance) for _ in range(3)]
    unused = left_off + chance.choice((0, 0, 0, 0, 8, 20, 30))
    return SkillInput(
        skill=name,
        proficiency=_proficiency(years, chance) if stated[0] else "",
        years=max(years, Decimal("0.5")) if stated[1] else None,
        last_used=months_before(today, unused).year if stated[2] else None,
    )


def _proficiency(years: Decimal, chance: Random) -> str:
    reached = sum(years >= limit for limit in (1, 3, 8))
    reached += chance.choice((-1, 0, 0, 0, 0, 1))
    order = list(Proficiency)
    return order[max(0, min(reached, len(order) - 1))]


def _is_advanced(qualification: str) -> int:
    first = qualification.split(" ", maxsplit=1)[0]
    return 2 if first == "PhD" else int(first in {"MA", "MBA", "MEd", "MSc", "LLM"})


def education_of(
    posts: Sequence[Post], today: date, content: Content, chance: Random
) -> list[EducationInput]:
    """Return where somebody learnt the work of their first post."""
    ended = months_before(today, posts[-1].began + chance.randint(0, 4)).year
    degrees = chance.sample(posts[-1].field.degrees, chance.choice((1, 1, 2)))
    degrees.sort(key=lambda degree: _is_advanced(degree[0]), reverse=True)
    return [
        EducationInput(
            qualification=qualification,
            field_of_study=subject,
            institution=chance.choice(content.institutions),
            started_in=ended - 3 - number * 4,
            ended_in=ended - number * 4,
        )
        for number, (qualification, subject) in enumerate(degrees)
    ]
