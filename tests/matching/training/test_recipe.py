from dataclasses import replace

import pytest

from matching.training.recipe import RECIPES, RecipeInvalid, load_recipe, parts_of


@pytest.fixture
def written(tmp_path):
    def write(text, name="own.toml"):
        path = tmp_path / name
        path.write_text(text)
        return str(path)

    return write


class TestLoadRecipe:
    def test_reads_the_card_as_the_card_says(self):
        recipe = load_recipe("card")

        assert (recipe.seed, recipe.epochs, recipe.learning_rate) == (42, 3, 5e-5)
        assert (recipe.loss.scale, recipe.batches.size) == (20.0, 16)
        assert (recipe.warmup, recipe.max_tokens, recipe.method) == (0.0, 256, "full")
        assert recipe.data[0].repeated_to == 16_000
        assert not recipe.batches.distinct
        assert recipe.kept_scale == 1.0

    @pytest.mark.parametrize("path", sorted(RECIPES.glob("**/*.toml")), ids=str)
    def test_reads_every_recipe_of_the_project(self, path):
        recipe = load_recipe(str(path))

        assert recipe.name == path.stem
        assert parts_of(recipe)

    def test_replaces_what_the_extending_recipe_says(self, written):
        recipe = load_recipe(
            written('extends = "card"\nname = "own"\n[batches]\nsize = 8\n')
        )

        assert (recipe.name, recipe.batches.size) == ("own", 8)
        assert recipe.batches.distinct is False
        assert recipe.epochs == 3

    def test_of_an_unknown_name_lists_the_known(self):
        with pytest.raises(RecipeInvalid, match=r"no recipe foo.*card.*default"):
            load_recipe("foo")

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("name = ", "cannot be read"),
            ('name = "a"\nsummary = ""\ndata = []\nfoo = 1', "foo is not a field"),
            ('name = "a"\nsummary = ""\ndata = []\nepochs = "x"', "epochs cannot be"),
            ('name = "a"\nsummary = ""\ndata = []\nseed = true', "seed cannot be True"),
            ('name = "a"\nsummary = ""\ndata = []\nmethod = "b"', "method cannot be"),
            ('name = "a"\nsummary = ""\ndata = []\n[lora]\nrang = 1', "lora.rang"),
            ('name = "a"\nsummary = ""', "either"),
            ('extends = "card"\nname = "a"\naverage_of = ["work"]', "either"),
            ('extends = "gone"\nname = "a"', r"gone\.toml cannot be read"),
        ],
    )
    def test_names_file_and_field_of_a_mistake(self, written, text, told):
        with pytest.raises(RecipeInvalid, match=told):
            load_recipe(written(text))


class TestPartsOf:
    def test_of_the_default_are_two_runs_with_its_seed(self):
        recipe = replace(load_recipe("default"), seed=7)

        parts = parts_of(recipe)

        assert [(part.name, part.seed) for part in parts] == [
            ("work", 7),
            ("skills", 7),
        ]

    def test_hold_no_duplicates_in_a_batch_and_have_hard_negatives(self):
        for part in parts_of(load_recipe("default")):
            assert part.batches.distinct
            assert part.batches.hard_negatives

    def test_that_do_not_fit_together_are_refused(self, written):
        recipe = load_recipe(
            written('name = "a"\nsummary = ""\naverage_of = ["work", "card"]')
        )

        with pytest.raises(RecipeInvalid, match="card is no run of an adapter"):
            parts_of(recipe)
