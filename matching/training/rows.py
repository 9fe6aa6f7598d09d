"""A recipe to its training rows: split, near copies taken out, rows drawn."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import cycle, islice
from pathlib import Path

from matching.training import sources
from matching.training.decisions import DECISIONS_FILE, read_decisions
from matching.training.pairs import DATA_SETS, Pair
from matching.training.recipe import Data, Recipe, RecipeInvalid
from matching.training.splits import KeptBack, is_held_out, refuse_shared


class TooFewRows(ValueError):
    """A data set has no rows left to train on."""


def training_rows(recipe: Recipe, folder: Path) -> dict[str, list[Pair]]:
    """Return the rows of each data set of a recipe, in the order of its file.

    Rows of groups kept back for evaluation are left out, and so are near copies of
    their texts wherever else they stand. Raise SourceInvalid, RecipeInvalid,
    TooFewRows or, should a near copy remain, SplitShares.
    """
    kept_back = KeptBack(held_out_texts(folder) if recipe.holds_out else ())
    rows = {data.pairs: _rows(data, recipe, folder, kept_back) for data in recipe.data}
    texts = {
        text
        for pairs in rows.values()
        for p in pairs
        for text in (p.anchor, p.positive)
    }
    refuse_shared(sorted(texts), kept_back)
    return rows


def _rows(data: Data, recipe: Recipe, folder: Path, kept_back: KeptBack) -> list[Pair]:
    data_set = DATA_SETS.get(data.pairs)
    if data_set is None:
        known = ", ".join(sorted(DATA_SETS))
        raise RecipeInvalid(
            f"Recipe {recipe.name}: there is no data set {data.pairs}. Known: {known}."
        )
    pairs = list(dict.fromkeys(data_set.make(folder, recipe.seed)))
    if recipe.holds_out:
        pairs = [
            pair
            for pair in pairs
            if not is_held_out(pair.group)
            and not kept_back.holds_near_copy_of(pair.anchor)
            and not kept_back.holds_near_copy_of(pair.positive)
        ]
    if not pairs:
        raise TooFewRows(f"Recipe {recipe.name}: {data.pairs} has no rows to train on.")
    if data.most is not None and data.most < len(pairs):
        pairs = _drawn(pairs, data.most, recipe.seed)
    if data.repeated_to is not None:
        pairs = list(islice(cycle(pairs), data.repeated_to))
    return pairs


def _drawn(pairs: Sequence[Pair], most: int, seed: int) -> list[Pair]:
    """Return `most` pairs, chosen by digest, in their order."""

    def key(number: int) -> bytes:
        pair = pairs[number]
        return sha256(f"{seed}\n{pair.anchor}\n{pair.positive}".encode()).digest()

    chosen = sorted(range(len(pairs)), key=key)[:most]
    return [pairs[number] for number in sorted(chosen)]


def held_out_texts(folder: Path) -> Iterator[str]:
    """Give every text of a group kept back for evaluation, of the files there are."""
    for file, texts in _HELD_OUT.items():
        if (folder / file).is_file():
            yield from texts(folder)


def _held_out_roles(folder: Path) -> Iterator[str]:
    for role in sources.role_skills(folder):
        if is_held_out(role.group):
            yield from (role.description, role.skills)


def _held_out_onet(folder: Path) -> Iterator[str]:
    for occupation in sources.onet_occupations(folder):
        if is_held_out(occupation.group):
            yield from (occupation.title, occupation.description)
            yield from (*occupation.titles, *occupation.tasks)


def _held_out_esco_occupations(folder: Path) -> Iterator[str]:
    for occupation in sources.esco_occupations(folder):
        if is_held_out(occupation.group):
            yield from (occupation.label, occupation.description)
            yield from occupation.alternative_labels


def _held_out_skills(folder: Path) -> Iterator[str]:
    for skill in sources.esco_skills(folder):
        if is_held_out(skill.group):
            yield from (skill.label, skill.other_words, skill.description)


def _held_out_ict(folder: Path) -> Iterator[str]:
    for ict in sources.esco_ict(folder):
        if is_held_out(ict.group):
            yield ict.description


def _held_out_decisions(folder: Path) -> Iterator[str]:
    for decision in read_decisions(folder):
        if is_held_out(decision.job):
            yield decision.job_text


_HELD_OUT: dict[str, Callable[[Path], Iterator[str]]] = {
    "onet_pairs.csv": _held_out_onet,
    "esco_occupations.csv": _held_out_esco_occupations,
    "esco_skills.csv": _held_out_skills,
    "esco_ict_occupation_skills.csv": _held_out_ict,
    "role_skills_pairs.csv": _held_out_roles,
    DECISIONS_FILE: _held_out_decisions,
}
