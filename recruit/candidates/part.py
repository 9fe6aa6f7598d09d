"""One kind of row below a candidate, written as a whole."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from recruit.candidates.inputs import (
    ProfileInput,
)
from recruit.candidates.models import (
    Candidate,
)
from recruit.common.copying import copy_rows
from recruit.skills.models import Skill

S = TypeVar("S")
M = TypeVar("M", bound=models.Model)

# What the operations set themselves.
NEVER_CHECKED = ("candidate", "skill", "added_at")
MOST_ROWS = 500  # of one part: a person with more is a broken file


class Part(ABC, Generic[S, M]):
    """One kind of row below a candidate, replaced as a whole when it differs."""

    name: str
    model: type[M]
    compared: Sequence[str]

    @abstractmethod
    def stated(self, profile: ProfileInput) -> Sequence[S] | None:
        """Return what the profile says of this part, None for nothing."""

    @abstractmethod
    def row(self, candidate: Candidate, stated: S, skills: Mapping[str, Skill]) -> M:
        """Return one unsaved row."""

    def rows(
        self, candidate: Candidate, stated: Sequence[S], skills: Mapping[str, Skill]
    ) -> list[M]:
        """Return checked, unsaved rows. Raise ValidationError naming the part."""
        self.refuse_many(stated)
        made = self.merged([self._known(candidate, one, skills) for one in stated])
        for number, row in enumerate(made, start=1):
            self.check(row, number)
        return made

    def _known(self, candidate: Candidate, stated: S, skills: Mapping[str, Skill]) -> M:
        row = self.row(candidate, stated, skills)
        if (row_id := stated.row_id) is not None:  # type: ignore[attr-defined]
            row.pk = row_id
        return row

    @abstractmethod
    def held(self, row: M) -> S:
        """Return a row as it would be stated, by its id."""

    def refuse_many(self, stated: Sequence[S]) -> None:
        """Raise ValidationError for more entries than one person can have."""
        if len(stated) > MOST_ROWS:
            raise ValidationError(
                {
                    self.name: _("%(count)d entries; at most %(most)d are taken.")
                    % {"count": len(stated), "most": MOST_ROWS}
                }
            )

    def merged(self, rows: list[M]) -> list[M]:
        """Return the rows without those that say the same twice."""
        return rows

    def check(self, row: M, number: int) -> None:
        """Raise ValidationError naming the part and the number of the entry."""
        try:
            row.clean_fields(exclude=NEVER_CHECKED)
            row.clean()
        except ValidationError as error:
            texts = [
                f"{number}. {field}: {text}"
                for field, messages in error.message_dict.items()
                for text in messages
            ]
            raise ValidationError({self.name: texts}) from error

    def of(self, candidate: Candidate) -> "models.QuerySet[M]":
        return self.model._default_manager.filter(candidate=candidate)

    def _signatures(self, rows: Iterable[M]) -> list[tuple[Any, ...]]:
        return [tuple(getattr(row, name) for name in self.compared) for row in rows]

    def differs(self, candidate: Candidate, rows: list[M]) -> bool:
        """True where the rows are not what the (prefetched) candidate has."""
        held = getattr(candidate, self.name).all()
        return self._signatures(held) != self._signatures(rows)

    def replace(
        self, changes: Sequence[tuple[Candidate, list[M]]], *, new: Collection[UUID]
    ) -> None:
        """Write the rows of many people in place of those they had.

        Of the new people there is nothing to take away.
        """
        known = [who for who, _rows in changes if who.pk not in new]
        for candidate, rows in changes:
            if candidate.pk not in new:
                self._recognise(candidate, rows)
            for position, row in enumerate(rows):
                row.candidate_id = candidate.pk  # type: ignore[attr-defined]
                if hasattr(row, "position"):
                    row.position = position
        if known:
            self.model._default_manager.filter(candidate__in=known).delete()
        copy_rows(self.model, [row for _candidate, rows in changes for row in rows])
        for candidate, _rows in changes:
            # What was prefetched is no longer so.
            getattr(candidate, "_prefetched_objects_cache", {}).pop(self.name, None)

    def _recognise(self, candidate: Candidate, rows: list[M]) -> None:
        """Keep the ids of rows that stay as they were, or are stated by their ids."""
        there = {row.pk: row for row in getattr(candidate, self.name).all()}
        named = {row.pk for row in rows}
        others = [row for row in there.values() if row.pk not in named]
        alike: dict[tuple[Any, ...], list[M]] = defaultdict(list)
        for row, signature in zip(others, self._signatures(others), strict=True):
            alike[signature].append(row)
        for row, signature in zip(rows, self._signatures(rows), strict=True):
            if row.pk in there:
                self.carry_over(row, there[row.pk])
            elif alike[signature]:
                self.carry_over(row, alike[signature].pop(0))

    def carry_over(self, row: M, held: M) -> None:
        """Make a stated row the one that is held: what is not stated stays."""
        row.pk = held.pk
