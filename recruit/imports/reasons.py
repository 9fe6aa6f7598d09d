"""Why a row was rejected, in words that name row and field."""

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


def reason(number: int, error: ValidationError) -> str:
    """Return "Row 12, email: ...", one sentence for each field at fault."""
    if not hasattr(error, "error_dict"):
        return _("Row %(number)d: %(problem)s") % {
            "number": number,
            "problem": " ".join(error.messages),
        }
    return "; ".join(
        _field_reason(number, field, messages)
        for field, messages in error.message_dict.items()
    )


def _field_reason(number: int, field: str, messages: list[str]) -> str:
    problem = " ".join(messages)
    if field == NON_FIELD_ERRORS:
        return _("Row %(number)d: %(problem)s") % {
            "number": number,
            "problem": problem,
        }
    return _("Row %(number)d, %(field)s: %(problem)s") % {
        "number": number,
        "field": _COLUMN_OF.get(field, field),
        "problem": problem,
    }
