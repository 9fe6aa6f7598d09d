from random import Random

import pytest

from recruit.demo.phrases import expand, pick


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - not a secret


class TestExpand:
    def test_is_the_same_for_the_same_seed(self):
        pattern = "Led [a|one] team of {4-12} for {1000-9000/500} euro."

        assert expand(pattern, chance(1)) == expand(pattern, chance(1))

    def test_takes_one_of_the_choices(self):
        assert expand("[x|x]", chance(1)) == "x"

    def test_takes_numbers_within_bounds_and_step(self):
        numbers = {int(expand("{10-30/10}", chance(seed))) for seed in range(50)}

        assert numbers == {10, 20, 30}

    def test_groups_the_digits_of_large_numbers(self):
        assert expand("{1200},000 euro", chance(1)) == "1,200,000 euro"

    def test_lets_choices_hold_numbers_and_choices(self):
        assert expand("[{7} [a|a]|{7} a]", chance(1)) == "7 a"

    def test_puts_words_given_by_name(self):
        assert expand("in [focus]", chance(1), {"focus": "rail"}) == "in rail"

    @pytest.mark.parametrize(
        ("pattern", "sentence"),
        [
            ("a {18}-bed ward", "an 18-bed ward"),
            ("a {80} MW plant", "an 80 MW plant"),
            ("a {28}-bed ward", "a 28-bed ward"),
            ("a {180}-bed ward", "a 180-bed ward"),
        ],
    )
    def test_chooses_the_article_by_sound(self, pattern, sentence):
        assert expand(pattern, chance(1)) == sentence


class TestPick:
    def test_repeats_nothing_and_never_asks_for_too_many(self):
        assert sorted(pick(["a", "b"], 5, chance(1))) == ["a", "b"]
