"""Two made-up languages: long words with accents, and words from right to left.

No catalogue is kept: every message is changed as it is asked for. What stands in for
something else (%(name)s, {name}, <tags>, &entities;) stays, so that each page comes out
as after a real translation, and an English word left on it was not translated.
"""

import re
from collections.abc import Callable
from gettext import NullTranslations

from django.utils.translation import trans_real
from django.utils.translation.trans_real import CONTEXT_SEPARATOR
from pytest_django.fixtures import Settings

LONG = "en-xa"
RIGHT_TO_LEFT = "ar-xb"
NAMES = {LONG: "Long", RIGHT_TO_LEFT: "Right to left"}
GROWTH = 1.6
_LONGEST_PADDING = 6  # of one word made of nothing else

_KEPT = re.compile(
    r"%%|%(?:\(\w+\))?[#0+-]?\d*(?:\.\d+)?[sdrifgxc]|\{[^{}]*\}|<[^<>]*>|&#?\w+;"
)
_ACCENTS = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÀƁĈĎÉƑĜĤÎĴĶĹṀŃÓṔɊŔŜŢÛṼŴẊÝŻàƀĉďéƒĝĥîĵķĺṁńóṕɋŕŝţûṽŵẋýż",
)
_HEBREW = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "אבגדהוזחטיכלמנסעפצקרשתאבגדאבגדהוזחטיכלמנסעפצקרשתאבגד",
)
_VOWELS = re.compile(r"[aeiou]")


def long(message: str) -> str:
    """Return a message with accents, about 1.6 times as long as it was."""
    grown = _outside(message, lambda text: _VOWELS.sub(r"\g<0>\g<0>", text))
    accented = _outside(grown, lambda text: text.translate(_ACCENTS))
    return f"[{accented}{_padding(round(len(message) * GROWTH) - len(accented) - 2)}]"


def right_to_left(message: str) -> str:
    """Return a message in letters that are written from right to left."""
    return _outside(message, lambda text: text.translate(_HEBREW))


def _outside(message: str, change: Callable[[str], str]) -> str:
    """Change what does not stand in for something else."""
    kept = _KEPT.findall(message)
    parts = map(change, _KEPT.split(message))
    return "".join(
        part for pair in zip(parts, [*kept, ""], strict=True) for part in pair
    )


def _padding(count: int) -> str:
    whole, rest = divmod(max(count, 0), _LONGEST_PADDING)
    return "~" * rest + (" " + "~" * (_LONGEST_PADDING - 1)) * whole


class PseudoTranslations(NullTranslations):
    """A catalogue that holds every message."""

    def __init__(self, language: str, change: Callable[[str], str]) -> None:
        super().__init__()
        self._language, self._change = language, change

    def gettext(self, message: str) -> str:
        return self._change(message.rpartition(CONTEXT_SEPARATOR)[2]) if message else ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def language(self) -> str:
        return self._language

    def to_language(self) -> str:
        return self._language


def offer(settings: Settings) -> None:
    """Let the pages be asked for in both languages until the test ends."""
    settings.LANGUAGES = [*settings.LANGUAGES, *NAMES.items()]
    for language, change in ((LONG, long), (RIGHT_TO_LEFT, right_to_left)):
        catalogue = PseudoTranslations(language, change)
        trans_real._translations[language] = catalogue  # type: ignore[attr-defined]
