"""Where the work is done: place, region and country."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from recruit.common.locations import Location, country_code, split_location
from recruit.common.text import fold
from recruit.jobs.reading.found import Found, Span
from recruit.jobs.reading.sentences import Sentence

_FILE = Path(__file__).with_name("places.csv")
# A country's line names its places; "~" marks names that are everyday words as well.
_WORD_AS_WELL = "~"
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe"})
MOST_WORDS = 4
FIRST_LINES = 6
SHORT_LINE = 90
LONGEST_PLACE = 60

_STATES = frozenset(
    (
        *("AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI"),
        *("ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI"),
        *("MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC"),
        *("ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT"),
        *("VT", "VA", "WA", "WV", "WI", "WY", "DC"),
    )
)
_LABELLED = re.compile(
    r"^\W*(?:(?:work |job |office )?locations?|place(?: of work)?|office|based in"
    r"|where|(?:dienst|arbeits|einsatz|stand)?ort|standort|dienstsitz"
    r"|lieu(?: de travail)?|ubicación|lugar|sede|standplaats|locatie)"
    r"\W*[:–]\W*(?P<said>\S.*)$|^\W*(?:based in|standort)\s+(?P<bare>\S.*)$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(?:(?:work |job |office )?location|standort|arbeitsort|einsatzort)\W*$",
    re.IGNORECASE,
)
_ALONGSIDE = re.compile(
    r"[(\[].*?[)\]]|\b(?:fully |100 ?% )?(?:remote(?:-first)?|hybrid|on-?site"
    r"|homeoffice|home office)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\s*[;|/•·]\s*|\s+(?:or|oder|and|und|ou|et|&)\s+|\s[-–—]\s|\.\s")
_POSTCODE = re.compile(r"\b(?:[A-Z]{1,2}-)?\d{4,6}\b|\b\d{5}\b")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*", re.UNICODE)
_BEFORE = re.compile(
    r"(?:\b(?:in|near|at|nach|bei|à|en|te|im raum|raum|based in|located in)"
    r"(?:\s+(?:downtown|central|beautiful|the heart of|or near))?|[(·|•,/–-])\s*$",
    re.IGNORECASE,
)
# Of where the company comes from or works as well, not of where this job is.
_ELSEWHERE = re.compile(
    r"\b(?:founded|headquarter\w*|hq|customers?|clients?|offices in|locations in"
    r"|across|gegründet|hauptsitz|kunden|niederlassungen|standorten?|stores in"
    r"|travel|reisen|university|universität|market)\b",
    re.IGNORECASE,
)
_WITH_COUNTRY = re.compile(
    r"\b(?:in|near|at|bei)\s+(?P<place>[^\W\d_a-zß-ÿ][\w'’.-]*"
    r"(?:\s[^\W\d_a-zß-ÿ][\w'’.-]*){0,3}),\s(?P<country>[^\W\d_][\w.]*(?:\s[A-Z]\w+)?)"
)
_COUNTRY_ALONE = re.compile(
    r"\b(?:remote|anywhere|based|homeoffice|work)\b[^.\w]{0,3}"
    r"(?:(?:in|within|from|across|innerhalb)\s+)?(?P<country>[A-Z][\w.]+(?:\s[A-Z]\w+)?)"
)


@dataclass(frozen=True, slots=True)
class _Known:
    """A place of the list."""

    country: str
    is_word: bool  # an everyday word as well: "Nice", "Essen"


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place that a sentence names."""

    location: Location
    span: Span
    weight: int


def read_place(sentences: Sequence[Sentence]) -> Found[Location] | None:
    """Return where the work is done; no value where several places are as likely."""
    for look in (_labelled, _mentioned, _with_country, _country_alone):
        found = look(sentences)
        if found is not None:
            return found
    return None


def is_place(said: str) -> bool:
    """Tell whether words are the name of a place or country and nothing else."""
    known = _places().get(fold(said))
    return (known is not None and not known.is_word) or bool(country_code(said))


@cache
def _places() -> dict[str, _Known]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return {
            fold(spelling): _Known(country, name.startswith(_WORD_AS_WELL))
            for country, *cells in csv.reader(lines)
            for cell in cells
            for name in cell.split("|")
            for spelling in _spellings(name.removeprefix(_WORD_AS_WELL))
        }


def _spellings(name: str) -> set[str]:
    return {name, name.translate(_UMLAUTS)}


def _labelled(sentences: Sequence[Sentence]) -> Found[Location] | None:
    for number, one in enumerate(sentences):
        match = _LABELLED.match(one.text)
        following = sentences[number + 1 : number + 2]
        found = None
        if match:
            found = _in_label(match["said"] or match["bare"], one)
        elif following and _LABEL.match(one.text):
            found = _in_label(following[0].text, following[0])
        if found is not None:
            return found
    return None


def _in_label(said: str, holder: Sentence) -> Found[Location] | None:
    """Read the first place behind a label; the others are told."""
    if len(said) > SHORT_LINE * 2:
        return None
    offered = [
        (piece, location)
        for piece in _NEXT.split(_ALONGSIDE.sub("|", said))
        if (location := _location(piece)) is not None
    ]
    if not offered:
        return _inside_brackets(said, holder)
    piece, location = offered[0]
    span = _span_of(location.place or piece.strip(), holder)
    others = tuple(other.strip() for other, _location in offered[1:])
    return Found(location, span, others)


