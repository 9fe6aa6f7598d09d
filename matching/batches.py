"""Long sequences in pieces."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def in_batches(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield the values in order, `size` at a time."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def in_batches_of_work(
    values: Sequence[T], *, size: int, most: int, work_of: Callable[[T], int]
) -> Iterator[list[T]]:
    """Yield the values in order, `size` at a time, fewer where they are much work.

    The work of a batch is at most `most`, but for a batch of one.
    """
    batch: list[T] = []
    work = 0
    for value in values:
        more = work_of(value)
        if batch and (len(batch) == size or work + more > most):
            yield batch
            batch, work = [], 0
        batch.append(value)
        work += more
    if batch:
        yield batch
