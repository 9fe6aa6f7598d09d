from uuid import UUID

import pytest

from tests.dashboard.blind.secrets import secrets_in

ID = UUID("01a22577-1987-74e9-a201-bb7b4904bc02")


class TestSecrets:
    @pytest.mark.parametrize(
        "text", ["Zoltana", "since 1987.", "1987-1991", "1991-09-01", str(ID), ID.hex]
    )
    def test_are_found(self, text: str):
        assert secrets_in(f"<p>{text}</p>", [ID])

    @pytest.mark.parametrize("text", [str(ID), ID.hex, "token=aB1987xy", "31987"])
    def test_are_no_digits_of_ids_and_tokens(self, text: str):
        assert not secrets_in(text, [])
