"""The title of the job that a text describes."""

import re
from collections.abc import Sequence

from recruit.common.text import fold
from recruit.jobs.reading.found import Found, Span
from recruit.jobs.reading.places import is_place
from recruit.jobs.reading.sentences import Part, Sentence

FIRST_SENTENCES = 40
FIRST_LINES = 6
LONGEST = 120
MOST_WORDS = 9

# "(m/w/d)", "m/f/x", "(all genders)"
GENDERS = re.compile(
    r"\s*(?:\(\s*(?:[mwfdxi]\s*[/|*,]\s*){1,3}[mwfdxi]\s*\)"
    r"|\[\s*(?:[mwfdxi]\s*[/|*,]\s*){1,3}[mwfdxi]\s*\]"
    r"|(?<!\w)(?:[mwf]\s*/\s*){2}[dxi](?!\w)|(?<!\w)[mwf]\s*/\s*[mwf]\s*/\s*[dxi](?!\w)"
    r"|\((?:all genders?|alle geschlechter|gn|h/f|f/h)\))",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"^\W*(?:job ?title|position(?: title)?|role|title|vacancy|stellenbezeichnung"
    r"|stellentitel|jobtitel|berufsbezeichnung|(?:intitulé du )?poste|puesto|functie)"
    r"\W*[:–]\W*(?P<title>\S.*)$",
    re.IGNORECASE,
)
_SOUGHT = re.compile(
    r"(?:\b(?:looking for|looking to hire|seeking|hiring|recruiting|searching for"
    r"|join us as|join our team as|need)\s+(?:an?|our (?:next|new|first)|the|one)?\s*"
    r"|\b(?:suchen|sucht|gesucht)\b[^.]{0,80}?\b(?:eine[nr]?(?:[/:*][nr])?|als)\s+"
    r"|\b(?:als|as an?)\s+)"
    r"(?P<title>[^\W\d_a-zß-ÿ].*|(?:[a-z]+\s+){0,3}[^\W\d_a-zß-ÿ].*|[a-z].*)$"
)
_ENDS = re.compile(
    r"\s+(?:to|who|with|in|for|at|that|based|on|as|für|mit|im|in|die|der|bei|zur"
    r"|zum|and you|und)\s|[.,;:!?]|\s[-–—|·•]\s"
)
_PRAISE = re.compile(
    r"^(?:(?:an?|experienced|motivated|talented|passionate|skilled|enthusiastic|great"
    r"|dedicated|driven|qualified|strong|hands-on|erfahrene[nr]?|engagierte[nr]?"
    r"|motivierte[nr]?|freundliche[nr]?)[,\s]+(?:and\s+|und\s+)?)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*[(\[][^()\[\]]*\b(?:remote|hybrid|on-?site|homeoffice|full[- ]?time"
    r"|part[- ]?time|vollzeit|teilzeit|\d+ ?%|permanent|contract|intern(?:ship)?)\b"
    r"[^()\[\]]*[)\]]\s*$|\s*\d{1,3}(?:\s*[-–]\s*\d{1,3})? ?%\s*$",
    re.IGNORECASE,
)
_CUTS = re.compile(r"\s+[-–—|·•@]\s+|\s*\|\s*")
_PLACED = re.compile(r"\s+(?:in|at|near|bei)\s+[^\W\d_a-zß-ÿ].*$|\s*[,/]\s*remote$")
# Endings of the words for people at work, without case and accents.
_WORKERS = re.compile(
    r"(?:engineer|developer|manager|nurse|designer|analyst|scientist|accountant"
    r"|consultant|assistant|administrator|specialist|technician|teacher|architect"
    r"|lead|leader|director|officer|coordinator|representative|recruiter|driver"
    r"|electrician|mechanic|chef|cook|clerk|operator|advis[eo]r|counsel|lawyer"
    r"|paralegal|controller|auditor|planner|buyer|editor|writer|therapist"
    r"|physician|doctor|pharmacist|midwife|carer|caregiver|supervisor|head|intern"
    r"|internship|trainee|apprentice|associate|executive|agent|programmer|tester"
    r"|gardener|welder|plumber|carpenter|surveyor|researcher|professor|lecturer"
    r"|tutor|librarian|secretary|receptionist|cashier|salesperson|baker|butcher"
    r"|waiter|waitress|bartender|barista|housekeeper|cleaner|guard|worker|strategist"
    r"|partner|generalist|marketer|owner|master|handler|picker|packer|stylist"
    r"|entwickler|ingenieur|leiter|leitung|kaufmann|kauffrau|kaufleute|fachkraft"
    r"|mitarbeiter|sachbearbeiter|berater|referent|verkaufer|pfleger|schwester|arzt"
    r"|arztin|lehrer|lehrkraft|erzieher|techniker|mechaniker|elektriker|elektroniker"
    r"|mechatroniker|schlosser|fahrer|koch|kochin|assistenz|assistent|buchhalter"
    r"|architekt|redakteur|jurist|anwalt|spezialist|werkstudent|praktikant|praktikum"
    r"|auszubildende|auszubildender|gartner|maler|tischler|schreiner|backer"
    r"|informatiker|lagerist|logistiker|monteur|konstrukteur|gestalter|hausmeister"
    r"|helfer|meister|disponent|planer|kraft|hilfe|developpeur|developpeuse"
    r"|infirmier|infirmiere|comptable|responsable|ingeniero|enfermero|enfermera"
    r"|ontwikkelaar|verpleegkundige|medewerker|adviseur)(?:in|innen|s|n|en|e|r)?$"
)
_NOT_TITLES = re.compile(
    r"\b(?:about|über|uns|welcome|willkommen|we|wir|our|unser|you|your|du|dein|sie"
    r"|is|are|ist|sind|job description|job posting|stellenanzeige|stellenangebot"
    r"|careers?|apply|posted|full[- ]time|part[- ]time|remote|hybrid|gmbh|inc|ltd|llc"
    r"|ag|corp|location|salary|company|department|reports? to)\b|[@€$£:]|https?|www\.",
    re.IGNORECASE,
)
_EDGES = " \t#*_-–—•·|>\"“”„'.,:;!"


