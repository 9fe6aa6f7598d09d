"""Batches in the order in which they were laid out."""

from collections.abc import Iterator

from sentence_transformers.base.sampler import DefaultBatchSampler


class InOrder(DefaultBatchSampler):
    """One batch after the other, the rows as they stand."""

    def __iter__(self) -> Iterator[list[int]]:
        rows = len(self.sampler)  # type: ignore[arg-type]
        for start in range(0, rows, self.batch_size):
            yield list(range(start, min(start + self.batch_size, rows)))
