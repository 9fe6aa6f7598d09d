"""Data sets: named ways to make training pairs of the sources.

A pair is two texts that should lie close together; every other text of its batch
should not. `group` is that of the row it was made from (sources.py). Whatever is
drawn is drawn by a generator seeded with the recipe's seed and the row's group, so
a pair does not depend on what else is read.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from matching.training import sources
from matching.training.decisions import read_decisions

_SENTENCE_END = re.compile(r"(?<=[.;])\s+")
FEWEST_SENTENCE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that belong together."""

    anchor: str
    positive: str
    kind: str  # of the group: two kinds may use the same word for a group
    group: str
    negative: str = ""  # a text known not to belong; empty: one is mined


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a data set comes from, as a model card must say it."""

    name: str
    licence: str


ROLE_SKILLS = Origin("Job Description Dataset: distinct roles and skills", "CC0")
ONET = Origin(
    "O*NET 29.2 Database, U.S. Department of Labor, Employment and Training"
    " Administration",
    "CC BY 4.0",
)
ESCO = Origin("ESCO 1.1.1, European Commission", "reuse with attribution")
OWN = Origin("decisions of one's own company", "not to be given away")


@dataclass(frozen=True, slots=True)
class DataSet:
    """A way to make pairs, and the licence of what they are made of."""

    make: Callable[[Path, int], Iterator[Pair]]
    origin: Origin


def sentences(text: str) -> list[str]:
    """Return the sentences of `text` that say something, the text itself if none."""
    found = [
        sentence
        for sentence in _SENTENCE_END.split(text)
        if len(sentence.split()) >= FEWEST_SENTENCE_WORDS
    ]
    return found or [text]


def role_description_skills(folder: Path, _seed: int) -> Iterator[Pair]:
    """What a role does, and the skills it asks for."""
    for row in sources.role_skills(folder):
        yield Pair(row.description, row.skills, "role", row.group)


def skill_sentence_label(folder: Path, _seed: int) -> Iterator[Pair]:
    """Each sentence that describes a skill, and the skill's label."""
    for skill in sources.esco_skills(folder):
        for sentence in sentences(skill.description):
            yield Pair(sentence, skill.label, "skill", skill.group)


def skill_words_label(folder: Path, seed: int) -> Iterator[Pair]:
    """Some of the other words for a skill, and its label."""
    for skill in sources.esco_skills(folder):
        words = skill.other_words.split()
        if words:
            yield Pair(
                " ".join(_window(words, 12, seed, skill.group)),
                skill.label,
                "skill",
                skill.group,
            )


def skill_words_sentence(folder: Path, seed: int) -> Iterator[Pair]:
    """Some of the other words for a skill, and a sentence that describes it."""
    for skill in sources.esco_skills(folder):
        words = skill.other_words.split()
        if words:
            sentence = _drawn(sentences(skill.description), seed, skill.group)
            yield Pair(
                " ".join(_window(words, 12, seed, skill.group)),
                sentence,
                "skill",
                skill.group,
            )


def occupation_label_description(folder: Path, seed: int) -> Iterator[Pair]:
    """Alternative labels of an ESCO occupation, and sentences that describe it."""
    for occupation in sources.esco_occupations(folder):
        told = sentences(occupation.description)
        labels = (occupation.label, *occupation.alternative_labels)
        generator = _generator(seed, occupation.code)
        for label in generator.sample(labels, min(3, len(labels))):
            yield Pair(
                label, generator.choice(told), "esco occupation", occupation.group
            )


def occupation_labels(folder: Path, seed: int) -> Iterator[Pair]:
    """Two labels of one ESCO occupation."""
    for occupation in sources.esco_occupations(folder):
        for label in _sample(occupation.alternative_labels, 2, seed, occupation.code):
            yield Pair(label, occupation.label, "esco occupation", occupation.group)


def title_description(folder: Path, seed: int) -> Iterator[Pair]:
    """Alternate titles of an O*NET occupation, and its title and description."""
    for occupation in sources.onet_occupations(folder):
        told = f"{occupation.title}. {occupation.description}"
        for title in _sample(occupation.titles, 6, seed, occupation.code):
            yield Pair(title, told, "onet", occupation.group)


def task_title(folder: Path, seed: int) -> Iterator[Pair]:
    """A task of an O*NET occupation, and one of its titles."""
    for occupation in sources.onet_occupations(folder):
        generator = _generator(seed, occupation.code)
        titles = (occupation.title, *occupation.titles)
        for task in generator.sample(occupation.tasks, min(8, len(occupation.tasks))):
            yield Pair(task, generator.choice(titles), "onet", occupation.group)


