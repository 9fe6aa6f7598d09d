"""Finding the vocabulary's words in running text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from recruit.skills.names import skill_key

# A word may begin with a full stop (".net") and hold "+", "#", "'" and inner stops.
_TOKEN = re.compile(r"\.?\w+(?:[.'’]\w+)*[+#]*", re.UNICODE)
MOST_TOKENS = 8  # words of the longest label that is looked for


@dataclass(frozen=True, slots=True)
class SkillMention:
    """A place in a text where a skill's label stands (character offsets)."""

    skill_id: UUID
    start: int
    end: int


class SkillRecogniser:
    """A dictionary of labels, as tuples of words, to skills."""

    def __init__(self, labels: Iterable[tuple[str, UUID]]) -> None:
        self._skills: dict[tuple[str, ...], UUID] = {}
        for key, skill_id in labels:
            tokens = tuple(match.group() for match in _TOKEN.finditer(key))
            if 0 < len(tokens) <= MOST_TOKENS:
                self._skills[tokens] = skill_id
        lengths: dict[str, set[int]] = {}
        for tokens in self._skills:
            lengths.setdefault(tokens[0], set()).add(len(tokens))
        self._lengths: Mapping[str, list[int]] = {
            first: sorted(found, reverse=True) for first, found in lengths.items()
        }

    def mentions(self, text: str) -> Iterator[SkillMention]:
        """Yield the longest labels from left to right, none overlapping."""
        words = [(skill_key(m.group()), m) for m in _TOKEN.finditer(text)]
        position = 0
        while position < len(words):
            for length in self._lengths.get(words[position][0], ()):
                chosen = words[position : position + length]
                skill_id = self._skills.get(tuple(key for key, _ in chosen))
                if skill_id is not None and len(chosen) == length:
                    yield SkillMention(
                        skill_id, chosen[0][1].start(), chosen[-1][1].end()
                    )
                    position += length - 1
                    break
            position += 1