def read_title(sentences: Sequence[Sentence]) -> Found[str] | None:
    """Return the title, from the surest sign to the least; None without any."""
    first = sentences[:FIRST_SENTENCES]
    for look in (_labelled, _with_genders, _of_first_lines, _sought):
        found = look(first)
        if found is not None:
            return found
    return None


def _labelled(sentences: Sequence[Sentence]) -> Found[str] | None:
    for one in sentences:
        match = _LABELLED.match(one.text)
        if match and (title := _cleaned(match["title"])):
            return _found(one, title)
    return None


def _with_genders(sentences: Sequence[Sentence]) -> Found[str] | None:
    for one in sentences:
        marker = GENDERS.search(one.text)
        if marker is None:
            continue
        before = one.text[: marker.start()]
        sought = _SOUGHT.search(before)
        title = _cleaned(sought["title"] if sought else before)
        if title and len(title.split()) <= MOST_WORDS:
            after = _CUTS.split(one.text[marker.end() :])[0].strip(_EDGES)
            # "Entwickler (m/w/d) Backend": the title goes on behind the marker.
            goes_on = after[:1].isupper() and len(after.split()) == 1 and not sought
            if goes_on and not is_place(after) and not _NOT_TITLES.search(after):
                whole = Span(one.start, one.start + len(one.text))
                return Found(f"{title} {after}"[:LONGEST], whole)
            return _found(one, title)
    return None


def _of_first_lines(sentences: Sequence[Sentence]) -> Found[str] | None:
    lines = [one for one in sentences if not one.is_heading and not one.is_bullet]
    for number, one in enumerate(lines[:FIRST_LINES]):
        if one.part not in {Part.PLAIN, Part.DUTIES} or one.text.endswith((".", "!")):
            continue
        title = _cleaned(one.text)
        if not title or _NOT_TITLES.search(title) or is_place(title):
            continue
        is_first = number == 0 and one.line == 0 and title[:1].isupper()
        if len(title.split()) <= MOST_WORDS and (is_first or _names_worker(title)):
            return _found(one, title)
    return None


def _sought(sentences: Sequence[Sentence]) -> Found[str] | None:
    for one in sentences:
        for match in _SOUGHT.finditer(one.text):
            title = _cleaned(_ENDS.split(f"{match['title']} ", maxsplit=1)[0])
            if title and len(title.split()) <= MOST_WORDS and _names_worker(title):
                return _found(one, title)
    return None


def _found(one: Sentence, title: str) -> Found[str]:
    beginning = one.text.find(title)
    return Found(title, Span.within(one.start, beginning, beginning + len(title)))


def _cleaned(said: str) -> str:
    """Return the part of a line that is the title itself; a piece of the line."""
    marker = GENDERS.search(said)
    bare = said[: marker.start()] if marker and marker.start() else said
    bare = _TAIL.sub("", bare).strip(_EDGES)
    pieces = [piece.strip(_EDGES) for piece in _CUTS.split(bare)]
    named = [piece for piece in pieces if _names_worker(piece)] or pieces[:1]
    bare = _TAIL.sub("", _PRAISE.sub("", named[0])).strip(_EDGES)
    placed = _PLACED.search(bare)
    if placed and _names_worker(bare[: placed.start()]):
        bare = bare[: placed.start()]
    last = bare.rpartition(",")
    if last[0] and is_place(last[2].strip()):
        bare = last[0]
    return bare.strip(_EDGES) if len(bare) <= LONGEST else ""


def _names_worker(title: str) -> bool:
    words = re.split(r"[\s/,()&:*_-]+", fold(title))
    return any(_WORKERS.search(word) for word in words)
