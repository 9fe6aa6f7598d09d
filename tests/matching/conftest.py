"""What tests of matching share."""

from collections.abc import Callable

import pytest

from tests.matching.encoders import HashingEncoder


@pytest.fixture
def encoded() -> list[list[str]]:
    """Return the batches of texts that the encoder is given in this test."""
    HashingEncoder.encoded.clear()
    return HashingEncoder.encoded


@pytest.fixture
def before_batch(
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[Callable[[list[str]], None]], None]:
    """Let something happen while the encoder runs."""

    def happen(what: Callable[[list[str]], None]) -> None:
        monkeypatch.setattr(HashingEncoder, "before_batch", staticmethod(what))

    return happen
