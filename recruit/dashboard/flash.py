"""Messages for the next page, with an Undo button where a move can be taken back."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Undo:
    application_id: UUID
    version: int


def tell_moved(request: HttpRequest, text: str, undo: Undo) -> None:
    """Say what was done and offer to take it back."""
    tags = f"{UNDO}:{undo.application_id}:{undo.version}"
    messages.success(request, text, extra_tags=tags)


def undo_of_tags(tags: str) -> Undo | None:
    """Read back what `tell_moved` put into the tags of a message."""
    word, _, rest = tags.partition(":")
    if word != UNDO:
        return None
    application_id, _, version = rest.partition(":")
    return Undo(application_id=UUID(application_id), version=int(version))
