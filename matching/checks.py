"""Mistakes in settings, found at start-up."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error

from matching.adapters import AdapterInvalid, EncoderFolderInvalid
from matching.conf import (
    EncoderFolderMissing,
    WrongDimensions,
    WrongWeights,
    encoder_settings,
    verify_dimensions,
    verify_packaged_weights,
)
from matching.thresholds import WrongThreshold

CODES: dict[type[EncoderFolderInvalid], str] = {
    EncoderFolderMissing: "matching.E001",
    WrongDimensions: "matching.E002",
    WrongWeights: "matching.E003",
    AdapterInvalid: "matching.E004",
    WrongThreshold: "matching.E005",
}


def check_encoder(
    app_configs: Sequence[Any] | None,  # noqa: ARG001 (Django's signature)
    **kwargs: Any,  # noqa: ARG001
) -> list[CheckMessage]:
    """Return an error if the configured encoder cannot be used."""
    try:
        encoder = encoder_settings()
        verify_dimensions(encoder)
        verify_packaged_weights(encoder)
    except EncoderFolderInvalid as invalid:
        return [Error(invalid.message, hint=invalid.hint, id=CODES[type(invalid)])]
    return []
