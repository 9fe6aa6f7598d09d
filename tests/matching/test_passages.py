"""Long texts in passages: nothing is lost, cut in a word, or without end."""

import re

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matching.passages import (
    DECAY,
    Passage,
    Span,
    career_weights,
    combine,
    job_weights,
    passages,
)

LONGEST = 10
MOST = 100

words = st.text("abcXYZ9", min_size=1, max_size=6)
marks = st.sampled_from([" ", " ", " ", ". ", "\n", ", ", "! "])
texts = st.lists(st.tuples(words, marks), max_size=150).map(
    lambda parts: "".join(word + mark for word, mark in parts)
)
vectors = st.lists(
    st.lists(st.floats(-1, 1, width=32), min_size=4, max_size=4)
    .map(lambda numbers: np.array(numbers, dtype=np.float32))
    .filter(lambda vector: np.linalg.norm(vector) > 0.1)
    .map(lambda vector: vector / np.linalg.norm(vector)),
    min_size=1,
    max_size=5,
)

quick = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def spans_of(text: str) -> list[Span]:
    """Return tokens of at most three letters: longer words are several tokens."""
    return [match.span() for match in re.finditer(r"\w{1,3}|[^\w\s]", text)]


def parted(text: str, longest: int = LONGEST, most: int = MOST) -> list[Passage]:
    return passages(text, spans_of(text), longest=longest, most=most)


def units(*directions: NDArray[np.float64]) -> list[NDArray[np.float32]]:
    return [
        (direction / np.linalg.norm(direction)).astype(np.float32)
        for direction in directions
    ]


class TestPassages:
    @pytest.mark.parametrize("text", ["", "one", "a b c d e f g h i j", "  \n "])
    def test_are_the_text_itself_where_it_is_read_at_once(self, text):
        assert parted(text) == [Passage(text, len(spans_of(text)))]

    def test_end_where_a_line_ends_rather_than_a_sentence(self):
        (first, *_more) = parted("a b c d e f\ng h. i j k l m n o p q r s t")

        assert first == Passage("a b c d e f", 6)

    def test_end_where_a_sentence_ends_rather_than_a_word(self):
        (first, *_more) = parted("a b c d e f g. h i j k l m n o p q r s t")

        assert first == Passage("a b c d e f g.", 8)

    def test_end_where_a_word_ends_rather_than_in_it(self):
        (first, *_more) = parted("a b c d e f g abcdefghijkl h i j k")

        assert first == Passage("a b c d e f g", 7)

    def test_do_not_grow_short_for_the_sake_of_a_line(self):
        (first, *_more) = parted("a\nb c d e f g h i j k l m n o p")

        assert first.added == LONGEST

    def test_cut_a_word_that_is_longer_than_a_passage(self):
        found = parted("abc" * 25)

        assert [part.added for part in found] == [10, 10, 5]
        assert found[0].text == "abc" * 10

    def test_reach_back_with_the_last_as_far_as_it_may_be_long(self):
        found = parted("a b c d e f g h i j k l m")

        assert found == [
            Passage("a b c d e f g h i j", 10),
            Passage("d e f g h i j k l m", 3),
        ]

    def test_reach_back_to_the_beginning_of_a_word(self):
        (_first, last) = parted("a b abcdef g h i j k l m n o")

        assert last == Passage("g h i j k l m n o", 3)

    def test_stop_reading_a_text_without_end(self):
        found = parted("a b c d. " * 10_000, most=23)

        assert sum(part.added for part in found) == 23
        assert len(found) == 3

    @quick
    @given(texts)
    def test_leave_out_no_token(self, text):
        found = parted(text, most=10**6)

        assert sum(part.added for part in found) == len(spans_of(text))

    @quick
    @given(texts)
    def test_are_bounded(self, text):
        found = parted(text)

        assert sum(part.added for part in found) <= MOST
        assert len(found) <= 2 * MOST // LONGEST
        assert all(len(spans_of(part.text)) <= LONGEST for part in found)
        assert all(part.added > 0 for part in found) or not spans_of(text)

    @quick
    @given(texts)
    def test_begin_and_end_with_whole_words_of_ordinary_length(self, text):
        said = re.findall(r"\w+", text)

        for part in parted(text):
            assert set(re.findall(r"\w+", part.text)) <= set(said)

    @quick
    @given(texts)
    def test_are_the_same_every_time(self, text):
        assert parted(text) == parted(text)


class TestCareerWeights:
    def test_count_what_a_passage_adds_and_where_it_stands(self):
        parts = [Passage("first", 200), Passage("second", 200), Passage("third", 100)]

        found = career_weights(parts)

        assert found == pytest.approx([200, 200 * DECAY, 100 * DECAY**2])


class TestJobWeights:
    def test_count_less_what_is_unlike_the_others(self):
        work, more_work = np.array([1, 0.1]), np.array([1, -0.1])
        benefits = np.array([0.1, 1])
        parts = [Passage("", 100)] * 3

        first, other, second = job_weights(parts, units(work, benefits, more_work))

        assert min(first, second) > 2 * other > 0

    def test_count_what_a_passage_adds(self):
        parts = [Passage("", 200), Passage("", 50)]

        first, second = job_weights(parts, units(np.ones(2), np.ones(2)))

        assert first == pytest.approx(4 * second)

    @quick
    @given(vectors)
    def test_are_never_nothing(self, found):
        parts = [Passage("", 1 + place) for place in range(len(found))]

        assert all(weight > 0 for weight in job_weights(parts, found))

    @quick
    @given(vectors)
    def test_do_not_depend_on_the_order(self, found):
        parts = [Passage("", 10)] * len(found)

        ahead = job_weights(parts, found)

        if np.linalg.norm(np.mean(found, axis=0)) > 0.01:
            behind = job_weights(parts, found[::-1])[::-1]
            assert ahead == pytest.approx(behind, abs=1e-3)


class TestCombine:
    def test_leaves_a_single_vector_as_it_is(self):
        vector = np.array([0.6, 0.8], dtype=np.float32)

        assert combine([vector], [254.0]) is vector

    def test_leans_to_the_heavier(self):
        east, north = np.eye(2, dtype=np.float32)

        found = combine([east, north], [3.0, 1.0])

        assert found == pytest.approx(np.array([3, 1]) / 10**0.5)

    def test_takes_the_first_where_vectors_point_apart(self):
        east = np.array([1, 0], dtype=np.float32)

        assert np.array_equal(combine([east, -east], [1.0, 1.0]), east)

    @quick
    @given(vectors)
    def test_makes_a_unit_vector(self, found):
        combined = combine(found, [1.0 + place for place in range(len(found))])

        assert combined.dtype == np.float32
        assert np.linalg.norm(combined) == pytest.approx(1, abs=1e-5)

    @quick
    @given(vectors, st.randoms(use_true_random=False))
    def test_does_not_depend_on_the_order_of_equal_weights(self, found, random):
        shuffled = random.sample(found, len(found))

        ahead = combine(found, [1.0] * len(found))
        behind = combine(shuffled, [1.0] * len(found))

        if np.linalg.norm(np.mean(found, axis=0)) > 0.01:
            assert behind == pytest.approx(ahead, abs=1e-4)
