"""The skills a text asks for, and how much it asks for them."""

import re
from collections.abc import Iterator, Sequence
from uuid import UUID

from recruit.jobs.reading.found import FoundSkill, Span
from recruit.jobs.reading.sentences import Part, Sentence
from recruit.skills.recognition import SkillRecogniser

REQUIRED, PREFERRED = "required", "preferred"
MOST_YEARS = 30
NEAR_YEARS = 60  # characters between "5 years of" and the skill

_PREFERS = re.compile(
    r"\b(?:nice[- ]to[- ]have|good to have|(?:is |are |as )?an? (?:big |huge |strong "
    r"|definite |real )?plus|is a bonus|bonus points|preferred|preferably|ideally"
    r"|desirable|would be (?:great|nice|ideal|helpful)|(?:is )?an advantage"
    r"|advantageous|beneficial|not required,? but|not a must|von vorteil"
    r"|wünschenswert|idealerweise|vorteilhaft|pluspunkt|un plus|souhaitée?s?)\b",
    re.IGNORECASE,
)
_REQUIRES = re.compile(
    r"\b(?:must[- ]haves?|required|mandatory|essential|is a must|zwingend|erforderlich"
    r"|vorausgesetzt|unabdingbar|obligatoire)\b",
    re.IGNORECASE,
)
_SPARES = re.compile(
    r"\b(?:no|not|without|don't need|kein(?:e|er|en)?|nicht)\b.{0,60}\b(?:required"
    r"|needed|necessary|knowledge|experience|erforderlich|notwendig|nötig|vonnöten)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\b(\d{1,2})\s*(?:\+|plus)?\s*(?:(?:-|–|to|bis)\s*\d{1,2}\s*\+?\s*)?"
    r"(?:years?|yrs?|jahren?|jahre|ans|años|jaar)\b",
    re.IGNORECASE,
)
# The surest of several mentions counts.
_SURENESS = {Part.REQUIRED: 3, Part.PREFERRED: 2}


def read_skills(
    sentences: Sequence[Sentence], recogniser: SkillRecogniser
) -> list[FoundSkill]:
    """Return each skill once, in the order of the text, as surely as it is asked."""
    asks_apart = any(one.part is Part.REQUIRED for one in sentences)
    best: dict[UUID, tuple[int, FoundSkill]] = {}
    for one in sentences:
        if one.part is Part.ASIDE:
            continue
        importance, sureness = _asked(one, asks_apart=asks_apart)
        for found in _in_sentence(one, importance, recogniser) if importance else ():
            held = best.get(found.skill_id)
            if held is None:
                best[found.skill_id] = (sureness, found)
            elif held[0] < sureness:
                # In its first place in the order, with the surer words.
                best[found.skill_id] = (sureness, found)
    return [found for _sureness, found in best.values()]


def _asked(one: Sentence, *, asks_apart: bool) -> tuple[str, int]:
    """Return how much a sentence asks for its skills, and how surely it says so."""
    if _PREFERS.search(one.text):
        return PREFERRED, _SURENESS[Part.PREFERRED]
    if _SPARES.search(one.text):
        return "", 0
    if one.part is Part.PREFERRED:
        return PREFERRED, _SURENESS[Part.PREFERRED]
    if one.part is Part.REQUIRED or _REQUIRES.search(one.text):
        return REQUIRED, _SURENESS[Part.REQUIRED]
    # Where requirements have a part of their own, the rest tells of the work.
    return (PREFERRED if asks_apart else REQUIRED), 1


def _in_sentence(
    one: Sentence, importance: str, recogniser: SkillRecogniser
) -> Iterator[FoundSkill]:
    years = [(match.end(), int(match[1])) for match in _YEARS.finditer(one.text)]
    for mention in recogniser.mentions(one.text):
        near = [
            (end, count)
            for end, count in years
            if 0 <= mention.start - end <= NEAR_YEARS and count <= MOST_YEARS
        ]
        minimum = near[-1][1] if near else None
        if near:
            years.remove(near[-1])  # of the first skill behind it alone
        yield FoundSkill(
            mention.skill_id,
            importance,
            Span.within(one.start, mention.start, mention.end),
            "" if one.is_heading else one.heading,
            minimum,
        )
