"""Skills asked for and held, with known answers, to calibrate near skills on.

A case is a skill that a job asks for, the same skill in other words, and the other
skills that people of such work hold. Three kinds of data give them:

- technologies: what O*NET says an occupation works with; other words come from the
  shipped vocabulary. Two technologies of one category serve the same purpose, but are
  not the same skill.
- ICT skills: what ESCO says an occupation needs; other words are ESCO's own. Only
  skills kept back from training are asked for.
- pairs: the skills written down for the roles of one job title; other words come from
  the vocabulary.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from matching.calibration import Judged
from matching.training.sources import (
    EscoSkill,
    esco_ict,
    esco_skills,
    onet_occupations,
    role_skills,
)
from matching.training.splits import is_held_out
from recruit.skills.names import skill_key
from recruit.skills.vocabulary import read_vocabulary

if TYPE_CHECKING:
    from matching.encoder import Encoder

# So many other skills stand beside the one in question, as in an ordinary profile; of
# a technology, up to half of them are tools for the same purpose.
OTHERS = 20
SIBLINGS = OTHERS // 2
FEWEST_OTHERS = 5

# A word opens labels, and so also the alternative ones that the file runs together,
# if it begins several labels and seldom stands inside one.
OPENS_LABELS = 4
OPENS_SHARE = 0.75
LONGER_BY = 2
NOUN_WORDS = 3
NOUN_STEM = 5
JOINING = frozenset(
    {"to", "and", "or", "of", "the", "a", "in", "for", "on", "with", "by", "at"}
    | {"how", "from", "into", "&"}
)

# Skills of a role stand in one line without marks between them, each with a capital.
_BEFORE_CAPITAL = re.compile(r"\s+(?=[A-Z])")
_PHRASE = re.compile(r"[A-Z][\w/&+#-]*(?: [a-z][\w/&+#-]*)*")


@dataclass(frozen=True, slots=True)
class Case:
    """A skill asked for; the same in other words; what else is held beside it."""

    kind: str
    asked: str
    same: str
    others: tuple[str, ...]


def cases(folder: Path) -> list[Case]:
    """Return all cases of the data in `folder`; the same data gives the same.

    Raise SourceInvalid if a file is missing or has other columns.
    """
    wordings = _vocabulary_wordings()
    occupations = [one.named_technologies for one in onet_occupations(folder)]
    return [
        *_cases(
            "technologies",
            [[name for name, _category in named] for named in occupations],
            wordings,
            siblings=_by_category(occupations),
        ),
        *_cases(
            "ICT skills",
            [one.skills for one in esco_ict(folder)],
            _esco_wordings(esco_skills(folder)),
        ),
        *_cases("pairs", _pairs(folder), wordings),
    ]


def judge(found: Sequence[Case], encoder: "Encoder") -> list[Judged]:
    """Return the cosines of the cases, by an encoder's vectors of their names."""
    names = sorted({name for one in found for name in (one.asked, *_held(one))})
    vectors = dict(zip(names, encoder.encode_documents(names), strict=True))

    def cosine(one: str, other: str) -> float:
        return float(vectors[one] @ vectors[other])

    return [
        Judged(
            kind=one.kind,
            asked=one.asked,
            same=cosine(one.asked, one.same),
            other=max(cosine(one.asked, other) for other in one.others),
        )
        for one in found
    ]


def _held(one: Case) -> tuple[str, ...]:
    return (one.same, *one.others)


Wordings = Mapping[str, tuple[str, ...]]  # key of a skill's name -> all its names


def _cases(
    kind: str,
    held_together: Iterable[Sequence[str]],
    wordings: Wordings,
    siblings: Iterable[Collection[str]] = (),
) -> Iterator[Case]:
    beside = _beside(held_together, wordings)
    alike = _beside(siblings, wordings)
    for asked in sorted(beside):
        names = wordings[skill_key(asked)]
        same = [_words(name) for name in names]
        near = _drawn(_others(alike[asked], same), asked)[:SIBLINGS]
        far = _drawn(_others(beside[asked] - set(near), same), asked)
        others = (*near, *far)[:OTHERS]
        if len(others) < FEWEST_OTHERS:
            continue
        for name in names:
            if skill_key(name) != skill_key(asked):
                yield Case(kind, asked, name, others)


