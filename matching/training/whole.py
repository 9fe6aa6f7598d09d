"""A whole training run: rows, weights, scores, card. What the command calls."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from json import dumps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from matching.conf import base_settings, folder_settings
from matching.encoder import load_encoder
from matching.evaluation.development.build import build_tasks
from matching.evaluation.judging import judge
from matching.evaluation.tasks import read_task, task_folders
from matching.evaluation.vectors import Judged
from matching.training.card import described, model_card
from matching.training.outcome import (
    CARD,
    Saved,
    save,
    write_losses,
)
from matching.training.pairs import Pair
from matching.training.recipe import Recipe, parts_of
from matching.training.rows import training_rows
from matching.training.run import Run, progress, train

if TYPE_CHECKING:
    from matching.evaluation.judging import Row

CHECKPOINTS = "checkpoints"

# Which recipe and rows the checkpoints of a folder are of.
MARK = "run"


class OutputTaken(ValueError):
    """The output folder holds another run."""


def train_encoder(
    recipe: Recipe,
    *,
    data: Path,
    output: Path,
    tell: Callable[[str], object],
    seed: int | None = None,
    with_scores: bool = True,
) -> Saved:
    """Train by a recipe into a folder, go on where a stopped run was.

    Raise OutputTaken where the folder holds a run of another recipe or other rows,
    and what rows.py and outcome.py raise.
    """
    if seed is not None:
        recipe = replace(recipe, seed=seed)
    tell(f"Recipe {recipe.name}: {recipe.summary}")
    parts = parts_of(recipe)
    rows = {part.name: training_rows(part, data) for part in parts}
    _claim(output, parts, rows)
    runs = {part.name: _run(part, rows[part.name], output, tell) for part in parts}
    saved = save([run.model for run in runs.values()], recipe, output)
    write_losses(runs, output)
    scores = _scores(data, output, tell) if with_scores else []
    model = runs[parts[0].name].model
    card = model_card(model, recipe, described(parts, rows), saved, scores)
    (output / CARD).write_text(card, encoding="utf-8")
    shutil.rmtree(output / CHECKPOINTS)
    return saved


def _run(
    part: Recipe,
    rows: dict[str, list[Pair]],
    output: Path,
    tell: Callable[[str], object],
) -> Run:
    """Train one part; of a part that is done, load what it gave."""
    tell(f"Run {part.name}: {part.summary}")
    for name, pairs in rows.items():
        tell(f"  {name}: {len(pairs):,} rows")
    checkpoints = output / CHECKPOINTS / part.name
    return train(part, rows, checkpoints, callbacks=[progress(tell)])


def _claim(output: Path, parts: Sequence[Recipe], rows: object) -> None:
    """Mark a folder as this run's, so that no other goes on from its checkpoints."""
    content = dumps([list(map(asdict, parts)), repr(rows)], sort_keys=True)
    digest = sha256(content.encode()).hexdigest()
    mark = output / CHECKPOINTS / MARK
    if mark.is_file() and mark.read_text() != digest:
        raise OutputTaken(
            f"{output} holds checkpoints of another recipe or of other data. Name"
            " another folder, or remove it."
        )
    if not mark.is_file() and output.is_dir() and any(output.iterdir()):
        raise OutputTaken(f"{output} is not empty. Name a folder that is.")
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(digest)


def _scores(data: Path, output: Path, tell: Callable[[str], object]) -> "list[Row]":
    tell("Scoring on the development tasks, beside the base")
    base = base_settings()
    trained = folder_settings(output)
    judged_base = Judged(base.identity, load_encoder(base))
    judged = Judged(trained.identity, load_encoder(trained))
    rows: list[Row] = []
    with TemporaryDirectory() as folder:
        build_tasks(data, Path(folder))
        for one in task_folders(Path(folder)):
            task = read_task(one)
            rows += judge(task, base=judged_base, encoders=[judged])
            tell(f"  {task.name}")
    return rows
