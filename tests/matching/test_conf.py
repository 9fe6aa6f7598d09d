"""Which encoder runs, found and checked without torch."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import Error

from matching import conf, thresholds
from matching.checks import check_encoder

SHA256_IN_IDENTITY = "53aa5117"


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    """Return a folder that could be an encoder, configured as one."""
    made = tmp_path / "my-encoder"
    made.mkdir()
    (made / "config.json").write_text('{"hidden_size": 384}')
    (made / "model.safetensors").write_bytes(b"weights")
    settings.ENCODER_MODEL = str(made)
    return made


def problems() -> list[Error]:
    return check_encoder(app_configs=None)  # type: ignore[return-value]


class TestIdentity:
    def test_of_the_packaged_encoder_names_its_weights(self):
        assert conf.base_settings().identity == (
            f"all-MiniLM-L6-v2@{SHA256_IN_IDENTITY}/profile-{conf.PROFILE_VERSION}"
        )

    def test_of_the_encoder_that_ships_names_its_adapter(self, settings):
        settings.ENCODER_MODEL = ""

        assert conf.encoder_identity() == conf.default_settings().identity
        assert conf.encoder_identity().startswith("recruit-minilm@")

    def test_of_a_folder_carries_its_name(self, folder):
        assert conf.encoder_identity().startswith("my-encoder@")

    @pytest.mark.parametrize("changed", ["model.safetensors", "config.json"])
    def test_changes_with_whatever_changes_vectors(self, folder, changed):
        before = conf.encoder_identity()

        (folder / changed).write_text('{"hidden_size": 384, "other": 1}')

        assert conf.encoder_identity() != before


class TestNearSkillThreshold:
    def test_of_the_packaged_encoder_was_measured(self, settings):
        settings.ENCODER_MODEL = ""

        threshold = conf.base_settings().near_skill_threshold

        assert threshold == thresholds.PACKAGED

    def test_of_a_folder_that_does_not_say_is_cautious(self, folder):
        threshold = conf.encoder_settings().near_skill_threshold

        assert threshold == thresholds.CAUTIOUS

    def test_of_a_folder_is_the_one_written_there(self, folder):
        thresholds.keep_threshold(folder, 0.66)

        assert conf.encoder_settings().near_skill_threshold == 0.66

    def test_leaves_the_other_things_written_there(self, folder):
        (folder / "matching.json").write_text('{"by": "us"}')

        thresholds.keep_threshold(folder, 0.66)

        described = json.loads((folder / "matching.json").read_text())
        assert described == {"by": "us", "near_skill_threshold": 0.66}

    @pytest.mark.parametrize("wrong", ['"much"', "0", "-0.5", "1.01", "true", "null"])
    def test_is_a_cosine(self, folder, wrong):
        (folder / "matching.json").write_text(f'{{"near_skill_threshold": {wrong}}}')

        (problem,) = problems()

        assert problem.id == "matching.E005"
        assert f"near_skill_threshold as {wrong};" in problem.msg


class TestCheck:
    def test_accepts_the_packaged_encoder(self, settings):
        settings.ENCODER_MODEL = ""

        assert problems() == []

    def test_accepts_a_folder_of_384_dimensions(self, folder):
        assert problems() == []

    def test_tells_a_missing_folder(self, settings):
        settings.ENCODER_MODEL = "/nowhere/at/all"

        (problem,) = problems()

        assert problem.msg == "The encoder folder /nowhere/at/all does not exist."
        assert problem.hint

    def test_tells_a_folder_without_weights(self, folder):
        (folder / "model.safetensors").unlink()

        assert "holds no weights" in problems()[0].msg

    @pytest.mark.parametrize(
        ("pooling", "dimensions"),
        [({}, 768), ({"word_embedding_dimension": 512}, 512)],
    )
    def test_tells_another_dimension(self, folder, pooling, dimensions):
        (folder / "config.json").write_text('{"hidden_size": 768}')
        (folder / "1_Pooling").mkdir()
        (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
        modules = [
            {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}
        ]
        (folder / "modules.json").write_text(json.dumps(modules))

        (problem,) = problems()

        assert f"{dimensions} dimensions; 384 are needed" in problem.msg
        assert problem.id == "matching.E002"

    def test_follows_a_dense_layer(self, folder):
        (folder / "config.json").write_text('{"hidden_size": 768}')
        (folder / "2_Dense").mkdir()
        (folder / "2_Dense" / "config.json").write_text('{"out_features": 384}')
        (folder / "modules.json").write_text(
            '[{"path": "2_Dense", "type": "sentence_transformers.models.Dense"}]'
        )

        assert problems() == []

    def test_tells_a_folder_that_does_not_say_its_dimensions(self, folder):
        (folder / "config.json").unlink()

        assert "does not say its dimensions" in problems()[0].msg

    def test_tells_a_broken_file(self, folder):
        (folder / "config.json").write_text("{")

        assert "is not JSON" in problems()[0].msg

    def test_tells_packaged_weights_that_are_not_the_known_ones(
        self, folder, settings, monkeypatch
    ):
        settings.ENCODER_MODEL = ""
        monkeypatch.setattr(conf, "packaged_folder", lambda: folder)

        (problem,) = problems()

        assert problem.id == "matching.E003"


class TestWebProcess:
    def test_never_loads_torch(self):
        script = (
            "import django, sys; django.setup();"
            "import recruit.urls; from django.urls import get_resolver;"
            "get_resolver().url_patterns;"
            "import matching.matches, matching.search, matching.status;"
            "loaded = {'torch', 'transformers', 'sentence_transformers'}"
            " & set(sys.modules); sys.exit(repr(loaded) if loaded else 0)"
        )

        done = subprocess.run(  # noqa: S603 (this interpreter)
            [sys.executable, "-c", script],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "recruit.settings"},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 0, done.stderr
