"""Rows of applications: whom and what they speak of, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from recruit.applications.choices import Outcome as EndedAs
from recruit.applications.moving import (
    ApplicationExists,
    ApplicationNotActive,
    CandidateErased,
    JobClosed,
    NotAtOffer,
    ReasonDoesNotFit,
)
from recruit.applications.placing import Placed, Placement, ReasonNeeded, place_all
from recruit.applications.stages import NotAStageOfThisJob
from recruit.common.fields import FIRST_YEAR
from recruit.common.refusals import Refused
from recruit.imports.application_cells import stated_application
from recruit.imports.application_references import GONE, Found, References
from recruit.imports.importer import Origin, claim, said
from recruit.imports.objects import Read
from recruit.imports.readers import ApplicationStated, RowRefused
from recruit.imports.reasons import refused, rejected
from recruit.imports.seen import SeenRows
from recruit.imports.types import Outcome, Record, Row, RowError, RowResult

# What each refusal is about, where a row does not say it in other words.
FIELD_OF: dict[type[Refused], str] = {
    JobClosed: "job",
    CandidateErased: "candidate",
    NotAStageOfThisJob: "stage",
    ApplicationNotActive: "outcome",
    NotAtOffer: "outcome",
    ReasonNeeded: "disposition_reason",
    ReasonDoesNotFit: "disposition_reason",
    ApplicationExists: "external_id",
}
CODE_OF: dict[type[Refused], str] = {
    JobClosed: "job_closed",
    CandidateErased: GONE,
    NotAStageOfThisJob: "invalid_choice",
    ApplicationNotActive: "application_not_active",
    NotAtOffer: "not_at_offer",
    ReasonNeeded: "required",
    ReasonDoesNotFit: "reason_does_not_fit",
    ApplicationExists: "application_exists",
}


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """What a row says of an application."""

    record: Record
    stated: ApplicationStated


class _Applications:
    """Puts people into pipelines and moves them, as the rows say."""

    def __init__(self, origin: Origin, seen: SeenRows) -> None:
        self._origin = origin
        self._seen = seen

    def understood(self, row: Row, stated: ApplicationStated) -> ApplicationRow:
        """Take a row's key. Raise ValidationError or RowRefused for what cannot be."""
        _refuse_lacks(stated)
        applied_at = stated.applied_at
        if applied_at is not None:
            if applied_at > self._origin.imported_at:
                raise ValidationError({"applied_at": _("This lies in the future.")})
            if applied_at.year < FIRST_YEAR:
                raise ValidationError(
                    {"applied_at": _("This lies before %d.") % FIRST_YEAR}
                )
        stated = replace(stated, source=stated.source or self._origin.source)
        if stated.external_id:
            key = said((stated.source, stated.external_id), self._origin)
            claim(self._seen, "external_id", key, row.number)
        return ApplicationRow(row.record, stated)

    def write(self, rows: Sequence[ApplicationRow]) -> list[RowResult]:
        """Write rows inside the caller's transaction; bad ones say why."""
        references = References.of([row.stated for row in rows], self._origin)
        results: list[RowResult] = []
        placing: list[tuple[ApplicationRow, Placement]] = []
        for row in rows:
            try:
                found = references.found(row.stated)
                placing.append((row, self._placement(row, found, references)))
            except RowRefused as error:
                results.append(refused(row.record, error.errors))
            except ValidationError as error:
                results.append(rejected(row.record, error))
        hidden = references.hidden([one for _row, one in placing])
        shown = []
        for row, placement in placing:
            key = placement.job_id, placement.candidate_id
            if key in hidden and not references.may_move(row.stated, key):
                results.append(_of_hidden(row))
            else:
                shown.append((row, placement))
        placed = place_all(
            placements=[one for _row, one in shown],
            actor=self._origin.actor,
            placed_at=self._origin.imported_at,
        )
        pairs = zip(shown, placed, strict=True)
        return results + [_result(row, one) for (row, _placement), one in pairs]

    def _placement(
        self, row: ApplicationRow, found: Found, references: References
    ) -> Placement:
        """Return where a row puts somebody. Raise RowRefused or ValidationError."""
        stated = row.stated
        key = f"{found.job_id} {found.candidate_id}"
        first = self._seen.claim(f"application:{key}", row.record.number)
        if first != row.record.number:
            doubled = _("The application of row %d is of the same person and job.")
            raise ValidationError({"candidate": doubled % first})
        return Placement(
            job_id=found.job_id,
            candidate_id=found.candidate_id,
            source=stated.source,
            external_id=stated.external_id,
            applied_at=stated.applied_at,
            stage=references.stage(found.job_id, stated.stage),
            outcome=stated.outcome,
            reason=references.reason(stated.reason, stated.outcome),
        )


class ApplicationImporter(_Applications):
    """Reads the rows of a table."""

    def read(self, row: Row) -> ApplicationRow:
        """Understand a row. Raise ValidationError naming bad fields."""
        return self.understood(row, stated_application(row.values))


class ApplicationObjects(_Applications):
    """Reads lines of JSON."""

    def __init__(
        self, origin: Origin, seen: SeenRows, read: Read, _file_id: object
    ) -> None:
        super().__init__(origin, seen)
        self._read = read

    def read(self, row: Row) -> ApplicationRow:
        """Understand a line. Raise RowRefused, or ValidationError for a double."""
        return self.understood(row, self._read(row.record.cells[0]))


def _refuse_lacks(stated: ApplicationStated) -> None:
    """Raise RowRefused for a row that names nobody, or a reason for no end."""
    errors = [
        RowError(name, _("Say which one is meant."), "required")
        for name, one in (("job", stated.job), ("candidate", stated.candidate))
        if one.is_blank
    ]
    if stated.reason and stated.outcome not in {EndedAs.REJECTED, EndedAs.WITHDRAWN}:
        sentence = _("A reason is given where the outcome is rejected or withdrawn.")
        errors.append(RowError("disposition_reason", sentence, "refused"))
    if errors:
        raise RowRefused(errors)


def _of_hidden(row: ApplicationRow) -> RowResult:
    """Return the result of a row that names somebody whom the job hides.

    Where they stand, and which application is theirs, is not told.
    """
    if not row.stated.stage and row.stated.outcome is None:
        return RowResult(row.record, Outcome.UNCHANGED)
    sentence = _(
        "This job hides who applied. Name the candidate by the id that the job's"
        " applications give, or the application by its own external id."
    )
    return refused(row.record, [RowError("candidate", sentence, "hidden")])


def _result(row: ApplicationRow, placed: Placed) -> RowResult:
    if placed.error is not None:
        kind = type(placed.error)
        error = RowError(FIELD_OF[kind], str(placed.error), CODE_OF[kind])
        return refused(row.record, [error])
    outcome = Outcome.CHANGED if placed.is_changed else Outcome.UNCHANGED
    return RowResult(
        row.record,
        Outcome.CREATED if placed.is_new else outcome,
        object_id=placed.application_id,
    )
