"""A text as sentences, each with the part of the text it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from recruit.common.text import fold

LONGEST_SENTENCE = 600
MOST_WORDS_OF_A_HEADING = 8
MOST_WORDS_WITHOUT_A_COLON = 5

# Not after "e.g." and "z.B.": three letters stand before the full stop of a sentence.
_END = re.compile(r"(?<=\w{3}[.!?])\s+(?=[^\W\d_a-zß-ÿ])")
_BULLET = re.compile(r"^\s*(?:[-–—*>+]\s+|[•·●▪◦‣✓✔➤→]\s*)")
_MARKS = re.compile(r"^[#*_\s]+|[*_#\s]+$")
_NOT_WORDS = re.compile(r"[^\w]+")


class Part(Enum):
    """What a part of the text is about."""

    PLAIN = auto()  # before any heading
    REQUIRED = auto()
    PREFERRED = auto()
    DUTIES = auto()
    ASIDE = auto()  # the company, what it offers, how to apply


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a line without one."""

    text: str
    start: int  # in the whole text
    line: int  # number of its line, from 0
    is_bullet: bool = False
    part: Part = Part.PLAIN
    heading: str = ""
    is_heading: bool = False


def _phrases(written: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{written})\b")


# Looked for in this order in a heading without case, accents and marks.
_HEADINGS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        Part.PREFERRED,
        _phrases(
            "nice to haves?|good to have|great to have|preferred|bonus points"
            "|bonus skills|bonus if|^bonus$|^plus$|^pluses$|desirable|desired"
            "|would be (?:great|nice|a plus|ideal)|extra credit|optional|ideally"
            "|advantageous|a plus|wunschenswert|von vorteil|idealerweise|ware toll"
            "|pluspunkte|bonuspunkte|souhaitees?|un plus|atouts|deseables?|wenselijk"
            "|een pre"
        ),
    ),
    (
        Part.ASIDE,
        _phrases(
            "about us|about the (?:company|team|department)|who we are|benefits|perks"
            "|we offer|what you(?: will| ll)? get|why (?:join|us|work|you)|apply"
            "|application|contact|equal opportunit(?:y|ies)|diversity|our (?:values"
            "|culture|mission|story)|(?:interview|hiring|application) process|uber uns"
            "|wir bieten|bieten wir|unser angebot|(?:deine|ihre) vorteile|bewerbung"
            "|kontakt|ansprechpartner(?:in)?|wer wir sind|salary|compensation|location"
            "|company description|arbeitgeber|nous offrons|a propos|ofrecemos"
            "|wij bieden|over ons|das erwartet sie bei uns|interessiert"
            "|^about (?!you|the (?:role|job|position)|this (?:role|job|position))"
        ),
    ),
    (
        Part.DUTIES,
        _phrases(
            "responsibilit(?:y|ies)|what you(?: will| ll) (?:do|be doing)|you do"
            "|(?:your|the|this|about the|about this) (?:role|job|position|mission)"
            "|(?:your )?tasks|duties|job (?:description|summary)|role (?:overview"
            "|summary)|day to day|overview|summary|aufgaben|aufgabengebiet"
            "|erwartet dich|dich erwartet|erwartet sie|tatigkeiten|missions|taken"
            "|tech stack|our stack|technologies|tu labor|funciones"
        ),
    ),
    (
        Part.REQUIRED,
        _phrases(
            "requirements?|required|requires|qualifications?|must haves?|you(?: will"
            "| ll)? (?:bring|need|have|offer)|looking for|who you are|about you"
            "|your (?:profile|skills|background|experience|qualifications)|skills"
            "|experience|minimum|essential|we expect|what it takes|ideal candidate"
            "|(?:dein|ihr|euer) profil|anforderungen|anforderungsprofil"
            "|voraussetzungen|mitbringst|mitbringen|bringst du mit|bringen sie mit"
            "|qualifikation(?:en)?|kenntnisse|kompetenzen|^profil(?: recherche)?$"
            "|competences|requisitos|perfil|functie eisen|wij vragen"
        ),
    ),
)


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text in its order."""
    found: list[Sentence] = []
    part, heading = Part.PLAIN, ""
    start = 0
    for number, line in enumerate(text.split("\n")):
        headed = part_of_heading(line)
        if headed is not None:
            part, heading = headed, _MARKS.sub("", _before_colon(line))
        is_heading = headed is not None and not _after_colon(line)
        is_bullet = _BULLET.match(line) is not None
        for said, offset in _cut(line):
            found.append(
                Sentence(
                    said, start + offset, number, is_bullet, part, heading, is_heading
                )
            )
        start += len(line) + 1
    return found


def part_of_heading(line: str) -> Part | None:
    """Return what a heading is about; None for a line that is none we know."""
    said = _before_colon(line)
    if _BULLET.match(line):
        return None
    words = _NOT_WORDS.sub(" ", fold(said)).strip()
    count = len(words.split())
    is_marked = said != line or said.lstrip().startswith(("#", "**")) or said.isupper()
    most = MOST_WORDS_OF_A_HEADING if is_marked else MOST_WORDS_WITHOUT_A_COLON
    if not 0 < count <= most or said.rstrip().endswith((".", ",", ";")):
        return None
    for part, pattern in _HEADINGS:
        if pattern.search(words):
            return part
    return None


def _before_colon(line: str) -> str:
    before, colon, _after = line.partition(":")
    return before if colon else line


def _after_colon(line: str) -> str:
    return line.partition(":")[2].strip(" *_#")


def _cut(line: str) -> Iterator[tuple[str, int]]:
    """Yield the sentences of a line with their offsets, none of them long."""
    beginning = 0
    for end in [match.start() for match in _END.finditer(line)] + [len(line)]:
        for start in range(beginning, end, LONGEST_SENTENCE):
            said = line[start : min(end, start + LONGEST_SENTENCE)]
            bare = said.strip()
            if bare:
                yield bare, start + said.index(bare)
        beginning = end
