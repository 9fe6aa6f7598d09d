"""The names of countries and languages, in the language of the page.

Names are those of the Unicode Common Locale Data Repository, as Babel ships them.
"""

from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError
from django.utils.translation import get_language, to_locale


def country_name(code: str) -> str:
    """Return the name of a country (ISO 3166-1 alpha-2); the code where it has none."""
    names = _locale(get_language() or "en").territories
    return str(names.get(code.upper(), code))


def language_name(code: str) -> str:
    """Return the name of a language (ISO 639); the code where it has none."""
    names = _locale(get_language() or "en").languages
    return str(names.get(code.lower(), code))


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(to_locale(language))
    except (UnknownLocaleError, ValueError):
        return Locale("en")
