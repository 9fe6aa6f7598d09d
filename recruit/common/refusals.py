"""Refusals: what an operation answers when the facts forbid it."""

from django.utils.functional import Promise


class Refused(Exception):
    """An operation is not possible as things stand; the sentence says why."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class NotYours(Refused):
    """Others have the right to do this, the caller has not."""


class StaleVersion(Refused):
    """Somebody changed the row after the caller had read it."""
