import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.training.batches import interleave, lay_out
from matching.training.pairs import Pair
from matching.training.recipe import Batches


def rows_of(count, *, groups=None):
    return [
        Pair(f"anchor {number} {'x' * (number % 7)}", f"positive {number}", "kind",
             f"group {number % groups if groups else number}")
        for number in range(count)
    ]  # fmt: skip


class TestLayOut:
    @given(st.integers(1, 200), st.integers(1, 40), st.integers(2, 16), st.integers())
    def test_never_puts_a_group_or_a_row_twice(self, count, groups, size, seed):
        rows = rows_of(count, groups=groups)

        laid = lay_out(rows, batches=Batches(size=size), seed=seed)

        numbers = [number for batch in laid for number in batch]
        assert len(numbers) == len(set(numbers))
        for batch in laid:
            assert len({rows[number].group for number in batch}) == len(batch)

    def test_does_not_put_equal_texts_of_two_groups_together(self):
        rows = [Pair(f"a {n}", "the same", "kind", f"group {n}") for n in range(4)]

        laid = lay_out(rows, batches=Batches(size=2), seed=1)

        assert laid == [laid[0]]
        assert len(laid[0]) == 1

    def test_fills_batches_of_the_size_asked_for(self):
        laid = lay_out(rows_of(130), batches=Batches(size=32), seed=1)

        assert [len(batch) for batch in laid] == [32, 32, 32, 32]

    def test_keeps_a_data_set_that_fills_no_batch(self):
        laid = lay_out(rows_of(5), batches=Batches(size=32), seed=1)

        assert [sorted(batch) for batch in laid] == [[0, 1, 2, 3, 4]]

    def test_is_the_same_for_the_same_seed_and_another_for_another(self):
        rows = rows_of(200)
        batches = Batches(size=16)

        first = lay_out(rows, batches=batches, seed=1)

        assert first == lay_out(rows, batches=batches, seed=1)
        assert first != lay_out(rows, batches=batches, seed=2)

    def test_puts_texts_of_one_length_together(self):
        rows = [
            Pair("x" * (number * 37 % 128), "p", "kind", str(number))
            for number in range(128)
        ]
        rows = [
            Pair(row.anchor, f"p{n:03}", "k", row.group) for n, row in enumerate(rows)
        ]

        laid = lay_out(rows, batches=Batches(size=16, arrangement="by_length"), seed=1)

        spreads = [
            max(lengths) - min(lengths)
            for batch in laid
            if (lengths := [len(rows[number].anchor) for number in batch])
        ]
        assert max(spreads) < 20

    def test_puts_alike_rows_together(self):
        rows = rows_of(64)
        # Four directions, in turn: a batch of eight holds four of one direction.
        vectors = np.eye(4, dtype=np.float32)[np.arange(64) % 4]

        laid = lay_out(
            rows, batches=Batches(size=8, arrangement="alike"), seed=1, vectors=vectors
        )

        for batch in laid:
            most = max(np.bincount([number % 4 for number in batch]))
            assert most >= 4

    def test_of_alike_rows_asks_for_vectors(self):
        with pytest.raises(ValueError, match="vectors"):
            lay_out(rows_of(4), batches=Batches(arrangement="alike"), seed=1)


class TestInterleave:
    def test_gives_every_batch_of_every_data_set_once(self):
        laid = [[[0, 1], [2, 3]], [[0]], []]

        together = interleave(laid, seed=3)

        assert sorted((number, tuple(batch)) for number, batch in together) == [
            (0, (0, 1)),
            (0, (2, 3)),
            (1, (0,)),
        ]
