"""What is wrong with a row, gathered so that all of it is told at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError


class Faults:
    """The errors of one row by their fields."""

    def __init__(self) -> None:
        self._found: dict[str, Any] = {}

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Take note of a ValidationError, and go on after the block."""
        try:
            yield
        except ValidationError as error:
            self._found = error.update_error_dict(self._found)

    def __contains__(self, field: str) -> bool:
        return field in self._found

    def refuse(self) -> None:
        """Raise ValidationError naming all bad fields, if there are any."""
        if self._found:
            raise ValidationError(self._found)
