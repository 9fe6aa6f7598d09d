"""The encoders that evaluation compares, loaded under their identities."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from matching.conf import (
    EncoderSettings,
    base_settings,
    encoder_settings,
    folder_settings,
    verify_dimensions,
)
from matching.encoder import load_encoder
from matching.evaluation.vectors import Judged


@dataclass(frozen=True, slots=True)
class Compared:
    """The encoders to judge, and the base that each is compared with."""

    encoders: tuple[Judged, ...]
    base: Judged


def load_compared(
    folders: Sequence[Path], *, after_batch: Callable[[int], object]
) -> Compared:
    """Return the encoders in `folders`, or the configured one, and the base.

    One that is named twice, or is the base, is loaded and encodes once. Raise
    EncoderFolderInvalid if one cannot be used. `after_batch` is told how many texts
    were encoded.
    """
    named = [folder_settings(folder) for folder in folders] or [encoder_settings()]
    base = base_settings()
    loaded = {
        settings.identity: _judged(settings, after_batch) for settings in [*named, base]
    }
    identities = dict.fromkeys(settings.identity for settings in named)
    return Compared(
        encoders=tuple(loaded[identity] for identity in identities),
        base=loaded[base.identity],
    )


def _judged(settings: EncoderSettings, after_batch: Callable[[int], object]) -> Judged:
    verify_dimensions(settings)
    return Judged(settings.identity, load_encoder(settings), after_batch)
