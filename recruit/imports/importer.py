"""What the importers of jobs, candidates and applications have in common."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.candidates.models import Candidate
from recruit.candidates.querysets import CandidateQuerySet
from recruit.imports.cells import refuse_spoilt
from recruit.imports.readers import Sender
from recruit.imports.seen import SeenRows
from recruit.imports.types import Row, RowResult
from recruit.jobs.models import Job
from recruit.jobs.querysets import JobQuerySet

T = TypeVar("T")
Key = tuple[str, str]  # source and external id


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the rows come from, who brings them, and when."""

    source: str
    actor: Actor
    imported_at: datetime
    sender: Sender | None = None  # whose rights limit what is found; None sees all

    def jobs(self) -> JobQuerySet:
        """Return the jobs that rows may speak of."""
        return Job.objects.all() if self.sender is None else self.sender.jobs()

    def candidates(self) -> CandidateQuerySet:
        """Return the people whom rows may speak of."""
        if self.sender is None:
            return Candidate.objects.not_erased()
        return self.sender.candidates()


class Importer(Protocol[T]):
    """Makes what one kind of row says into rows of the database."""

    def read(self, row: Row) -> T:
        """Understand a row. Raise ValidationError naming bad fields."""

    def write(self, rows: Sequence[T]) -> list[RowResult]:
        """Write rows inside the caller's transaction; bad ones say why."""


def external_id_of(values: Mapping[str, str]) -> str:
    """Return the row's own id. Raise ValidationError for a spoilt one."""
    external_id = values.get("external_id", "")
    refuse_spoilt("external_id", external_id)
    return external_id


def id_from_content(values: Mapping[str, str]) -> str:
    """Return an id for a row that brings none: the same row, the same id."""
    said = "\x1f".join(
        f"{field}\x1e{text}" for field, text in sorted(values.items()) if text
    )
    return f"row-{hashlib.blake2b(said.encode(), digest_size=10).hexdigest()}"


def claim(seen: SeenRows, field: str, key: str, number: int) -> None:
    """Take a key for a row. Raise ValidationError where an earlier row has it."""
    first = seen.claim(f"{field}:{key}", number)
    if first != number:
        raise ValidationError(
            {
                field: _("“%(key)s” stands in row %(first)d already.")
                % {"key": key[:80], "first": first}
            }
        )


def said(key: Key, origin: Origin) -> str:
    """Return an id of another system as it is claimed, and told where it is double."""
    source, external_id = key
    return external_id if source == origin.source else f"{external_id} ({source})"
