"""What other apps keep about a person, erased together with the profile.

An app that keeps something names a function when the apps start; the function is
called in the transaction of the erasure, so that nothing is ever left behind.
"""

from collections.abc import Callable
from uuid import UUID

_erase: list[Callable[[UUID], object]] = []


def erase_with(erase: Callable[[UUID], object]) -> None:
    """Name a function that erases what an app keeps about a person of this id."""
    if erase not in _erase:
        _erase.append(erase)


def erase_elsewhere(candidate_id: UUID) -> None:
    """Erase what other apps keep about a person."""
    for erase in _erase:
        erase(candidate_id)