def _beside(
    groups: Iterable[Collection[str]], wordings: Wordings
) -> defaultdict[str, set[str]]:
    """Return what stands in one group with each skill that has other words."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for group in groups:
        for skill in group:
            if skill_key(skill) in wordings:
                beside[skill].update(group)
    return beside


def _others(names: Iterable[str], same: Sequence[frozenset[str]]) -> list[str]:
    return [name for name in names if not _is_within(_words(name), same)]


def _words(name: str) -> frozenset[str]:
    return frozenset(skill_key(name).split())


def _is_within(words: frozenset[str], names: Iterable[frozenset[str]]) -> bool:
    """Return whether one is said wholly within the other: a wider or narrower skill.

    Nobody has judged whether that is near enough, so such a pair is no case.
    """
    return any(words <= name or name <= words for name in names)


def _drawn(names: Collection[str], salt: str) -> list[str]:
    """Return these names in an order drawn by digest: the same one every time."""
    digests = {name: sha256(f"{salt}\0{name}".encode()).digest() for name in names}
    return sorted(digests, key=digests.__getitem__)


def _vocabulary_wordings() -> dict[str, tuple[str, ...]]:
    found = {}
    for entry in read_vocabulary():
        names = (entry.name, *entry.aliases)
        found.update({skill_key(name): names for name in names})
    return found


def _by_category(
    occupations: Iterable[Sequence[tuple[str, str]]],
) -> list[set[str]]:
    by_category: dict[str, set[str]] = defaultdict(set)
    for named in occupations:
        for name, category in named:
            by_category[category].add(name)
    return list(by_category.values())


def _pairs(folder: Path) -> list[list[str]]:
    by_title: dict[str, list[str]] = defaultdict(list)
    for row in role_skills(folder):
        by_title[row.title] += _phrases(row.skills)
    return list(by_title.values())


def _phrases(skills: str) -> Iterator[str]:
    """Yield what stands for itself; enumerations in brackets cannot be told apart."""
    for phrase in _BEFORE_CAPITAL.split(skills):
        if _PHRASE.fullmatch(phrase) and phrase.split()[-1] not in JOINING:
            yield phrase


def _esco_wordings(skills: Sequence[EscoSkill]) -> dict[str, tuple[str, ...]]:
    opening = _opening_words([skill.label for skill in skills])
    found = {}
    for skill in skills:
        other = tuple(_other_wordings(skill, opening))
        if other and is_held_out(skill.group):
            found[skill_key(skill.label)] = (skill.label, *other)
    return found


def _opening_words(labels: Sequence[str]) -> set[str]:
    words = [label.lower().split() for label in labels]
    opens = Counter(parts[0] for parts in words)
    inside = Counter(word for parts in words for word in parts[1:])
    return {
        word
        for word, count in opens.items()
        if count >= OPENS_LABELS
        and count > OPENS_SHARE * (count + inside[word])
        and word.isalpha()
    }


def _other_wordings(skill: EscoSkill, opening: Collection[str]) -> Iterator[str]:
    """Yield the alternative labels that can be told apart in the run-together ones.

    Those of an activity begin with a verb each; those of a thing are taken only if
    they are so short that they are one.
    """
    label, words = skill.label.split(), skill.other_words.split()
    if not words:
        return
    if label[0].lower() in opening:
        if words[0].lower() in opening:
            for part in _parted(words, opening):
                if 1 < len(part) <= len(label) + LONGER_BY:
                    yield " ".join(part)
    elif _is_one_thing(words):
        yield " ".join(words)


def _parted(words: Sequence[str], opening: Collection[str]) -> list[list[str]]:
    parts: list[list[str]] = []
    for word in words:
        begins = word.lower() in opening and (
            not parts or (len(parts[-1]) > 1 and parts[-1][-1].lower() not in JOINING)
        )
        if begins:
            parts.append([word])
        else:
            parts[-1].append(word)
    return parts


def _is_one_thing(words: Sequence[str]) -> bool:
    stems = {word.lower()[:NOUN_STEM] for word in words}
    return len(stems) == len(words) <= NOUN_WORDS and words[-1].lower() not in JOINING
