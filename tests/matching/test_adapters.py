import json
import shutil

import pytest

from matching.adapters import (
    CONFIG,
    DESCRIPTION,
    SHIPPED,
    WEIGHTS,
    AdapterInvalid,
    is_adapter,
    read_adapter,
)
from matching.checks import check_encoder
from matching.conf import (
    PACKAGED_SHA256,
    base_settings,
    default_settings,
    encoder_settings,
    folder_settings,
)
from matching.digests import file_digest

MOST_BYTES = 4 * 1024 * 1024


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(SHIPPED, tmp_path / "adapter")


def described(folder, **changes):
    path = folder / DESCRIPTION
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


class TestTheShippedAdapter:
    def test_is_whole_and_small(self):
        adapter = read_adapter(SHIPPED, base_digest=PACKAGED_SHA256)

        assert (SHIPPED / WEIGHTS).stat().st_size <= MOST_BYTES
        assert adapter.rank > 0
        assert adapter.near_skill_threshold is not None

    def test_comes_with_its_card(self):
        card = (SHIPPED / "README.md").read_text()

        for told in ("CC BY 4.0", "ESCO", "Intended Use", "Limitations", "Evaluation"):
            assert told in card

    def test_is_the_default(self, settings):
        settings.ENCODER_MODEL = ""

        assert encoder_settings() == default_settings()
        assert encoder_settings().adapter is not None

    def test_has_another_identity_than_the_base(self):
        assert default_settings().identity != base_settings().identity


class TestReadAdapter:
    def test_of_a_copy_has_the_digest_of_the_original(self, copy):
        original = read_adapter(SHIPPED, base_digest=PACKAGED_SHA256)

        assert read_adapter(copy, base_digest=PACKAGED_SHA256).digest == original.digest

    @pytest.mark.parametrize("name", [WEIGHTS, CONFIG])
    def test_knows_a_damaged_file(self, copy, name):
        content = bytearray((copy / name).read_bytes())
        content[len(content) // 2] ^= 1
        (copy / name).write_bytes(content)

        with pytest.raises(AdapterInvalid, match=f"SHA-256 of {name} is not the one"):
            read_adapter(copy, base_digest=PACKAGED_SHA256)

    @pytest.mark.parametrize("name", [WEIGHTS, CONFIG, DESCRIPTION])
    def test_knows_a_missing_file(self, copy, name):
        (copy / name).unlink()

        with pytest.raises(AdapterInvalid, match=name):
            read_adapter(copy, base_digest=PACKAGED_SHA256)

    def test_knows_one_of_another_encoder(self, copy):
        described(copy, base_sha256="0" * 64)

        with pytest.raises(AdapterInvalid, match="trained on another encoder"):
            read_adapter(copy, base_digest=PACKAGED_SHA256)

    @pytest.mark.parametrize("changes", [{"format": 2}, {"format": None}])
    def test_knows_a_format_to_come(self, copy, changes):
        described(copy, **changes)

        with pytest.raises(AdapterInvalid, match="not of format 1"):
            read_adapter(copy, base_digest=PACKAGED_SHA256)

    @pytest.mark.parametrize("text", ["{", "[]", ""])
    def test_knows_a_description_that_is_none(self, copy, text):
        (copy / DESCRIPTION).write_text(text)

        with pytest.raises(AdapterInvalid, match=r"encoder\.json is not"):
            read_adapter(copy, base_digest=PACKAGED_SHA256)

    def test_knows_a_threshold_that_is_no_number(self, copy):
        described(copy, near_skill_threshold="high")

        with pytest.raises(AdapterInvalid, match="description"):
            read_adapter(copy, base_digest=PACKAGED_SHA256)


class TestSettings:
    def test_take_a_folder_with_an_adapter(self, copy):
        settings = folder_settings(copy)

        assert settings.is_packaged
        assert settings.identity == default_settings().identity

    def test_keep_vectors_of_another_scale_apart(self, copy):
        config = json.loads((copy / CONFIG).read_text())
        config["lora_alpha"] /= 2
        (copy / CONFIG).write_text(json.dumps(config))
        sums = {name: file_digest(copy / name) for name in (CONFIG, WEIGHTS)}
        described(copy, sha256=sums)

        assert folder_settings(copy).identity != default_settings().identity

    def test_tell_a_damaged_adapter_at_start_up(self, copy, settings):
        (copy / WEIGHTS).write_bytes(b"damaged")
        settings.ENCODER_MODEL = str(copy)

        (error,) = check_encoder(None)

        assert error.id == "matching.E004"
        assert "SHA-256" in error.msg


class TestIsAdapter:
    def test_knows_a_folder_that_has_lost_its_description(self, copy):
        (copy / DESCRIPTION).unlink()

        assert is_adapter(copy)

    def test_does_not_take_a_model_for_one(self):
        assert not is_adapter(base_settings().folder)
