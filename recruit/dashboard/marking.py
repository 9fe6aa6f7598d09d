"""Where in a profile the evidence stands: its texts with the sentences marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from matching.types import EvidenceKind, EvidenceState, Explanation, RequirementEvidence
from matching.why import Held
from recruit.candidates.models import Candidate
from recruit.dashboard.templatetags.wording import period

LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; a marked one can be pointed at."""

    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a profile."""

    title: str
    pieces: tuple[Piece, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pointed:
    """A requirement, and where in the profile it points to."""

    requirement: RequirementEvidence
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """Why somebody stands where they stand, as a page shows it."""

    explanation: Explanation
    similarity: float | None
    left_out: tuple[str, ...]
    requirements: tuple[Pointed, ...]
    parts: tuple[Part, ...]
    skills: tuple[Piece, ...]

    @property
    def missing(self) -> list[str]:
        return self._in_state(EvidenceState.MISSING)

    @property
    def unknown(self) -> list[str]:
        return self._in_state(EvidenceState.NO_DATA)

    def _in_state(self, state: EvidenceState) -> list[str]:
        asked = self.explanation.requirements
        return [one.skill for one in asked if one.state == state]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A sentence to be marked in the text of one row."""

    source_id: UUID | None
    sentence: str
    anchor: str


def why_of(candidate: Candidate, held: Held) -> Why:
    """Return the profile (loaded `with_profile`) with its evidence marked."""
    anchors = {
        one.skill_id: f"evidence-{candidate.pk.hex}-{place}"
        for place, one in enumerate(held.explanation.requirements, start=1)
    }
    quoted = {EvidenceKind.EXPERIENCE, EvidenceKind.TEXT}
    wanted = [
        _Wanted(one.evidence.source_id, one.evidence.text, anchors[one.skill_id])
        for one in held.explanation.requirements
        if one.evidence.kind in quoted
    ]
    parts = tuple(_parts(candidate, wanted))
    skills = tuple(_skills(candidate, held.explanation, anchors))
    marked = {piece.anchor for part in parts for piece in part.pieces}
    marked |= {piece.anchor for piece in skills}
    return Why(
        explanation=held.explanation,
        similarity=held.similarity,
        left_out=held.left_out,
        requirements=tuple(
            Pointed(
                one, anchors[one.skill_id] if anchors[one.skill_id] in marked else ""
            )
            for one in held.explanation.requirements
        ),
        parts=parts,
        skills=skills,
    )


def _parts(candidate: Candidate, wanted: Sequence[_Wanted]) -> Iterator[Part]:
    texts = [
        (candidate.pk, _("Headline"), "", candidate.headline),
        (candidate.pk, _("Summary"), "", candidate.summary),
        *(
            (
                work.pk,
                _("Experience"),
                period(work),
                f"{work.title}\n{work.description}",
            )
            for work in candidate.experience.all()
        ),
        *((one.pk, one.title, "", one.text) for one in candidate.documents.all()),
    ]
    left = list(wanted)
    for source_id, title, note, text in texts:
        mine = [one for one in left if one.source_id == source_id]
        pieces, found = _marked(text[:LONGEST_TEXT], mine)
        left = [one for one in left if one.anchor not in found]
        if text.strip():
            yield Part(title, pieces, note)


def _marked(text: str, wanted: Sequence[_Wanted]) -> tuple[tuple[Piece, ...], set[str]]:
    """Return a text in pieces, and the anchors that stand in it."""
    spans = []
    for one in wanted:
        words = map(re.escape, one.sentence.split())
        found = re.search(r"\s+".join(words), text) if one.sentence else None
        if found:
            spans.append((found.start(), found.end(), one.anchor))
    pieces: list[Piece] = []
    end = 0
    for start, stop, anchor in sorted(spans):
        if stop <= end:
            # Two requirements rest on the same sentence: the first mark serves both.
            pieces.append(Piece("", anchor))
            continue
        begin = max(start, end)
        pieces += [Piece(text[end:begin]), Piece(text[begin:stop], anchor)]
        end = stop
    pieces.append(Piece(text[end:]))
    return tuple(pieces), {anchor for _start, _stop, anchor in spans}


def _skills(
    candidate: Candidate, explanation: Explanation, anchors: dict[UUID, str]
) -> Iterator[Piece]:
    rested_on = {
        one.evidence.source_id: anchors[one.skill_id]
        for one in explanation.requirements
        if one.evidence.kind in {EvidenceKind.SKILL, EvidenceKind.NEAR_SKILL}
    }
    for row in candidate.skills.all():
        parts = [row.skill.name, str(row.get_proficiency_display())]
        yield Piece(", ".join(filter(None, parts)), rested_on.get(row.pk, ""))
