import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from matching.adapters import WEIGHTS
from matching.conf import base_settings, folder_settings, verify_dimensions
from matching.encoder import SentenceTransformerEncoder, load_encoder
from matching.training import run as training_run
from matching.training.outcome import AdapterTooLarge, save
from matching.training.recipe import Batches, Data, Lora, Recipe, parts_of
from matching.training.whole import OutputTaken, train_encoder
from tests.matching.training.material import write_material

pytestmark = pytest.mark.model

TEXTS = ["shape copper by hand", "Leads the people who work with salmon", "x"]

SMALL = Recipe(
    name="small",
    summary="Few steps, to try the run.",
    data=(Data("skill_sentence_label"), Data("title_description")),
    learning_rate=1e-3,
    max_tokens=16,
    threads=1,
    epochs=2,
    lora=Lora(rank=4, alpha=8),
    batches=Batches(size=8),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return write_material(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def trained(data, tmp_path_factory):
    output = tmp_path_factory.mktemp("trained") / "small"
    return train_encoder(
        SMALL, data=data, output=output, tell=lambda _line: None, with_scores=False
    )


def vectors_of(folder):
    return load_encoder(folder_settings(folder)).encode_first(TEXTS)


NAME = "0.model.encoder.layer.0.attention.self.query.weight"


def weights_of(folder):
    encoder = load_encoder(folder_settings(folder))
    assert isinstance(encoder, SentenceTransformerEncoder)
    return dict(encoder.model.named_parameters())


class TestTrainEncoder:
    def test_learns_what_moves_the_vectors(self, trained):
        base = load_encoder(base_settings()).encode_first(TEXTS)

        vectors = vectors_of(trained.folder)

        assert np.abs(vectors - base).max() > 0.01
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_gives_the_same_weights_again(self, trained, data, tmp_path):
        again = train_encoder(
            SMALL,
            data=data,
            output=tmp_path / "again",
            tell=lambda _line: None,
            with_scores=False,
        )

        assert again.sha256 == trained.sha256

    def test_gives_other_weights_for_another_seed(self, trained, data, tmp_path):
        other = train_encoder(
            SMALL,
            seed=7,
            data=data,
            output=tmp_path / "other",
            tell=lambda _line: None,
            with_scores=False,
        )

        assert other.sha256 != trained.sha256

    def test_goes_on_where_it_was_stopped(self, trained, data, tmp_path, monkeypatch):
        monkeypatch.setattr(training_run, "STEPS_BETWEEN_CHECKPOINTS", 2)
        told = []

        def stop(line):
            told.append(line)
            if line.startswith("step 5"):
                raise KeyboardInterrupt

        monkeypatch.setattr(training_run, "STEPS_BETWEEN_LOGS", 1)
        output = tmp_path / "stopped"
        with pytest.raises(KeyboardInterrupt):
            train_encoder(SMALL, data=data, output=output, tell=stop, with_scores=False)
        steps: list[str] = []

        went_on = train_encoder(
            SMALL, data=data, output=output, tell=steps.append, with_scores=False
        )

        assert not any(line.startswith("step 1 ") for line in steps)
        assert went_on.sha256 == trained.sha256

    def test_writes_card_and_losses_and_leaves_no_checkpoints(self, trained):
        names = {path.name for path in trained.folder.iterdir()}
        card = (trained.folder / "README.md").read_text()

        assert names == {
            "README.md",
            "adapter_config.json",
            "adapter_model.safetensors",
            "encoder.json",
            "losses.jsonl",
        }
        for told in (
            "# small: Few steps, to try the run.",
            "pipeline_tag: sentence-similarity",
            "SentenceTransformer(",
            "| skill_sentence_label | ",
            "reuse with attribution",
            "CC BY 4.0",
            "Intended Use",
            "Out-of-Scope Use",
            "Limitations",
            "`learning_rate`: 0.001",
            "Framework Versions",
            trained.sha256,
        ):
            assert told in card

    def test_writes_a_card_without_a_path_of_the_machine(self, trained, data):
        card = (trained.folder / "README.md").read_text()

        for path in (trained.folder, data, base_settings().folder):
            assert str(path) not in card

    def test_refuses_a_folder_that_holds_something_else(self, data, tmp_path):
        (tmp_path / "letter.txt").write_text("mine")

        with pytest.raises(OutputTaken, match="is not empty"):
            train_encoder(
                SMALL, data=data, output=tmp_path, tell=print, with_scores=False
            )

        assert (tmp_path / "letter.txt").read_text() == "mine"

    def test_refuses_to_go_on_from_another_recipe(self, data, tmp_path, monkeypatch):
        output = tmp_path / "output"
        (output / "checkpoints").mkdir(parents=True)
        (output / "checkpoints" / "run").write_text("of another")

        with pytest.raises(OutputTaken, match="checkpoints of another recipe"):
            train_encoder(SMALL, data=data, output=output, tell=print)


PART = """
summary = "One of two."
learning_rate = 1e-3
max_tokens = 16
threads = 1
[lora]
rank = 4
alpha = 8
[batches]
size = 8
[[data]]
"""


class TestAnAverage:
    def test_is_the_mean_of_its_runs(self, data, tmp_path):
        for name, pairs in (("one", "skill_sentence_label"), ("two", "task_title")):
            path = tmp_path / f"{name}.toml"
            path.write_text(f'name = "{name}"{PART}pairs = "{pairs}"\n')
        mean = Recipe(
            name="mean",
            summary="Of both.",
            average_of=(str(tmp_path / "one.toml"), str(tmp_path / "two.toml")),
            lora=Lora(rank=4, alpha=8),
        )

        weights = [
            weights_of(
                train_encoder(
                    recipe,
                    seed=42,
                    data=data,
                    output=tmp_path / "outputs" / recipe.name,
                    tell=lambda _line: None,
                    with_scores=False,
                ).folder
            )
            for recipe in (*parts_of(mean), mean)
        ]

        for name, weight in weights[2].items():
            both = (weights[0][name] + weights[1][name]) / 2
            assert torch.allclose(weight, both, atol=1e-6)
        assert not torch.equal(weights[0][NAME], weights[2][NAME])


class TestTheFullMethod:
    def test_saves_a_folder_that_can_be_the_encoder(self, data, tmp_path):
        recipe = replace(
            SMALL, method="full", epochs=1, batches=Batches(size=8, distinct=False)
        )

        saved = train_encoder(
            recipe,
            data=data,
            output=tmp_path / "full",
            tell=lambda _line: None,
            with_scores=False,
        )

        settings = folder_settings(saved.folder)
        verify_dimensions(settings)
        assert not settings.is_packaged
        base = load_encoder(base_settings()).encode_first(TEXTS)
        assert np.abs(load_encoder(settings).encode_first(TEXTS) - base).max() > 1e-3

    def test_averages_with_the_base_by_the_kept_part(self, tmp_path):

        model = training_run.packaged_model()
        with torch.no_grad():
            model.get_parameter("0.model.pooler.dense.bias").add_(1.0)
        before = training_run.packaged_model().state_dict()

        save([model], replace(SMALL, method="full", kept_scale=0.25), tmp_path)

        halved = model.state_dict()
        for name, weight in before.items():
            moved = (halved[name] - weight).abs().max()
            assert moved == pytest.approx(
                0.25 if name.endswith("pooler.dense.bias") else 0, abs=1e-6
            )


class TestSaveAdapter:
    def test_halving_the_scale_halves_the_change(self, data, tmp_path, trained):
        config = json.loads((trained.folder / "adapter_config.json").read_text())
        model = training_run.start_model(SMALL)
        saved = save([model], replace(SMALL, kept_scale=0.5), tmp_path)

        halved = json.loads((saved.folder / "adapter_config.json").read_text())

        assert halved["lora_alpha"] == config["lora_alpha"] / 2

    def test_of_nothing_learnt_is_the_base(self, tmp_path):
        # The second factor of a fresh adapter is zero.
        saved = save([training_run.start_model(SMALL)], SMALL, tmp_path)

        base = load_encoder(base_settings()).encode_first(TEXTS)

        assert np.array_equal(vectors_of(saved.folder), base)

    def test_refuses_what_would_not_fit_where_it_ships(self, tmp_path):
        large = replace(SMALL, lora=Lora(rank=64, alpha=64))

        with pytest.raises(AdapterTooLarge, match="lower its rank"):
            save([training_run.start_model(large)], large, tmp_path)

        assert (tmp_path / WEIGHTS).stat().st_size > 4 * 1024 * 1024
