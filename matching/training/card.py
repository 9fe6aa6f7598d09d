"""The model card of a training run, in the form that sentence-transformers gives it,
with what that form leaves open: data and licences, recipe, scores, use and limits.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matching.conf import MAX_TOKENS
from matching.training.pairs import DATA_SETS
from matching.training.recipe import Recipe

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from matching.evaluation.judging import Row
    from matching.training.outcome import Saved

BASE_NAME = "sentence-transformers/all-MiniLM-L6-v2"
BASE_LICENCE = "apache-2.0"

USE = """\
Finding the people of one's own database who fit a job, the jobs that fit a person,
skills by what is said of them, and texts that mean the same: as an order in which a
person reads, beside evidence that a person can check."""

OUT_OF_SCOPE = """\
Deciding about a person without a person. The cosine of two texts is no measure of how
good somebody is, no probability and no percentage; cosines of two encoders, or of two
jobs, cannot be compared. Texts that name a person, their age, sex, origin or photo
are not to be given to it."""

LIMITS = """\
- English alone. Other languages are read, and compared badly.
- Texts beyond 256 tokens are cut by the model; the product reads them in passages.
- It learnt from descriptions of occupations and skills written by two public offices,
  in their words, and from machine-written roles; it knows little of very new tools,
  of slang, and of work that these sources do not list.
- These sources describe occupations as they are held today. Whoever writes of the same
  work in other words than is usual, often people from other countries or fields, can
  be ranked lower than they should be. Look at adverse impact, not only at scores.
- The scores below are of tasks made from groups of the same sources that were kept
  back: they say more of these sources than of your own database."""


def model_card(
    model: "SentenceTransformer",
    recipe: Recipe,
    rows: Sequence["DataTold"],
    saved: "Saved",
    scores: Sequence["Row"],
) -> str:
    """Return the card of a model that was just trained.

    `scores` are the rows of the evaluation, empty where nothing was evaluated.
    """
    from sentence_transformers.base.model_card import (  # noqa: PLC0415
        generate_model_card,
    )

    model.max_seq_length = MAX_TOKENS  # shorter in training alone
    data = model.model_card_data
    data.model_name = f"{recipe.vectors_name}: {recipe.summary}"
    data.language = "en"
    data.license = BASE_LICENCE
    data.base_model = BASE_NAME
    data.base_model_revision = None
    card = str(generate_model_card(model))
    card = _replaced(card, "### Out-of-Scope Use", _use())
    card = _replaced(card, "## Bias, Risks and Limitations", _limits(scores))
    return _replaced(card, "### Recommendations", _data(recipe, rows, saved))


def _replaced(card: str, heading: str, text: str) -> str:
    """Return the card with a section that the form leaves in a comment."""
    comment = re.compile(rf"<!--\n{re.escape(heading)}\n.*?-->", re.DOTALL)
    replaced, count = comment.subn(lambda _found: text, card)
    return replaced if count else f"{card}\n{text}\n"


def _use() -> str:
    return f"### Intended Use\n\n{USE}\n\n### Out-of-Scope Use\n\n{OUT_OF_SCOPE}"


def _limits(scores: Sequence["Row"]) -> str:
    return f"## Bias, Risks and Limitations\n\n{LIMITS}\n\n{_scores(scores)}"


def _scores(scores: Sequence["Row"]) -> str:
    if not scores:
        return "## Evaluation\n\nThis run was not evaluated."
    lines = [
        "## Evaluation",
        "",
        "Means over the queries of each task, bootstrap 95 % interval in brackets;"
        " the difference is paired with the base encoder, + and - where its interval"
        " excludes 0. Both read the first 256 tokens.",
        "",
        "| task | queries | measure | value | base | difference |",
        "|---|---|---|---|---|---|",
    ]
    base = {row.task: row for row in scores if row.system == "base"}
    for row in scores:
        if row.system == "encoder":
            lines += [
                _score_line(row, base[row.task], measure) for measure in ("MRR", "MAP")
            ]
    return "\n".join(lines)


def _score_line(row: "Row", base: "Row", measure: str) -> str:
    value, beside = row.measures[measure], base.measures[measure]
    difference = row.difference_to_base[measure]
    mark = ("+" if difference.value > 0 else "-") if difference.excludes_zero else ""
    return (
        f"| {row.task} | {row.queries} | {measure} | {value.value:.3f}"
        f" [{value.low:.3f}, {value.high:.3f}] | {beside.value:.3f} |"
        f" {difference.value:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]"
        f" {mark} |"
    )


def _data(recipe: Recipe, rows: Sequence["DataTold"], saved: "Saved") -> str:
    lines = [
        "## Data and Recipe",
        "",
        f"Recipe `{recipe.name}`, seed {recipe.seed}, method {recipe.method}"
        f"{_average_told(recipe)}; {recipe.kept_scale:g} of what was learnt is kept"
        f" ({saved.size:,} bytes, SHA-256 `{saved.sha256}`).",
        _split_told(recipe),
        "",
        "| run | data set | rows | what | source | licence |",
        "|---|---|---|---|---|---|",
    ]
    for one in rows:
        data_set = DATA_SETS[one.name]
        origin, told = data_set.origin, data_set.make.__doc__
        lines.append(
            f"| {one.run} | {one.name} | {one.count:,} | {(told or '').strip()} |"
            f" {origin.name} | {origin.licence} |"
        )
    return "\n".join(lines)


def _average_told(recipe: Recipe) -> str:
    if not recipe.average_of:
        return ""
    return f", the average of the runs {' and '.join(recipe.average_of)}"


def _split_told(recipe: Recipe) -> str:
    if recipe.holds_out:
        return (
            "A fifth of the groups (titles, broad occupations, skills), and near copies"
            " of their texts, were kept back for evaluation."
        )
    return "Nothing was kept back: tasks made of the same data cannot judge it."


@dataclass(frozen=True, slots=True)
class DataTold:
    """A data set as one run used it."""

    run: str
    name: str
    count: int  # rows


def described(
    parts: Sequence[Recipe], rows: Mapping[str, Mapping[str, Sequence[Any]]]
) -> list[DataTold]:
    """Return the data sets of all runs and how many rows of each were used."""
    return [
        DataTold(part.name, name, len(pairs))
        for part in parts
        for name, pairs in rows[part.name].items()
    ]
