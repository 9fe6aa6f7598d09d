"""Dates that a career can speak of."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from recruit.common.fields import FIRST_YEAR, LAST_YEAR


def validate_career_date(day: date) -> None:
    """Raise ValidationError for a date no career can speak of."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(
            _("The year must lie between %(first)d and %(last)d.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR},
            code="year",
        )
