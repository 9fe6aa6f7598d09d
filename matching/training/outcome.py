"""What a training run leaves behind: an adapter or a model, its card, its losses."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matching.adapters import CONFIG, DESCRIPTION, FORMAT, WEIGHTS
from matching.conf import PACKAGED_SHA256
from matching.digests import file_digest
from matching.training.recipe import Recipe

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor

    from matching.training.run import Run

LOSSES = "losses.jsonl"
CARD = "README.md"

# Of the repository that the adapter ships in.
MOST_BYTES = 4 * 1024 * 1024


class AdapterTooLarge(ValueError):
    """The adapter would not fit where it is shipped."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written, and by which digest to know it."""

    folder: Path
    sha256: str
    size: int  # bytes of the weights


def save(
    models: "Sequence[SentenceTransformer]", recipe: Recipe, output: Path
) -> Saved:
    """Write what was learnt, the part of it that the recipe keeps.

    Of adapters the factors in half precision, side by side: the product of the
    joined factors is the sum of the products, so several runs are averaged. Else the
    whole model, its weights averaged with the base's by the kept part.
    """
    output.mkdir(parents=True, exist_ok=True)
    if recipe.is_adapter:
        return _save_adapter(models, recipe, output)
    (model,) = models
    return _save_model(model, recipe, output)


def _save_adapter(
    models: "Sequence[SentenceTransformer]", recipe: Recipe, output: Path
) -> Saved:
    from safetensors.torch import save_file  # noqa: PLC0415

    weights = output / WEIGHTS
    save_file(_joined([_factors(one) for one in models]), weights)
    weights.chmod(0o644)  # the library lets its owner alone read it
    size = weights.stat().st_size
    if size > MOST_BYTES:
        raise AdapterTooLarge(
            f"The adapter has {size} bytes, more than {MOST_BYTES}: lower its rank."
        )
    _write_json(output / CONFIG, _adapter_config(recipe, len(models)))
    _write_json(
        output / DESCRIPTION,
        {
            "format": FORMAT,
            "name": recipe.vectors_name,
            "recipe": recipe.name,
            "seed": recipe.seed,
            "kept_scale": recipe.kept_scale,
            "near_skill_threshold": recipe.near_skill_threshold,
            "base_sha256": PACKAGED_SHA256,
            "sha256": {name: file_digest(output / name) for name in (CONFIG, WEIGHTS)},
        },
    )
    return Saved(output, file_digest(weights), size)


def _factors(model: "SentenceTransformer") -> "dict[str, Tensor]":
    from peft import get_peft_model_state_dict  # noqa: PLC0415

    factors = get_peft_model_state_dict(
        model[0].auto_model, adapter_name=model.active_adapters()[0]
    )
    return {
        f"base_model.model.{name}": factor.detach().half().contiguous()
        for name, factor in sorted(factors.items())
    }


def _joined(runs: "Sequence[dict[str, Tensor]]") -> "dict[str, Tensor]":
    """Return the factors of all runs side by side, along the rank."""
    import torch  # noqa: PLC0415

    along = {"lora_A": 0, "lora_B": 1}
    return {
        name: torch.cat(
            [run[name] for run in runs], dim=along[name.rsplit(".", 2)[1]]
        ).contiguous()
        for name in runs[0]
    }


def _adapter_config(recipe: Recipe, runs: int) -> dict[str, Any]:
    """Return what peft reads: it multiplies the product of factors by alpha / r.

    With the rank of all runs together and the alpha of one, that is their mean; the
    kept part of what was learnt is in the alpha.
    """
    return {
        "peft_type": "LORA",
        "task_type": "FEATURE_EXTRACTION",
        "base_model_name_or_path": "sentence-transformers/all-MiniLM-L6-v2",
        "r": recipe.lora.rank * runs,
        "lora_alpha": recipe.lora.alpha * recipe.kept_scale,
        "lora_dropout": recipe.lora.dropout,
        "target_modules": sorted(recipe.lora.targets),
        "bias": "none",
        "inference_mode": True,
    }


def _save_model(model: "SentenceTransformer", recipe: Recipe, output: Path) -> Saved:
    import torch  # noqa: PLC0415

    from matching.training.run import packaged_model  # noqa: PLC0415

    if recipe.kept_scale != 1.0:
        base = packaged_model().state_dict()
        with torch.no_grad():
            for name, weight in model.state_dict().items():
                if weight.dtype.is_floating_point:
                    weight.lerp_(base[name].to(weight), 1 - recipe.kept_scale)
    model.save_pretrained(str(output), create_model_card=False)
    weights = output / "model.safetensors"
    return Saved(output, file_digest(weights), weights.stat().st_size)


def write_losses(runs: "Mapping[str, Run]", output: Path) -> None:
    """Write the loss curves: a JSON object a line, run, step and mean loss."""
    lines = [
        json.dumps({"run": name, "step": step, "loss": loss})
        for name, run in runs.items()
        for step, loss in run.losses
    ]
    (output / LOSSES).write_text("".join(f"{line}\n" for line in lines))


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
