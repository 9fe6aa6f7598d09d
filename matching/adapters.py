"""Adapters: small changes of weights on top of the packaged encoder.

A folder with three files: `adapter_model.safetensors` and `adapter_config.json` in
the form of the peft library (low-rank factors of some weights), and `encoder.json`,
which says what they belong to and by which digests to know them. Nothing here
imports torch: the web process reads these to know which vectors are current.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from matching.digests import file_digest

WEIGHTS = "adapter_model.safetensors"
CONFIG = "adapter_config.json"
DESCRIPTION = "encoder.json"

SHIPPED = Path(__file__).parent / "encoders" / "default"

FORMAT = 1
HINT = "Train it again, restore the folder, or unset ENCODER_MODEL."


class EncoderFolderInvalid(Exception):
    """The encoder's folder cannot be used; the message says why."""

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class AdapterInvalid(EncoderFolderInvalid):
    """An adapter is damaged, or belongs to another encoder."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """A folder with an adapter, read and known to be whole."""

    folder: Path
    name: str
    near_skill_threshold: float | None  # cosine
    rank: int
    scaling: float  # of the product of the factors

    @property
    def digest(self) -> str:
        """Return one digest over all that shapes the vectors."""
        parts = (file_digest(self.folder / name) for name in (CONFIG, WEIGHTS))
        return sha256("".join(parts).encode()).hexdigest()


def is_adapter(folder: Path) -> bool:
    """Return whether a folder says that it holds an adapter."""
    return any((folder / name).is_file() for name in (DESCRIPTION, CONFIG, WEIGHTS))


def read_adapter(folder: Path, *, base_digest: str) -> Adapter:
    """Return the adapter of a folder; raise AdapterInvalid.

    `base_digest` is the SHA-256 of the weights that it is to be put on.
    """
    described = _read_json(folder / DESCRIPTION)
    if described.get("format") != FORMAT:
        raise _invalid(folder, f"its {DESCRIPTION} is not of format {FORMAT}")
    if described.get("base_sha256") != base_digest:
        raise _invalid(
            folder, "it was trained on another encoder than the packaged one"
        )
    for name in (WEIGHTS, CONFIG):
        _check_digest(folder / name, described.get("sha256", {}).get(name))
    config = _read_json(folder / CONFIG)
    try:
        threshold = described.get("near_skill_threshold")
        return Adapter(
            folder=folder,
            name=str(described["name"]),
            near_skill_threshold=None if threshold is None else float(threshold),
            rank=int(config["r"]),
            scaling=float(config["lora_alpha"]) / int(config["r"]),
        )
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        raise _invalid(folder, f"{error!r} in its description") from error


def _check_digest(path: Path, expected: object) -> None:
    if not path.is_file():
        raise _invalid(path.parent, f"it has no {path.name}")
    if file_digest(path) != expected:
        raise _invalid(
            path.parent, f"the SHA-256 of {path.name} is not the one it was saved with"
        )


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _invalid(path.parent, f"its {path.name} cannot be read") from error
    except ValueError as error:
        raise _invalid(path.parent, f"its {path.name} is not JSON") from error
    if not isinstance(content, dict):
        raise _invalid(path.parent, f"its {path.name} is not a JSON object")
    return content


def _invalid(folder: Path, reason: str) -> AdapterInvalid:
    return AdapterInvalid(
        f"The adapter in {folder} cannot be used: {reason}.", hint=HINT
    )
