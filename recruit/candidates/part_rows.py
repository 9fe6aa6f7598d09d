"""Writes of one row of a profile: a skill, a post, a qualification, a language.

Each is a write of the whole part, in which all other rows keep their ids: the same
checks, the same event, the same stamp.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.candidates.inputs import ProfileInput
from recruit.candidates.models import Candidate
from recruit.candidates.operations import ProfileWrite, locked, save_one
from recruit.candidates.part import NEVER_CHECKED, Part
from recruit.common.ids import uuid7
from recruit.common.refusals import Refused
from recruit.skills.models import Skill

M = TypeVar("M", bound=models.Model)


class HeldAlready(Refused):
    """The person has this skill or language already, in another row."""


@transaction.atomic
def add_row(
    *,
    candidate_id: UUID,
    part: Part[Any, M],
    stated: Any,
    actor: Actor,
    changed_at: datetime,
    expected_version: int | None = None,
) -> tuple[Candidate, M]:
    """Add a row at the end of a part.

    Raise HeldAlready, StaleVersion, CandidateErased, or ValidationError naming fields.
    """
    candidate = _locked(candidate_id, part, expected_version)
    added = replace(stated, row_id=stated.row_id or uuid7())
    rows = [*_held(candidate, part), added]
    return _Write(candidate, part, actor, changed_at).save_with(rows, added)


@transaction.atomic
def change_row(
    *,
    candidate_id: UUID,
    part: Part[Any, M],
    row_id: UUID,
    fields: dict[str, Any],
    actor: Actor,
    changed_at: datetime,
    expected_version: int | None = None,
) -> tuple[Candidate, M]:
    """Change what is given of a row; equal input writes nothing.

    Raise the part's DoesNotExist, and what `add_row` raises.
    """
    candidate = _locked(candidate_id, part, expected_version)
    rows = _held(candidate, part)
    place = _place(rows, part, row_id)
    rows[place] = replace(rows[place], **fields)
    write = _Write(candidate, part, actor, changed_at)
    return write.save_with(rows, rows[place])


@transaction.atomic
def remove_row(
    *,
    candidate_id: UUID,
    part: Part[Any, M],
    row_id: UUID,
    actor: Actor,
    changed_at: datetime,
    expected_version: int | None = None,
) -> Candidate:
    """Take a row away. Raise the part's DoesNotExist, StaleVersion, CandidateErased."""
    candidate = _locked(candidate_id, part, expected_version)
    rows = _held(candidate, part)
    del rows[_place(rows, part, row_id)]
    return _Write(candidate, part, actor, changed_at).save(rows)


def _locked(
    candidate_id: UUID, part: Part[Any, Any], expected_version: int | None
) -> Candidate:
    with_skill = "__skill" if part.name == "skills" else ""
    people = Candidate.objects.prefetch_related(f"{part.name}{with_skill}")
    return locked(people, candidate_id, expected_version)


def _held(candidate: Candidate, part: Part[Any, Any]) -> list[Any]:
    return [part.held(row) for row in getattr(candidate, part.name).all()]


def _place(rows: Sequence[Any], part: Part[Any, Any], row_id: UUID) -> int:
    for place, row in enumerate(rows):
        if row.row_id == row_id:
            return place
    raise part.model.DoesNotExist


@dataclass(frozen=True, slots=True)
class _Write(Generic[M]):
    """A write of one part of a locked person."""

    candidate: Candidate
    part: Part[Any, M]
    actor: Actor
    at: datetime

    def save(self, rows: Sequence[Any]) -> Candidate:
        stated: dict[str, Any] = {self.part.name: rows}
        profile = ProfileInput(**stated)
        write = ProfileWrite(self.candidate, profile, is_new=False)
        return save_one(write, self.actor, self.at)

    def save_with(self, rows: Sequence[Any], stated: Any) -> tuple[Candidate, M]:
        """Write rows, and return the one that is stated."""
        self._check_alone(stated)
        saved = self.save(rows)
        there = {row.pk: row for row in self.part.of(saved)}
        if len(there) != len(rows):
            raise HeldAlready(_("The person has this already, in another row."))
        return saved, there[stated.row_id]

    def _check_alone(self, stated: Any) -> None:
        """Raise ValidationError naming the fields of the row itself."""
        words = getattr(stated, "skill", None)
        skills = {} if words is None else {words: Skill()}
        row = self.part.row(self.candidate, stated, skills)
        row.clean_fields(exclude=NEVER_CHECKED)
        row.clean()
