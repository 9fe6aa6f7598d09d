"""Messages for the next page, with an Undo button where a move can be taken back."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest

UNDO, UNDO_BATCH, UNDO_CRITERIA = "undo", "undo-batch", "undo-criteria"


@dataclass(frozen=True, slots=True)
class Undo:
    """The last move of one person."""

    application_id: UUID
    version: int

    @property
    def tags(self) -> str:
        return f"{UNDO}:{self.application_id}:{self.version}"


@dataclass(frozen=True, slots=True)
class BatchUndo:
    """What was done with many people of one job at once."""

    code: str  # of the job
    batch_id: UUID

    @property
    def tags(self) -> str:
        return f"{UNDO_BATCH}:{self.batch_id}:{self.code}"


@dataclass(frozen=True, slots=True)
class CriteriaUndo:
    """The criteria of a job that counted before they were changed."""

    code: str  # of the job
    number: int  # of the version to return to
    version: int  # of the job

    @property
    def tags(self) -> str:
        return f"{UNDO_CRITERIA}:{self.number}:{self.version}:{self.code}"


def tell_moved(
    request: HttpRequest, text: str, undo: Undo | BatchUndo | CriteriaUndo
) -> None:
    """Say what was done and offer to take it back."""
    messages.success(request, text, extra_tags=undo.tags)


def undo_of_tags(tags: str) -> Undo | None:
    """Read back what `tell_moved` put into the tags of a message."""
    word, _, rest = tags.partition(":")
    if word != UNDO:
        return None
    application_id, _, version = rest.partition(":")
    return Undo(application_id=UUID(application_id), version=int(version))


def batch_undo_of_tags(tags: str) -> BatchUndo | None:
    """Read back what `tell_moved` put into the tags of a message about many."""
    word, _, rest = tags.partition(":")
    if word != UNDO_BATCH:
        return None
    batch_id, _, code = rest.partition(":")
    return BatchUndo(code=code, batch_id=UUID(batch_id))


def criteria_undo_of_tags(tags: str) -> CriteriaUndo | None:
    """Read back what `tell_moved` put into the tags of a message about criteria."""
    word, _, rest = tags.partition(":")
    if word != UNDO_CRITERIA:
        return None
    number, version, code = rest.split(":", maxsplit=2)
    return CriteriaUndo(code=code, number=int(number), version=int(version))
