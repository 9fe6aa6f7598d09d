"""Take out of free text what must not reach the encoder: who a person is.

Only words that say who somebody is are taken out: the person's own names,
contacts, dates, addresses, and the labelled or phrased age, sex, origin and family
that people write into CVs. What they can do stays as they wrote it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|januar|februar|märz|mai|juni|juli|oktober|dezember)\.?"
)
YEAR = r"(?:1[89]\d\d|20\d\d)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|\.)?"

# A labelled value ends with its line, at a bar or semicolon, or with a sentence: a
# full stop after a number, a blank (a date stood there) or a word of four letters or
# more, so that "St." does not end it.
SENTENCE_END = r"(?:\w{4}|\d|\s)(?=\.(?:\s|$))"
LONG_VALUE = rf"(?:(?!{SENTENCE_END})[^\n;|])*(?:{SENTENCE_END})?\.?"
SHORT_VALUE = r"(?:[^\n;|.]|\.(?=\S))*\.?"
LONG_LABELS = (
    r"(?:date|place|country)\s+of\s+birth|birth\s?(?:date|day|place)|d\.?o\.?b\.?|born"
    r"|(?:(?:home|postal|permanent|current|street|mailing)\s)?address|residence"
    r"|geburts(?:datum|ort|tag)|geboren|anschrift|adresse|wohnort"
    r"|date\s+de\s+naissance|lieu\s+de\s+naissance|domicile"
    r"|fecha\s+de\s+nacimiento|lugar\s+de\s+nacimiento|direcci[oó]n"
)
SHORT_LABELS = (
    r"age|sex|gender|pronouns|nationality|nationalities|citizenship|ethnicity|race"
    r"|ethnic\s+origin|religion|religious\s+affiliation|denomination"
    r"|marital\s+status|civil\s+status|family\s+status|children|dependants"
    r"|disability|photo|photograph|picture"
    r"|(?:(?:full|first|last|given|family|middle|maiden)\s)?name|surname"
    r"|phone|telephone|tel\.?|mobile|cell|fax|e-?mail|skype|whatsapp|telegram"
    r"|zip(?:\s+code)?|post\s?code|postal\s+code"
    r"|alter|geschlecht|staatsangeh[öo]rigkeit|nationalit[äa]t|familienstand|konfession"
    r"|kinder|postleitzahl|plz|telefon|[âa]ge|sexe|nationalit[ée]|situation\s+familiale"
    r"|[ée]tat\s+civil|code\s+postal|edad|sexo|nacionalidad|estado\s+civil"
)
# A label begins a line or follows a mark that ends what stood before it.
BEFORE_LABEL = r"(?:(?<=^)|(?<=[\n;|.,:(•*-])|(?<=[\n;|.,:(•*-]\s))\s*"

CASED = re.RegexFlag(0)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern to take out, and words of which a text with it holds one."""

    needs: tuple[str, ...]  # in lower case; searching them is much cheaper
    pattern: re.Pattern[str]


def _rule(needs: str, expression: str, flags: re.RegexFlag = re.IGNORECASE) -> Rule:
    return Rule(tuple(needs.split()), re.compile(expression, flags))


