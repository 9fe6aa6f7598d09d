import pytest

from matching.training.pairs import DATA_SETS
from matching.training.recipe import Data, Recipe, RecipeInvalid
from matching.training.rows import TooFewRows, held_out_texts, training_rows
from matching.training.sources import SourceInvalid
from matching.training.splits import KeptBack, is_held_out
from tests.matching.training.material import write_material


@pytest.fixture
def folder(tmp_path):
    return write_material(tmp_path / "data")


def recipe_of(*data, holds_out=True, seed=42):
    return Recipe(name="own", summary="", data=data, holds_out=holds_out, seed=seed)


class TestTrainingRows:
    @pytest.mark.parametrize("name", sorted(DATA_SETS))
    def test_of_each_data_set_hold_nothing_that_is_kept_back(self, folder, name):
        rows = training_rows(recipe_of(Data(name)), folder)[name]

        assert rows
        assert not any(is_held_out(row.group) for row in rows)
        kept_back = KeptBack(held_out_texts(folder))
        assert not any(
            kept_back.holds_near_copy_of(text)
            for row in rows
            for text in (row.anchor, row.positive)
        )

    @pytest.mark.parametrize("name", sorted(DATA_SETS))
    def test_are_the_same_each_time(self, folder, name):
        first = training_rows(recipe_of(Data(name)), folder)

        assert first == training_rows(recipe_of(Data(name)), folder)

    def test_leave_out_a_near_copy_in_another_source(self, folder):
        held = next(text for text in held_out_texts(folder) if len(text.split()) > 8)
        path = folder / "esco_skills.csv"
        path.write_text(path.read_text() + f'copied skill,other,"{held}"\n')

        rows = training_rows(recipe_of(Data("skill_sentence_label")), folder)

        assert "copied skill" not in {
            row.positive for row in rows["skill_sentence_label"]
        }

    def test_of_a_recipe_that_keeps_nothing_back_are_all(self, folder):
        data = Data("role_description_skills")

        rows = training_rows(recipe_of(data, holds_out=False), folder)

        assert len(rows[data.pairs]) == 24

    def test_are_repeated_in_file_order(self, folder):
        data = Data("role_description_skills", repeated_to=50)

        rows = training_rows(recipe_of(data, holds_out=False), folder)[data.pairs]

        assert len(rows) == 50
        assert rows[:24] == rows[24:48]
        assert rows[0].anchor.startswith("Leads the people who work with bread")

    def test_are_drawn_by_digest_and_not_by_place(self, folder):
        data = Data("skill_sentence_label", most=5)
        before = training_rows(recipe_of(data, holds_out=False), folder)[data.pairs]
        path = folder / "esco_skills.csv"
        header, *lines = path.read_text().splitlines()
        path.write_text("\n".join([header, *reversed(lines)]) + "\n")

        after = training_rows(recipe_of(data, holds_out=False), folder)[data.pairs]

        assert len(before) == 5
        assert set(before) == set(after)

    def test_of_an_unknown_data_set_name_the_known(self, folder):
        with pytest.raises(RecipeInvalid, match=r"no data set gone.*role_description"):
            training_rows(recipe_of(Data("gone")), folder)

    def test_of_an_empty_file_are_refused(self, folder):
        path = folder / "role_skills_pairs.csv"
        path.write_text(path.read_text().splitlines()[0] + "\n")

        with pytest.raises(TooFewRows, match="role_description_skills has no rows"):
            training_rows(recipe_of(Data("role_description_skills")), folder)


class TestSources:
    def test_name_a_file_that_is_missing(self, folder):
        (folder / "onet_titles.csv").unlink()

        with pytest.raises(SourceInvalid, match=r"onet_titles\.csv cannot be read"):
            training_rows(recipe_of(Data("title_description")), folder)

    def test_name_a_column_that_is_missing(self, folder):
        (folder / "onet_titles.csv").write_text("soc,name\n")

        with pytest.raises(
            SourceInvalid, match=r"onet_titles\.csv has no column title"
        ):
            training_rows(recipe_of(Data("title_description")), folder)

    def test_name_the_line_that_is_cut_short(self, folder):
        (folder / "onet_titles.csv").write_text("soc,title\n11-1011.00\n")

        with pytest.raises(SourceInvalid, match=r"onet_titles\.csv, line 2: cut short"):
            training_rows(recipe_of(Data("title_description")), folder)

    def test_name_a_file_that_is_not_utf_8(self, folder):
        (folder / "onet_titles.csv").write_bytes(b"soc,title\n11,\xe9\n")

        with pytest.raises(SourceInvalid, match=r"onet_titles\.csv is not UTF-8"):
            training_rows(recipe_of(Data("title_description")), folder)
