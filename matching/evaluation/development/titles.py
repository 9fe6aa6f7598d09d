"""Kind `titles`: from a short title to the occupation that it names."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from matching.evaluation.development.drafts import Draft, digest, picked
from matching.evaluation.development.material import (
    Material,
    esco_summary,
    onet_summary,
)
from matching.training.splits import is_held_out

TITLES_PER_OCCUPATION = 3
QUERIES = 400
DISTRACTORS = 400


@dataclass(frozen=True, slots=True)
class Titled:
    """An occupation as this kind of task sees it."""

    summary: str
    name: str
    titles: tuple[str, ...]
    group: str


def onet_titles(material: Material) -> Draft:
    """Alternate titles of held-out O*NET occupations to title and description."""
    occupations = [
        Titled(onet_summary(one), one.title, one.titles, one.group)
        for one in material.onet
    ]
    return _titles("titles-onet", occupations, source="onet")


def esco_titles(material: Material) -> Draft:
    """Alternative labels of held-out ESCO occupations to label and description."""
    occupations = [
        Titled(esco_summary(one), one.label, one.alternative_labels, one.group)
        for one in material.esco
    ]
    return _titles("titles-esco", occupations, source="esco")


def _titles(name: str, occupations: list[Titled], *, source: str) -> Draft:
    draft = Draft(name)
    held_out = [one for one in occupations if is_held_out(one.group)]
    others = [one for one in occupations if not is_held_out(one.group)]
    for one in held_out:
        draft.add_document(one.summary, held_out=True)
    for summary in picked((one.summary for one in others), DISTRACTORS, salt=name):
        draft.add_document(summary, held_out=False)
    holders = _holders(held_out, unwanted=others)
    asked = picked(_some_titles(held_out, holders, salt=name), QUERIES, salt=name)
    for title in asked:
        draft.add_query(title, dict.fromkeys(holders[title], 1), source=source)
    return draft


def _holders(
    held_out: Iterable[Titled], *, unwanted: Iterable[Titled]
) -> dict[str, list[str]]:
    """Return the summaries that each title leads to, where all are held out."""
    no_question = {
        title.casefold() for one in unwanted for title in (*one.titles, one.name)
    }
    no_question |= {one.name.casefold() for one in held_out}
    holders: dict[str, list[str]] = defaultdict(list)
    for one in held_out:
        for title in one.titles:
            if title.casefold() not in no_question:
                holders[title].append(one.summary)
    return holders


def _some_titles(
    held_out: Iterable[Titled], holders: dict[str, list[str]], *, salt: str
) -> Iterable[str]:
    for one in held_out:
        usable = [title for title in one.titles if title in holders]
        usable.sort(key=lambda title: (digest(title, salt), title))
        yield from usable[:TITLES_PER_OCCUPATION]