CONTACTS = (
    _rule("@", r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"),
    _rule("http www.", r"(?:https?://|www\.)\S+"),
    # Without a scheme only with a path: "linkedin.com/in/…" but not "Node.js".
    _rule(
        "com/ org/ io/ dev/ me/ co/ de/ eu/ uk/",
        r"(?<![\w.-])(?:[\w-]{1,63}\.){1,4}(?:com|org|io|dev|me|co|de|eu|uk)/\S+",
    ),
)
PHONES = (
    # A phone number has eight digits or more, or stands as 555-0100.
    _rule("-", r"(?<![\w-])\d{3}-\d{4}(?![\w-])"),
    _rule("", r"(?<![\w.])(?:\+|\(?00?)?\(?\d(?:[ ()/.-]{0,2}\d){7,14}(?!\w)"),
)
LABELLED = (
    _rule(": = –", rf"{BEFORE_LABEL}(?:{LONG_LABELS})\s*[:=–]{LONG_VALUE}"),
    _rule(": = –", rf"{BEFORE_LABEL}(?:{SHORT_LABELS})\s*[:=–]{SHORT_VALUE}"),
)
PHRASED = (
    _rule("born", r"\bborn\s+(?:and\s+raised\s+)?(?:on|in|at)\b[^\n;|.,]*"),
    _rule("national citizen", r"\b(?:an?\s+)?(?-i:[A-Z]\w+)\s+(?:national|citizen)\b"),
    _rule(
        "citizen",
        r"\bcitizen\s+of\s+(?:the\s+)?(?-i:[A-Z]\w+(?:\s[A-Z]\w+)*)",
    ),
    _rule("married divorced widow", r"\b(?:(?:un)?married|divorced|widow(?:ed|er)?)\b"),
    _rule(
        "mother father mum mom dad parent",
        r"\b(?:proud\s+)?(?:mother|father|mum|mom|dad|parent)\s+of\s+"
        r"(?:\d+|one|two|three|four|five|six)\b(?:\s+(?:children|kids|boys|girls))?",
    ),
    _rule("(", r"\(\s*(?:m|f|w|d|x)(?:\s*/\s*(?:m|f|w|d|x))*\s*\)"),
)
NUMBERED = (
    _rule("class", r"\bclass\s+of\s*['’]?(?:19|20)?\d\d\b"),
    _rule(
        "old", r"\b(?:i am |i'm |aged?\s*:?\s*)?\d{1,3}[\s-]*(?:years?|yrs?)[\s-]*old\b"
    ),
    _rule("age", r"\b(?:aged?|age of)\s*:?\s*\d{1,3}\b"),
    _rule("yo y/o", r"\b\d{1,3}\s*y/?o\b"),
    _rule("jahre ans", r"\b\d{1,3}\s+(?:jahre\s+alt\b|ans\b(?=\s*(?:[.,;|\n]|$)))"),
    _rule("- / .", r"(?<!\w)\d\d?[-/. ]\d\d?[-/. ]\d\d(?!\w)"),
    _rule("", rf"(?<!\w){DAY}\s+(?:of\s+)?{MONTHS}(?!\w)(?!\s+{YEAR})"),
    _rule("' ’", r"['’]\d\ds?\b"),
    _rule(
        "street st road rd ave lane drive boulevard blvd square way",
        r"\b\d{1,5}\w?,?\s+(?:[A-Z][\w'-]+\s+){1,3}"
        r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard|Blvd|Square|Way)\b\.?",
        CASED,
    ),
    _rule(
        "stra str. weg platz allee",
        r"\b[A-ZÄÖÜ][\w-]+(?:stra(?:ß|ss)e|str\.|weg|platz|allee)\s+\d+\w?\b",
        CASED,
    ),
    _rule("", r"(?<!\w)(?:[A-Z]{1,2}-)?\d{5}(?:-\d{4})?(?=\s+[A-ZÄÖÜ])", CASED),
    _rule("", r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b", CASED),
)
DATED = (
    _rule("- / .", rf"(?<!\w){YEAR}[-/.]\d\d?[-/.]\d\d?(?:T[\d:.]+Z?)?(?!\w)"),
    _rule("- / .", rf"(?<!\w)\d\d?[-/. ](?:\d\d?[-/. ])?{YEAR}(?!\w)"),
    _rule("", rf"\b(?:{DAY}\s+(?:of\s+)?)?{MONTHS}\s+(?:{DAY},?\s+)?['’]?{YEAR}\b"),
    _rule("", rf"(?:\b(?:since|in|from|until|till|of)\s+)?(?<![\w.]){YEAR}(?![\w%])"),
)

DIGIT = re.compile(r"\d")
ANY_YEAR = re.compile(r"(?:1[89]|20)\d\d")

# What sets a man's text apart from a woman's becomes one word for both.
NEUTRAL_WORDS = {
    "he": "they", "she": "they", "s/he": "they",
    "his": "their", "her": "their", "hers": "their", "him": "their",
    "himself": "themselves", "herself": "themselves",
    "salesman": "salesperson", "saleswoman": "salesperson",
    "businessman": "businessperson", "businesswoman": "businessperson",
    "chairman": "chairperson", "chairwoman": "chairperson",
    "spokesman": "spokesperson", "spokeswoman": "spokesperson",
    "policeman": "police officer", "policewoman": "police officer",
    "fireman": "firefighter", "firewoman": "firefighter",
    "craftsman": "craftsperson", "craftswoman": "craftsperson",
    "foreman": "foreperson", "forewoman": "foreperson",
    "waitress": "waiter", "actress": "actor", "hostess": "host",
    "steward": "flight attendant", "stewardess": "flight attendant",
}  # fmt: skip
NEUTRAL = (
    _rule("he his her him", r"\b(?:s/?)?he\b|\bh(?:is|ers?|im(?:self)?|erself)\b"),
    _rule(
        "man woman waitress actress hostess steward",
        rf"\b(?:{'|'.join(word for word in NEUTRAL_WORDS if len(word) > 6)})\b",  # noqa: PLR2004
    ),
)
HONORIFICS = (
    _rule(
        "mr ms miss herr frau mme sr",
        r"\b(?:Mr|Mrs|Ms|Miss|Herr|Frau|Mme|Sra?)\b\.?(?=\s+[A-Z]|\s*$)",
        CASED,
    ),
)

SHORTEST_NAME = 2

# Scripts that write without blanks between words.
IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def redact(text: str, *, names: Sequence[str]) -> str:
    """Return `text` without the words that say who somebody is."""
    text = without_contacts(text)
    # Dates first: their full stops would end what is labelled.
    if DIGIT.search(text):
        text = _without(text, NUMBERED)
    if ANY_YEAR.search(text):
        text = _without(text, DATED)
    text = _without(text, LABELLED + PHRASED)
    text = _without(text, HONORIFICS)
    own = _own_names(tuple(names))
    if own is not None:
        text = own.sub(" ", text)
    return _neutral(text)


def without_contacts(text: str) -> str:
    """Return `text` without addresses, numbers and links by which to reach people."""
    text = _without(text, CONTACTS)
    return _without(text, PHONES) if DIGIT.search(text) else text


def _without(text: str, rules: Iterable[Rule]) -> str:
    lower = text.lower()
    for rule in rules:
        if not rule.needs or any(word in lower for word in rule.needs):
            text = rule.pattern.sub(" ", text)
    return text


def _neutral(text: str) -> str:
    lower = text.lower()
    for rule in NEUTRAL:
        if any(word in lower for word in rule.needs):
            text = rule.pattern.sub(lambda found: NEUTRAL_WORDS[found[0].lower()], text)
    return text


@lru_cache(maxsize=4096)
def _own_names(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return a pattern of the person's own names, longest first."""
    words = {word for word in names if word.strip()}
    words |= {part for word in words for part in re.split(r"[\s,()/-]+", word)}
    either = [
        _name_pattern(word)
        for word in sorted(words, key=lambda word: (-len(word), word))
        if len(word) >= SHORTEST_NAME or IDEOGRAPH.search(word)
    ]
    return re.compile("|".join(either)) if either else None


def _name_pattern(name: str) -> str:
    if IDEOGRAPH.search(name):
        return re.escape(name)
    forms = sorted({name, name.upper(), name.title(), name.capitalize()})
    either = "|".join(re.escape(form) for form in forms)
    return rf"(?<!\w)(?:{either})(?:['’]s)?(?!\w)"
