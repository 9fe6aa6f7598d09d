"""From which cosine of their names on two skills are near: a figure of one encoder.

The cosines of another encoder lie elsewhere. `manage.py calibrate_near_skills`
measures the figure; where an encoder's folder says one, it is kept there.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matching.adapters import (
    DESCRIPTION,
    EncoderFolderInvalid,
    is_adapter,
)

KEY = "near_skill_threshold"

# In the folder of a whole model; an adapter says it in its own description.
FILE = "matching.json"

# Of the packaged encoder: precision .82 [.76, .88], recall .43 [.39, .47]
# (docs/near-skills.md).
PACKAGED = 0.75

# Where a folder does not say: few encoders bring two different skills so near.
CAUTIOUS = 0.9


class WrongThreshold(EncoderFolderInvalid):
    """The threshold that a folder says is no cosine above 0."""


def folder_threshold(folder: Path) -> float:
    """Return the threshold of a whole model's folder; raise WrongThreshold."""
    path = folder / FILE
    said = _read(path).get(KEY, CAUTIOUS) if path.is_file() else CAUTIOUS
    is_number = isinstance(said, int | float) and not isinstance(said, bool)
    if not is_number or not 0 < said <= 1:
        raise _wrong(path, f"gives {KEY} as {json.dumps(said)}")
    return float(said)


def keep_threshold(folder: Path, threshold: float) -> None:
    """Write the threshold into an encoder's folder; raise WrongThreshold."""
    path = folder / (DESCRIPTION if is_adapter(folder) else FILE)
    described = _read(path) if path.is_file() else {}
    content = json.dumps({**described, KEY: threshold}, indent=2)
    path.write_text(f"{content}\n", encoding="utf-8")


def _read(path: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise _wrong(path, "is not JSON") from error
    if not isinstance(content, dict):
        raise _wrong(path, "is not a JSON object")
    return content


def _wrong(path: Path, what: str) -> WrongThreshold:
    return WrongThreshold(
        f"The encoder's file {path} {what}; an object with {KEY} above 0 and up to 1"
        " is needed.",
        hint="Measure it: `manage.py calibrate_near_skills DATA_DIR --write`.",
    )
