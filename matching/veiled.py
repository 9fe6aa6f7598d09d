"""What matching found, as the pages of a job that hides names may show it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from matching.types import Explanation, RequirementEvidence
from recruit.applications.veil import Veil, Words
from recruit.candidates.models import Candidate


class AboutSomebody(Protocol):
    """A frozen row of a list that shows a person."""

    @property
    def candidate(self) -> Candidate: ...


@dataclass(frozen=True, slots=True)
class About:
    """A person, and what their profile shows for the requirements of one job."""

    candidate: Candidate
    explanation: Explanation


R = TypeVar("R", bound=AboutSomebody)


def behind_veil(rows: Sequence[R], veil: Veil) -> tuple[R, ...]:
    """Return rows with copies of the people who are hidden, evidence included."""
    if not veil.is_on:
        return tuple(rows)
    shown = veil.people([row.candidate for row in rows])
    return tuple(_behind(row, shown[row.candidate.pk], veil) for row in rows)


def _behind(row: R, person: Candidate, veil: Veil) -> R:
    if person is row.candidate:
        return row
    changed: dict[str, Any] = {"candidate": person}
    explanation = getattr(row, "explanation", None)
    if explanation is not None:
        changed["explanation"] = veiled_explanation(explanation, row.candidate, veil)
    return replace(row, **changed)  # type: ignore[type-var]


def veiled_explanation(
    explanation: Explanation, candidate: Candidate, veil: Veil
) -> Explanation:
    """Return evidence without what says who a hidden person (`with_profile`) is."""
    words = Words.of(candidate)
    return replace(
        explanation,
        requirements=tuple(
            _veiled(one, words, veil) for one in explanation.requirements
        ),
    )


def _veiled(one: RequirementEvidence, words: Words, veil: Veil) -> RequirementEvidence:
    rests_on, source = one.evidence, one.evidence.source_id
    evidence = replace(
        rests_on,
        text=words.out_of(rests_on.text),
        note=words.out_of(rests_on.note),
        source_id=veil.id_of(source) if source else None,
    )
    return replace(one, evidence=evidence)
