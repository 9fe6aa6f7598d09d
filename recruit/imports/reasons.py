"""Why a row was rejected, in words that name row and field."""

from collections.abc import Collection

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

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
