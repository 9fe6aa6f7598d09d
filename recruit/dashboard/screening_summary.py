"""What came of a screening: who was shortlisted, rejected and why, noted, left."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from recruit.accounts.models import User
from recruit.applications.queries import candidates_visible_to
from recruit.applications.veil import veil_of
from recruit.candidates.models import Candidate
from recruit.dashboard.screening_progress import Progress, progress_of
from recruit.notes.queries import people_noted
from recruit.reviews.choices import Verdict
from recruit.reviews.models import Screening


@dataclass(frozen=True, slots=True)
class Line:
    """A person of the list; None where they are gone or not to be seen any more."""

    place: int
    candidate: Candidate | None


@dataclass(frozen=True, slots=True)
class Group:
    """The people of whom the same came out."""

    name: str  # in addresses
    title: str
    tone: str
    people: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Everybody of a screening by what came out of it."""

    progress: Progress
    shortlisted: Group
    rejected: tuple[Group, ...]  # one for each reason, the most frequent first
    undecided: Group
    noted: Group

    @property
    def groups(self) -> tuple[Group, ...]:
        return (self.shortlisted, *self.rejected, self.undecided, self.noted)


def summary_of(held: Screening, viewer: User) -> Summary:
    """Return the summary; the number of queries does not grow with the people."""
    progress = progress_of(held)
    lines = _Lines.of(held, progress, viewer)
    noted = people_noted(
        held.candidate_ids,
        job_id=held.job_id,
        author_id=held.user_id,
        since=held.started_at,
    )
    shortlisted = [
        one.candidate_id
        for one in progress.decisions
        if one.verdict == Verdict.SHORTLISTED
    ]
    return Summary(
        progress=progress,
        shortlisted=Group(
            "shortlisted", _("Shortlisted"), "good", lines.of_people(shortlisted)
        ),
        rejected=_rejected(progress, lines),
        undecided=Group(
            "undecided", _("Undecided"), "", lines.of_people(progress.undecided)
        ),
        noted=Group("noted", _("With a note of yours"), "", lines.of_people(noted)),
    )


@dataclass(frozen=True, slots=True)
class _Lines:
    places: dict[UUID, int]
    people: dict[UUID, Candidate]

    @classmethod
    def of(cls, held: Screening, progress: Progress, viewer: User) -> "_Lines":
        visible = candidates_visible_to(viewer, on_pages_of=held.job_id)
        there = list(visible.filter(pk__in=held.candidate_ids))
        return cls(progress.places, veil_of(held.job).people(there))

    def of_people(self, ids: Iterable[UUID]) -> tuple[Line, ...]:
        placed = sorted((self.places[one], one) for one in ids)
        return tuple(Line(place, self.people.get(one)) for place, one in placed)


def _rejected(progress: Progress, lines: _Lines) -> tuple[Group, ...]:
    by_reason: dict[str, list[UUID]] = {}
    for one in progress.decisions:
        if one.verdict == Verdict.REJECTED:
            reason = one.reason.label if one.reason else _("no reason")
            by_reason.setdefault(reason, []).append(one.candidate_id)
    ordered = sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        Group(
            f"rejected-{number}",
            _("Rejected: %(reason)s") % {"reason": reason},
            "bad",
            lines.of_people(ids),
        )
        for number, (reason, ids) in enumerate(ordered, start=1)
    )
