"""Why a row was rejected, in words that name row and field."""

from collections.abc import Collection, Iterator, Sequence

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from recruit.imports.types import Outcome, Record, RowError, RowResult

# Fields of the models, by the column they come from.
_COLUMN_OF = {
    "emails": "email",
    "phones": "phone",
    "place": "location",
    "region": "location",
    "country": "location",
    "years_of_experience": "years",
    "requirements": "required_skills",
}


def rejected(
    record: Record, error: ValidationError, columns: Collection[str] = ()
) -> RowResult:
    """Return the result of a row that does not land, with all that is wrong."""
    why = reason(record.number, error, columns)
    errors = tuple(_row_errors(error, columns))
    return RowResult(record, Outcome.REJECTED, why, errors=errors)


def refused(record: Record, errors: Sequence[RowError]) -> RowResult:
    """Return the result of a row whose errors are known one by one."""
    by_field: dict[str, list[str]] = {}
    for error in errors:
        by_field.setdefault(error.field or NON_FIELD_ERRORS, []).append(error.message)
    why = "; ".join(
        _field_reason(record.number, field, messages)
        for field, messages in by_field.items()
    )
    return RowResult(record, Outcome.REJECTED, why, errors=tuple(errors))


def _row_errors(error: ValidationError, columns: Collection[str]) -> Iterator[RowError]:
    whole = not hasattr(error, "error_dict")
    by_field = {NON_FIELD_ERRORS: error.error_list} if whole else error.error_dict
    for name, problems in by_field.items():
        field = None if name == NON_FIELD_ERRORS else _column(name, columns)
        for problem in problems:
            for message in problem.messages:
                yield RowError(field, message, problem.code or "invalid")


def reason(number: int, error: ValidationError, columns: Collection[str] = ()) -> str:
    """Return "Row 12, email: ...", one sentence for each field at fault.

    A field of ours that is not among the columns is named by the one it comes from.
    """
    if not hasattr(error, "error_dict"):
        return _("Row %(number)d: %(problem)s") % {
            "number": number,
            "problem": " ".join(error.messages),
        }
    return "; ".join(
        _field_reason(number, _column(field, columns), messages)
        for field, messages in error.message_dict.items()
    )


def _column(field: str, columns: Collection[str]) -> str:
    if field in {"given_name", "family_name"} and "name" in columns:
        return "name"
    return _COLUMN_OF.get(field, field)


def _field_reason(number: int, field: str, messages: list[str]) -> str:
    problem = " ".join(messages)
    if field == NON_FIELD_ERRORS:
        return _("Row %(number)d: %(problem)s") % {
            "number": number,
            "problem": problem,
        }
    return _("Row %(number)d, %(field)s: %(problem)s") % {
        "number": number,
        "field": field,
        "problem": problem,
    }
