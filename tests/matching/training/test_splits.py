from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.training.splits import (
    HELD_OUT_PERCENT,
    KeptBack,
    SplitShares,
    is_held_out,
    refuse_shared,
)

TOLD = "Plan, direct and coordinate the storage and shipping of goods by road and rail"


class TestIsHeldOut:
    def test_keeps_back_about_a_fifth_of_the_groups(self):
        held = sum(is_held_out(f"group {number}") for number in range(2000))

        assert abs(held / 2000 - HELD_OUT_PERCENT / 100) < 0.03

    def test_does_not_depend_on_the_process(self):
        # Known answers: another digest would mix what was trained on with what judges.
        held = [f"11-{n}" for n in range(101, 120) if is_held_out(f"11-{n}")]

        assert held == ["11-101", "11-104", "11-111", "11-114", "11-118", "11-119"]


class TestKeptBack:
    def test_knows_a_text_whatever_its_case_and_points(self):
        kept_back = KeptBack(["Data analyst"])

        assert kept_back.holds_near_copy_of("data, ANALYST.")

    def test_tells_short_texts_apart_by_one_word(self):
        kept_back = KeptBack(["data analyst"])

        assert not kept_back.holds_near_copy_of("senior data analyst")

    def test_knows_a_text_with_a_word_changed(self):
        kept_back = KeptBack([TOLD])

        assert kept_back.holds_near_copy_of(TOLD.replace("rail", "sea"))

    def test_does_not_know_a_text_that_shares_half(self):
        kept_back = KeptBack([TOLD])

        half = "Plan, direct and coordinate the hiring and training of nurses and cooks"

        assert not kept_back.holds_near_copy_of(half)

    @given(
        st.lists(st.sampled_from("abcdefgh"), min_size=6, max_size=14),
        st.lists(
            st.lists(st.sampled_from("abcdefgh"), min_size=5, max_size=14), max_size=6
        ),
    )
    def test_finds_what_comparing_with_every_text_finds(self, words, kept):
        texts = [" ".join(one) for one in kept]

        found = KeptBack(texts).holds_near_copy_of(" ".join(words))

        assert found == any(_are_near(words, one) for one in kept)


class TestRefuseShared:
    def test_names_the_text_that_is_shared(self):
        kept_back = KeptBack([TOLD])

        with pytest.raises(SplitShares, match="Plan, direct and coordinate"):
            refuse_shared(["something else", TOLD], kept_back)

    def test_accepts_what_is_apart(self):
        refuse_shared(["something else", "data analyst"], KeptBack([TOLD]))


def _are_near(first, second):
    """The plain definition: equal, or at least .7 of the word pairs of both shared."""
    if first == second:
        return True
    pairs, others = (set(pairwise(one)) for one in (first, second))
    if len(pairs) < 4 or len(others) < 4:
        return False
    return len(pairs & others) / len(pairs | others) >= 0.7
