"""What the cells of an application say."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from recruit.applications.choices import Outcome
from recruit.common.text import fold
from recruit.imports.cells import refuse_spoilt
from recruit.imports.importer import external_id_of
from recruit.imports.readers import ApplicationStated, Reference

# What the stage of a table says in many systems, and is no stage here.
ENDS = {one.value: one for one in Outcome if one is not Outcome.ACTIVE}


def stated_application(values: Mapping[str, str]) -> ApplicationStated:
    """Return what a row says. Raise ValidationError naming bad fields."""
    stage, outcome = values.get("stage", ""), _outcome(values.get("outcome", ""))
    if outcome is None and fold(stage) in ENDS:
        stage, outcome = "", ENDS[fold(stage)]
    return ApplicationStated(
        job=_reference(values, "job"),
        candidate=_reference(values, "candidate"),
        external_id=external_id_of(values),
        applied_at=_moment(values.get("applied_at", "")),
        stage=stage,
        outcome=outcome,
        reason=values.get("disposition_reason", ""),
    )


def _reference(values: Mapping[str, str], name: str) -> Reference:
    external_id = values.get(f"{name}_external_id", "")
    refuse_spoilt(f"{name}_external_id", external_id)
    return Reference(
        id=_id(name, values.get(name, "")),
        source=values.get(f"{name}_source", ""),
        external_id=external_id,
        code=values.get("requisition_code", "") if name == "job" else "",
    )


def _id(name: str, text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise ValidationError(
            {name: _("“%s” is no id of this platform.") % text[:80]}
        ) from error


def _outcome(text: str) -> Outcome | None:
    if not text:
        return None
    word = fold(text)
    for outcome in Outcome:
        if word in {outcome.value, fold(str(outcome.label))}:
            return outcome
    raise ValidationError(
        {
            "outcome": _("“%(word)s” is none of %(known)s.")
            % {"word": text[:80], "known": ", ".join(Outcome.values)}
        }
    )


def _moment(text: str) -> datetime | None:
    """Return a moment; a date is its beginning, and both are of this time zone."""
    if not text:
        return None
    try:
        moment = parse_datetime(text)
        day = None if moment else parse_date(text)
    except ValueError:
        moment = day = None
    if day is not None:
        moment = datetime.combine(day, time.min)
    if moment is None:
        raise ValidationError(
            {
                "applied_at": _("“%(text)s” is no day or moment such as %(such)s.")
                % {"text": text[:80], "such": "2026-03-04, 2026-03-04T09:30:00Z"}
            }
        )
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return moment.astimezone(UTC)
