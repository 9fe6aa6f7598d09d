"""How far a screening has come: what stands decided, in the order it was decided."""

import json
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from recruit.reviews.choices import Verdict
from recruit.reviews.models import Decision, Screening


@dataclass(frozen=True)
class Progress:
    """What stands decided now; each answer tells the script of the page of it."""

    people: tuple[UUID, ...]
    decisions: tuple[Decision, ...]  # the last made at the end

    @cached_property
    def places(self) -> dict[UUID, int]:
        """Return where each person of the list stands, from 1."""
        return {one: place for place, one in enumerate(self.people, start=1)}

    @property
    def count(self) -> int:
        return len(self.people)

    @property
    def shortlisted(self) -> int:
        return self._with(Verdict.SHORTLISTED)

    @property
    def rejected(self) -> int:
        return self._with(Verdict.REJECTED)

    @property
    def left(self) -> int:
        return self.count - len(self.decisions)

    @property
    def last(self) -> Decision | None:
        return self.decisions[-1] if self.decisions else None

    @property
    def last_place(self) -> int | None:
        return self.places[self.last.candidate_id] if self.last else None

    def decision_of(self, candidate_id: UUID) -> Decision | None:
        return next(
            (one for one in self.decisions if one.candidate_id == candidate_id), None
        )

    @property
    def undecided(self) -> list[UUID]:
        """Return of whom nothing stands decided, in the order of the list."""
        decided = {one.candidate_id for one in self.decisions}
        return [one for one in self.people if one not in decided]

    def told(self) -> dict[str, object]:
        """Return places, verdicts and the ids of decisions, and nothing of people."""
        decided = [
            [str(one.pk), self.places[one.candidate_id], one.verdict]
            for one in self.decisions
        ]
        return {"count": self.count, "decided": decided}

    def as_json(self) -> str:
        return json.dumps(self.told(), separators=(",", ":"))

    def _with(self, verdict: Verdict) -> int:
        return sum(one.verdict == verdict for one in self.decisions)


def progress_of(held: Screening) -> Progress:
    """Return how far a screening has come by now."""
    standing = held.decisions.standing().order_by("decided_at", "id")
    loaded = standing.select_related("reason")
    return Progress(tuple(held.candidate_ids), tuple(loaded))
