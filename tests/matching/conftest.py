"""What tests of matching share."""

import pytest

from tests.matching.encoders import HashingEncoder


@pytest.fixture
def encoded() -> list[list[str]]:
    """Return the batches of texts that the encoder is given in this test."""
    HashingEncoder.encoded.clear()
    return HashingEncoder.encoded