def _inside_brackets(said: str, holder: Sentence) -> Found[Location] | None:
    """Read "Remote (Germany)"."""
    for inside in re.findall(r"[(\[](.*?)[)\]]", said):
        country = country_code(inside.strip())
        if country:
            return Found(Location("", "", country), _span_of(inside.strip(), holder))
    return None


def _span_of(words: str, holder: Sentence) -> Span:
    beginning = max(holder.text.find(words), 0)
    is_there = words in holder.text
    end = beginning + len(words) if is_there else len(holder.text)
    return Span.within(holder.start, beginning, end)


def _location(piece: str) -> Location | None:
    """Read one place as it stands behind a label."""
    bare = " ".join(_POSTCODE.sub(" ", piece).split()).strip(" ,.:*_")
    if not bare or len(bare) > LONGEST_PLACE or not bare[0].isupper():
        return None
    place, region, country = split_location(bare)
    if country:
        return Location(place, region, country)
    first, _comma, rest = place.partition(",")
    first, rest = first.strip(), rest.strip()
    if rest in _STATES:
        return Location(first, rest, "US")
    known = _places().get(fold(first))
    if known:
        return Location(first, rest, known.country)
    is_name = len(first.split()) <= MOST_WORDS and not any(map(str.isdigit, first))
    return Location(first, rest, "") if is_name else None


def _mentioned(sentences: Sequence[Sentence]) -> Found[Location] | None:
    mentions = [found for one in sentences for found in _mentions(one)]
    most = max((one.weight for one in mentions), default=0)
    if most < 1:
        return None
    likely: dict[str, _Mention] = {}
    for mention in mentions:
        if mention.weight == most:
            likely.setdefault(fold(mention.location.place), mention)
    first, *others = likely.values()
    if not others:
        return Found(first.location, first.span)
    names = tuple(one.location.place for one in likely.values())
    return Found(None, first.span, names)


def _mentions(one: Sentence) -> Iterator[_Mention]:
    words = list(_WORD.finditer(one.text))
    position = 0
    while position < len(words):
        step = 1
        for length in range(min(MOST_WORDS, len(words) - position), 0, -1):
            first, last = words[position], words[position + length - 1]
            said = one.text[first.start() : last.end()].rstrip(".")
            known = _places().get(fold(said)) if said[0].isupper() else None
            if known:
                end = first.start() + len(said)
                mention = _mention(one, said, first.start(), end, known)
                if mention.weight:
                    yield mention
                step = length
                break
        position += step


def _mention(
    one: Sentence, said: str, beginning: int, end: int, known: _Known
) -> _Mention:
    before, after = one.text[:beginning], one.text[end:]
    region, country = _behind(after, known)
    is_named_with_more = after.startswith(",") and bool(region or country)
    is_led_to = not before or _BEFORE.search(before) is not None
    is_on_top = one.line < FIRST_LINES and len(one.text) <= SHORT_LINE
    weight = 1 + 2 * is_led_to + 2 * is_named_with_more + 2 * is_on_top
    is_word = known.is_word and not is_named_with_more
    if _ELSEWHERE.search(one.text) or (is_word and not _stands_alone(before, after)):
        weight = 0
    location = Location(said, region, country or known.country)
    return _Mention(location, Span.within(one.start, beginning, end), weight)


def _stands_alone(before: str, after: str) -> bool:
    """Tell whether an everyday word is meant as a place: "in Reading."."""
    is_led_to = re.search(r"\bin\s$", before, re.IGNORECASE) is not None
    ends = not after or after[0] in ".,;)|" or after.startswith((" (", " -", " –"))
    return is_led_to and ends


def _behind(after: str, known: _Known) -> tuple[str, str]:
    """Return region and country that follow a place, "" where none does."""
    match = re.match(r",\s*([^\W\d_][\w.]*(?:\s[A-Z]\w+)?)", after)
    if match is None:
        return "", ""
    said = match[1].rstrip(".")
    first = said.split()[0]
    for words in (said, first):
        if country := country_code(words):
            return "", country
    is_state = first in _STATES and (known.country == "US" or first not in ("IN", "OR"))
    return (first, "US") if is_state else ("", "")


def _with_country(sentences: Sequence[Sentence]) -> Found[Location] | None:
    """Read "in Tübingen, Germany", whose place no list needs to know."""
    for one in sentences:
        for match in _WITH_COUNTRY.finditer(one.text):
            said = match["country"].rstrip(".")
            country = country_code(said) or country_code(said.split()[0])
            if country and not _ELSEWHERE.search(one.text):
                span = Span.within(one.start, *match.span("place"))
                return Found(Location(match["place"], "", country), span)
    return None


def _country_alone(sentences: Sequence[Sentence]) -> Found[Location] | None:
    for one in sentences:
        for match in _COUNTRY_ALONE.finditer(one.text):
            said = match["country"].rstrip(".")
            country = country_code(said) or country_code(said.split()[0])
            if country:
                span = Span.within(one.start, *match.span("country"))
                return Found(Location("", "", country), span)
    return None
