"""A recipe to weights: the training run, by the trainer of sentence-transformers."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from matching.conf import MAX_TOKENS, packaged_folder
from matching.training.batches import interleave, lay_out
from matching.training.negatives import with_hard_negatives
from matching.training.pairs import Pair
from matching.training.recipe import Recipe

if TYPE_CHECKING:
    from datasets import Dataset
    from sentence_transformers import SentenceTransformer
    from transformers import TrainerCallback

Direction = Literal["query_to_doc", "doc_to_query"]

STEPS_BETWEEN_CHECKPOINTS = 50
STEPS_BETWEEN_LOGS = 10
BASE_BATCH = 64


@dataclass(frozen=True, slots=True)
class Run:
    """What came out of a training run."""

    model: "SentenceTransformer"
    losses: tuple[tuple[int, float], ...]  # step, mean loss since the last
    steps: int


def train(
    recipe: Recipe,
    rows: dict[str, list[Pair]],
    checkpoints: Path,
    *,
    callbacks: Sequence["TrainerCallback"] = (),
) -> Run:
    """Train as the recipe says, go on from the last checkpoint that there is.

    The same recipe and rows give the same weights on the same machine.
    """
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch  # noqa: PLC0415
    from sentence_transformers import SentenceTransformerTrainer  # noqa: PLC0415
    from transformers import set_seed  # noqa: PLC0415

    threads = torch.get_num_threads()
    torch.set_num_threads(recipe.threads or threads)
    set_seed(recipe.seed)
    model = start_model(recipe)
    dataset = _dataset(recipe, rows)
    trainer = SentenceTransformerTrainer(
        model=model,
        args=_arguments(recipe, checkpoints),
        train_dataset=dataset,
        loss=_loss(recipe, model),
        callbacks=list(callbacks),
    )
    trainer.train(resume_from_checkpoint=last_checkpoint(checkpoints))
    torch.set_num_threads(threads)
    history = trainer.state.log_history
    losses = [
        (int(one["step"]), float(one["loss"])) for one in history if "loss" in one
    ]
    return Run(model, tuple(losses), trainer.state.global_step)


def progress(tell: Callable[[str], object]) -> "TrainerCallback":
    """Return what tells, at each log of the trainer, how far it is."""
    from transformers import TrainerCallback  # noqa: PLC0415

    class Progress(TrainerCallback):
        def on_log(  # type: ignore[no-untyped-def]
            self,
            args,  # noqa: ARG002
            state,
            control,  # noqa: ARG002
            logs=None,
            **kwargs,  # noqa: ARG002
        ):
            if logs and "loss" in logs:
                tell(
                    f"step {state.global_step} of {state.max_steps}:"
                    f" loss {float(logs['loss']):.4f}"
                )

    return Progress()


def start_model(recipe: Recipe) -> "SentenceTransformer":
    """Return the packaged base, ready to be trained as the recipe says."""
    model = packaged_model(recipe.max_tokens)
    if recipe.is_adapter:
        from peft import LoraConfig  # noqa: PLC0415

        model.add_adapter(
            LoraConfig(
                r=recipe.lora.rank,
                lora_alpha=recipe.lora.alpha,
                lora_dropout=recipe.lora.dropout,
                target_modules=list(recipe.lora.targets),
                task_type="FEATURE_EXTRACTION",
            )
        )
    return model


def packaged_model(max_tokens: int = MAX_TOKENS) -> "SentenceTransformer":
    """Return the packaged base as the library loads it."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415

    # It would draw into consoles and piped output.
    disable_progress_bar()  # type: ignore[no-untyped-call]
    model = SentenceTransformer(str(packaged_folder()), local_files_only=True)
    model.model_card_data.generate_widget_examples = False
    model.max_seq_length = max_tokens
    return model


def last_checkpoint(folder: Path) -> str | None:
    """Return the last whole checkpoint of a run that was stopped."""
    from transformers.trainer_utils import get_last_checkpoint  # noqa: PLC0415

    if not folder.is_dir():
        return None
    found: str | None = get_last_checkpoint(str(folder))  # type: ignore[no-untyped-call]
    return found


