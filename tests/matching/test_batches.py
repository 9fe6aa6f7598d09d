"""Long sequences in pieces."""

import pytest

from matching.batches import in_batches, in_batches_of_work


class TestInBatches:
    def test_keeps_the_order(self):
        assert list(in_batches([1, 2, 3, 4, 5], 2)) == [[1, 2], [3, 4], [5]]


class TestInBatchesOfWork:
    @pytest.mark.parametrize(
        ("works", "batches"),
        [
            ([], []),
            ([1, 1, 1, 1], [[1, 1, 1], [1]]),
            ([5, 5, 1], [[5, 5], [1]]),
            ([9, 2, 8], [[9], [2, 8]]),
            ([50, 50], [[50], [50]]),
        ],
    )
    def test_puts_less_together_where_it_is_much_work(self, works, batches):
        found = in_batches_of_work(works, size=3, most=10, work_of=lambda work: work)

        assert list(found) == batches