def technology_category(folder: Path, _seed: int) -> Iterator[Pair]:
    """A named technology, and the category it belongs to, once each."""
    seen: set[tuple[str, str]] = set()
    for occupation in sources.onet_occupations(folder):
        for named in occupation.named_technologies:
            if named not in seen:
                seen.add(named)
                yield Pair(*named, "onet", occupation.group)


def posting_technologies(folder: Path, seed: int) -> Iterator[Pair]:
    """Title and tasks as a posting tells them, and some of the technologies."""
    for occupation in sources.onet_occupations(folder):
        names = [name for name, _category in occupation.named_technologies]
        generator = _generator(seed, occupation.code)
        for _draw in range(4):
            tasks = generator.sample(occupation.tasks, min(2, len(occupation.tasks)))
            title = generator.choice((occupation.title, *occupation.titles))
            skills = generator.sample(names, min(8, len(names)))
            if skills:
                yield Pair(
                    " ".join((f"{title}.", *tasks)),
                    ", ".join(skills),
                    "onet",
                    occupation.group,
                )


def description_activities(folder: Path, seed: int) -> Iterator[Pair]:
    """What an O*NET occupation is, and some of its work activities."""
    for occupation in sources.onet_occupations(folder):
        for turn in range(2):
            activities = _sample(
                occupation.activities, 5, seed, f"{occupation.code} {turn}"
            )
            if activities:
                yield Pair(
                    occupation.description,
                    "; ".join(activities),
                    "onet",
                    occupation.group,
                )


def posting_career(folder: Path, seed: int) -> Iterator[Pair]:
    """A posting made of some tasks, and a career told by the others."""
    for occupation in sources.onet_occupations(folder):
        generator = _generator(seed, occupation.code)
        names = [name for name, _category in occupation.named_technologies]
        for _draw in range(4):
            tasks = list(occupation.tasks)
            generator.shuffle(tasks)
            title = generator.choice((occupation.title, *occupation.titles))
            skills = ", ".join(generator.sample(names, min(6, len(names))))
            yield Pair(
                " ".join((occupation.description, *tasks[:2])),
                " ".join((f"{title}.", f"{skills}.", *tasks[2:5])),
                "onet",
                occupation.group,
            )


def ict_description_skills(folder: Path, seed: int) -> Iterator[Pair]:
    """What an ICT occupation is, and some of its skills."""
    for occupation in sources.esco_ict(folder):
        generator = _generator(seed, occupation.occupation)
        told = sentences(occupation.description)
        for _draw in range(8):
            skills = generator.sample(occupation.skills, min(5, len(occupation.skills)))
            yield Pair(
                generator.choice((occupation.description, *told)),
                ", ".join(skills),
                "esco ict",
                occupation.group,
            )


def decisions(folder: Path, _seed: int) -> Iterator[Pair]:
    """A job, and somebody who went on rather than somebody who was rejected."""
    for one in read_decisions(folder):
        yield Pair(one.job_text, one.chosen, "job", one.job, one.rejected)


DATA_SETS: dict[str, DataSet] = {
    "role_description_skills": DataSet(role_description_skills, ROLE_SKILLS),
    "skill_sentence_label": DataSet(skill_sentence_label, ESCO),
    "skill_words_label": DataSet(skill_words_label, ESCO),
    "skill_words_sentence": DataSet(skill_words_sentence, ESCO),
    "occupation_label_description": DataSet(occupation_label_description, ESCO),
    "occupation_labels": DataSet(occupation_labels, ESCO),
    "title_description": DataSet(title_description, ONET),
    "task_title": DataSet(task_title, ONET),
    "technology_category": DataSet(technology_category, ONET),
    "posting_technologies": DataSet(posting_technologies, ONET),
    "description_activities": DataSet(description_activities, ONET),
    "posting_career": DataSet(posting_career, ONET),
    "ict_description_skills": DataSet(ict_description_skills, ESCO),
    "decisions": DataSet(decisions, OWN),
}


def _generator(seed: int, key: str) -> Random:
    return Random(f"{seed} {key}")  # noqa: S311 (drawing rows, not secrets)


def _sample(values: Sequence[str], count: int, seed: int, key: str) -> list[str]:
    return _generator(seed, key).sample(values, min(count, len(values)))


def _drawn(values: Sequence[str], seed: int, key: str) -> str:
    return _generator(seed, key).choice(values)


def _window(words: Sequence[str], length: int, seed: int, key: str) -> Sequence[str]:
    start = _generator(seed, key).randint(0, max(0, len(words) - length))
    return words[start : start + length]