def base_vectors(texts: Sequence[str], max_tokens: int) -> NDArray[np.float32]:
    """Return the packaged base's unit vectors of these texts."""
    model = packaged_model(max_tokens)
    vectors: NDArray[np.float32] = model.encode(
        list(texts),
        batch_size=BASE_BATCH,
        normalize_embeddings=True,
        show_progress_bar=False,
    )
    return vectors


def _dataset(recipe: Recipe, rows: dict[str, list[Pair]]) -> "Dataset":
    """Return the rows in the order in which the run reads them."""
    from datasets import Dataset  # noqa: PLC0415

    if not recipe.batches.distinct:
        pairs = [pair for some in rows.values() for pair in some]
        return Dataset.from_dict(
            {
                "sentence_0": [pair.anchor for pair in pairs],
                "sentence_1": [pair.positive for pair in pairs],
            }
        )
    return Dataset.from_dict(columns(recipe, rows))


def columns(recipe: Recipe, rows: dict[str, list[Pair]]) -> dict[str, list[str]]:
    """Return the texts of all batches one after the other, epoch after epoch."""
    names = list(rows)
    negatives = with_hard_negatives(recipe, rows, base_vectors)
    anchors = {
        name: base_vectors([pair.anchor for pair in rows[name]], recipe.max_tokens)
        for name in names
        if recipe.batches.arrangement == "alike"
    }
    texts: list[tuple[str, ...]] = []
    for epoch in range(recipe.epochs):
        seed = recipe.seed + epoch
        laid = [
            lay_out(
                rows[name], batches=recipe.batches, seed=seed, vectors=anchors.get(name)
            )
            for name in names
        ]
        for place, batch in interleave(laid, seed=seed):
            name = names[place]
            texts += [
                (
                    rows[name][number].anchor,
                    rows[name][number].positive,
                    *negatives[name][number],
                )
                for number in batch
            ]
    return {
        f"sentence_{place}": list(column)
        for place, column in enumerate(zip(*texts, strict=True))
    }


def _loss(recipe: Recipe, model: "SentenceTransformer") -> Any:
    from sentence_transformers.sentence_transformer import losses  # noqa: PLC0415

    if recipe.loss.guided:
        guide = packaged_model(recipe.max_tokens)
        return losses.GISTEmbedLoss(
            model, guide=guide, temperature=1 / recipe.loss.scale
        )
    directions: tuple[Direction, ...] = ("query_to_doc",)
    if recipe.loss.both_directions:
        directions = ("query_to_doc", "doc_to_query")
    return losses.MultipleNegativesRankingLoss(
        model,
        scale=recipe.loss.scale,
        directions=directions,
        partition_mode="per_direction" if recipe.loss.both_directions else "joint",
    )


def _arguments(recipe: Recipe, checkpoints: Path) -> Any:
    import torch  # noqa: PLC0415
    from sentence_transformers import (  # noqa: PLC0415
        SentenceTransformerTrainingArguments,
    )

    from matching.training.sampler import InOrder  # noqa: PLC0415

    laid_out = recipe.batches.distinct
    return SentenceTransformerTrainingArguments(
        output_dir=str(checkpoints),
        # Laid-out rows hold every epoch already.
        num_train_epochs=1 if laid_out else recipe.epochs,
        per_device_train_batch_size=recipe.batches.size,
        per_device_eval_batch_size=recipe.batches.size,
        learning_rate=recipe.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=recipe.warmup,
        seed=recipe.seed,
        data_seed=recipe.seed,
        batch_sampler=InOrder if laid_out else "batch_sampler",
        multi_dataset_batch_sampler="round_robin",
        save_strategy="steps",
        save_steps=STEPS_BETWEEN_CHECKPOINTS,
        save_total_limit=2,
        logging_strategy="steps",
        logging_steps=STEPS_BETWEEN_LOGS,
        report_to=[],
        disable_tqdm=True,
        dataloader_num_workers=0,
        dataloader_pin_memory=torch.cuda.is_available(),
    )
