"""Sentences made from patterns.

A pattern holds choices and numbers:
"Led [a|one] team of {4-12} for {1000-9000/500} days".
"""

import re
from collections.abc import Mapping, Sequence
from random import Random

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_NUMBER = re.compile(r"\{(\d+)(?:-(\d+)(?:/(\d+))?)?\}")
# "a 18-bed ward": spoken with a vowel, so "an".
_AN = re.compile(r"\b([Aa]) (?=(?:8\d*|11|18)\b)")


def expand(pattern: str, chance: Random, words: Mapping[str, str] | None = None) -> str:
    """Return one sentence of a pattern; "[name]" stands for a word given by name."""
    text = pattern
    for name, word in (words or {}).items():
        text = text.replace(f"[{name}]", word)
    while _CHOICE.search(text):  # from the inside out, so that choices may nest
        text = _CHOICE.sub(lambda found: chance.choice(found[1].split("|")), text)
    text = _NUMBER.sub(lambda found: f"{_number(found, chance):,}", text)
    return _AN.sub(r"\1n ", text)


def _number(found: re.Match[str], chance: Random) -> int:
    low = int(found[1])
    high, step = int(found[2] or low), int(found[3] or 1)
    return chance.randrange(low, high + 1, step)


def pick(options: Sequence[str], count: int, chance: Random) -> list[str]:
    """Return up to count different options in chance order."""
    return chance.sample(options, max(0, min(count, len(options))))


def happens(share: float, chance: Random) -> bool:
    """Tell whether something that happens in this share of cases happens now."""
    return chance.random() < share
