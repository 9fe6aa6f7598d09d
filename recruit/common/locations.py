"""A location in one cell, split where nothing has to be guessed."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from recruit.common.text import fold

_COUNTRIES = Path(__file__).with_name("countries.csv")
# "Wilmington, DE" is in Delaware and "Berlin, DE" in Germany: codes that are a state
# of the USA or a province of Canada or Australia as well say nothing by themselves.
_AMBIGUOUS = (
    "AL AR AZ CA CO DE GA ID IL IN KY LA MA MD ME MN MO MS MT NC NE PA SC SD TN VA "
    "BC MB NL NS NT NU PE SA SK WA"
)


class Location(NamedTuple):
    place: str
    region: str
    country: str  # ISO 3166-1 alpha-2


@cache
def _country_codes() -> dict[str, str]:
    with _COUNTRIES.open(encoding="utf-8", newline="") as lines:
        return {
            fold(name): code for code, *names in csv.reader(lines) for name in names
        }


def country_code(text: str) -> str:
    """Return the code of a country by its name or unambiguous code, "" for none."""
    codes = _country_codes()
    by_name = codes.get(fold(text))
    if by_name:
        # Georgia is a state as well and is not listed.
        return by_name
    is_code = text in set(codes.values()) and text not in _AMBIGUOUS.split()
    return text if is_code else ""


def split_location(text: str) -> Location:
    """Return place, region and country of "Munich, Bavaria, Germany".

    The country is the last part, by its name or an unambiguous two-letter code in
    capitals. Without one, everything stays in place.
    """
    parts = [part.strip() for part in text.split(",")]
    country = country_code(parts[-1])
    if not country or not all(parts):
        return Location(text, "", "")
    *before, _country_name = parts
    if len(before) > 1:
        return Location(", ".join(before[:-1]), before[-1], country)
    return Location(before[0] if before else "", "", country)
