"""How often a proposed family is right, on occupations whose family is known.

The sentences of the families were written without O*NET; its occupations are put into
families by their codes (`soc` in examples.toml). A family is right for the major group
of an occupation if any occupation of that group belongs to it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matching.families.choosing import ExampleSimilarity, FamilyScore, margin, scored
from matching.families.encoding import family_vectors
from matching.families.reading import Family, family_of_occupation, read_families
from matching.training.splits import is_held_out

if TYPE_CHECKING:
    from matching.encoder import Encoder, Vectors
    from matching.training.sources import OnetOccupation

MAJOR_GROUP = 2  # digits of a code that name it
MARGINS = (0.0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15)
FEW = 3


@dataclass(frozen=True, slots=True)
class JudgedOccupation:
    """An occupation, its family, and how well each family fits what it says."""

    code: str
    title: str
    family: str
    is_held_out: bool  # from training
    scores: tuple[FamilyScore, ...]  # the best first

    @property
    def major_group(self) -> str:
        return self.code[:MAJOR_GROUP]

    @property
    def proposed(self) -> str:
        return self.scores[0].family

    @property
    def is_right(self) -> bool:
        return self.proposed == self.family

    @property
    def is_among_few(self) -> bool:
        return self.family in {one.family for one in self.scores[:FEW]}


@dataclass(frozen=True, slots=True)
class MarginRow:
    """What is proposed from one margin on, and how much of it is right."""

    margin: float
    proposed: float  # share of the occupations
    family: float  # share of the proposals; 1 where there are none
    major_group: float


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The figures of some occupations."""

    occupations: int
    family: float
    among_few: float
    major_group: float
    margins: tuple[MarginRow, ...]


def judge(
    occupations: Sequence["OnetOccupation"], encoder: "Encoder"
) -> list[JudgedOccupation]:
    """Return what would be proposed for occupations that belong to a family."""
    known = [
        (one, family)
        for one in occupations
        if (family := family_of_occupation(one.code)) is not None
    ]
    texts = [f"{one.title}\n{one.description}" for one, _family in known]
    vectors = encoder.encode_queries(texts)
    families = [(one, family_vectors(encoder, one)) for one in read_families()]
    return [
        JudgedOccupation(
            code=one.code,
            title=one.title,
            family=family,
            is_held_out=is_held_out(one.group),
            scores=tuple(scored(_similarities(vector, families))),
        )
        for (one, family), vector in zip(known, vectors, strict=True)
    ]


def _similarities(
    vector: "Vectors", families: Sequence[tuple[Family, "Vectors"]]
) -> Iterable[ExampleSimilarity]:
    for family, examples in families:
        for number, similarity in enumerate(examples @ vector):
            yield ExampleSimilarity(family.code, number, float(similarity))


def accuracy(judged: Sequence[JudgedOccupation]) -> Accuracy:
    """Return how often the best family is right, for each margin asked for."""
    groups: dict[str, set[str]] = {}
    for one in judged:
        groups.setdefault(one.family, set()).add(one.major_group)
    rows = tuple(_row(judged, groups, least) for least in MARGINS)
    return Accuracy(
        occupations=len(judged),
        family=rows[0].family,
        among_few=_share([one.is_among_few for one in judged]),
        major_group=rows[0].major_group,
        margins=rows,
    )


def _row(
    judged: Sequence[JudgedOccupation], groups: dict[str, set[str]], least: float
) -> MarginRow:
    proposed = [one for one in judged if margin(one.scores) >= least]
    return MarginRow(
        margin=least,
        proposed=len(proposed) / len(judged) if judged else 0.0,
        family=_share([one.is_right for one in proposed]),
        major_group=_share(
            [one.major_group in groups.get(one.proposed, ()) for one in proposed]
        ),
    )


def _share(answers: Sequence[bool]) -> float:
    return sum(answers) / len(answers) if answers else 1.0
