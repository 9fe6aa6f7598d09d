"""Column types shared by the domain apps."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import (
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
    ProhibitNullCharactersValidator,
    RegexValidator,
    URLValidator,
    validate_email,
)
from django.db import models
from django.utils.translation import gettext_lazy as _

LINE_LENGTH = 255
TEXT_LENGTH = 1_000_000  # characters: a profile of 100,000 words is about 700,000
LIST_LENGTH = 20  # e-mails, phones, links of one person

FIRST_YEAR, LAST_YEAR = 1900, 2200  # years a career can speak of

no_null_characters = ProhibitNullCharactersValidator()
country_form = RegexValidator(
    r"\A[A-Za-z]{2}\Z", _("A country is two letters, such as NL.")
)
currency_form = RegexValidator(
    r"\A[A-Za-z]{3}\Z", _("A currency is three letters, such as EUR.")
)
language_form = RegexValidator(
    r"\A[A-Za-z]{2,3}\Z", _("A language is two or three letters, such as en.")
)
few = MaxLengthValidator(
    LIST_LENGTH, _("At most %(limit_value)d are taken, not %(show_value)d.")
)


def line(
    *, max_length: int = LINE_LENGTH, blank: bool = True
) -> "models.CharField[str, str]":
    """Return a column for one line of text."""
    return models.CharField(
        max_length=max_length, blank=blank, default="", validators=[no_null_characters]
    )


def text(*, max_length: int = TEXT_LENGTH) -> "models.TextField[str, str]":
    """Return a column for free text."""
    return models.TextField(
        blank=True,
        default="",
        validators=[no_null_characters, MaxLengthValidator(max_length)],
    )


def _lines(column: "models.CharField[str, str]") -> "ArrayField[list[str], list[str]]":
    return ArrayField(column, default=list, blank=True, validators=[few])


def emails() -> "ArrayField[list[str], list[str]]":
    """Return a column for e-mail addresses, kept in lower case."""
    return _lines(models.CharField(max_length=254, validators=[validate_email]))


def phones() -> "ArrayField[list[str], list[str]]":
    """Return a column for phone numbers."""
    return _lines(models.CharField(max_length=40, validators=[no_null_characters]))


def links() -> "ArrayField[list[str], list[str]]":
    """Return a column for web addresses; http and https only."""
    web = URLValidator(schemes=["http", "https"])
    return _lines(models.CharField(max_length=500, validators=[web]))


def year() -> "models.PositiveSmallIntegerField[int | None, int | None]":
    """Return a column for a year somebody's career speaks of."""
    bounds = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    return models.PositiveSmallIntegerField(null=True, blank=True, validators=bounds)


def country() -> "models.CharField[str, str]":
    """Return a column for an ISO 3166-1 alpha-2 code."""
    return models.CharField(
        max_length=2,
        blank=True,
        default="",
        validators=[no_null_characters, country_form],
    )


def currency() -> "models.CharField[str, str]":
    """Return a column for an ISO 4217 code."""
    return models.CharField(
        max_length=3,
        blank=True,
        default="",
        validators=[no_null_characters, currency_form],
    )
