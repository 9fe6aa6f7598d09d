"""Where the work may be done from, and how it is employed."""

import re
from collections.abc import Sequence

from recruit.jobs.reading.found import Found, Span
from recruit.jobs.reading.sentences import Part, Sentence

ON_SITE, HYBRID, REMOTE = "on_site", "hybrid", "remote"
FULL_TIME, PART_TIME, TEMPORARY = "full_time", "part_time", "temporary"
CONTRACT, INTERNSHIP = "contract", "internship"

FIRST_LINES = 8
SHORT_LINE = 90


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_DAYS = (
    r"(?:one|two|three|four|ein|eine[nm]?|zwei|drei|vier|[1-4])(?:\s*(?:-|–|to|or|bis)"
    r"\s*(?:two|three|four|zwei|drei|vier|[2-4]))?\s+(?:days?|tage?n?)"
)
# The first that a text holds counts: what forbids comes before what allows.
_PLACES = (
    (
        ON_SITE,
        _words(
            r"\b(?:no|not(?: a)?|kein(?:e|en)?)\s+(?:fully\s+)?(?:remote|home ?office)"
            r"\b(?! only)|\bremote (?:work )?is not\b|\b(?:100 ?% |fully )on-?site\b"
        ),
    ),
    (
        HYBRID,
        _words(
            r"\bhybrid(?:es|e|er)?(?: work(?:ing)?| role| model| arbeit\w*)?\b(?! cloud"
            r"| search| app| vehic| engine| electric| fahrzeug| infrastr| event)"
            rf"|\b{_DAYS}\b[^.\n]{{0,30}}\b(?:from home|remote(?:ly)?|home ?office"
            r"|in (?:the|our) office|on-?site|im büro|vor ort|mobil)\b"
            r"|\b(?:partly|partially|teilweise|anteilig)\s+(?:remote|mobil\w*|im home"
            r" ?office)\b|\bhome ?office[- ](?:möglich|option\w*|anteil|regelung|tage)"
            r"|\boption to work from home\b|\bmobiles arbeiten\b"
        ),
    ),
    (
        REMOTE,
        _words(
            r"\b(?:fully|100 ?%|completely|entirely|all|vollständig|komplett) remote\b"
            r"|\bremote(?:-first|-only| only| position| role| job| opportunity|-job)\b"
            r"|\bwork(?:ing)? (?:from anywhere|remotely|from home)\b"
            r"|\b(?:role|position|job|stelle) is (?:fully )?remote\b"
            r"|\bremote (?:in|within|from|innerhalb|aus) \w+|\b100 ?% home ?office\b"
            r"|\bremote\s*[(,–-]\s*\w+"
        ),
    ),
    (
        ON_SITE,
        _words(
            r"\b(?:on-?site|in[- ]person|in (?:the|our) office)\b(?! support| service)"
            r"|\bvor ort(?:-präsenz)?\b|\bpräsenz(?:arbeit|pflicht)\b"
        ),
    ),
)
_REMOTE_ALONE = _words(r"(?<![\w-])remote(?![\w-]| access| control| sens| site| team)")
_EMPLOYMENT = (
    (
        INTERNSHIP,
        _words(r"\b(?:internship|intern\b(?!al)|praktik(?:um|ant\w*)|stage(?=\s*:))"),
    ),
    (
        CONTRACT,
        _words(
            r"\b(?:freelance[rd]?|freiberuflich|contractor|contract (?:role|position"
            r"|job|work|basis)|independent contractor|auf honorarbasis)\b"
            r"|\b\d+[- ]months? contract\b|\bcontract\b(?=\s*(?:$|[|·•,(]))"
        ),
    ),
    (
        TEMPORARY,
        _words(
            r"(?<!\bun)\b(?:temporary|fixed[- ]term|befristet\w*|seasonal|maternity"
            r" cover|elternzeitvertretung|saisonal\w*|temp(?= (?:role|position|job)))\b"
        ),
    ),
    (
        FULL_TIME,
        _words(
            r"\b(?:full[- ]?time|vollzeit\w*|temps plein|jornada completa|voltijd)\b"
        ),
    ),
    (
        PART_TIME,
        _words(
            r"\b(?:part[- ]?time|teilzeit\w*|temps partiel|deeltijd|werkstudent\w*"
            r"|working student|minijob|jornada parcial)\b"
        ),
    ),
)


def read_remote_policy(sentences: Sequence[Sentence]) -> Found[str] | None:
    """Return from where the work may be done, None where the text does not say."""
    for policy, pattern in _PLACES:
        for one in sentences:
            match = pattern.search(one.text)
            if match:
                return Found(policy, Span.within(one.start, *match.span()))
    for one in sentences:
        # Among prose, "remote" speaks of many other things.
        is_fact = one.line < FIRST_LINES or re.match(r"[^.]{0,20}:", one.text)
        match = _REMOTE_ALONE.search(one.text) if is_fact else None
        if match and len(one.text) <= SHORT_LINE:
            return Found(REMOTE, Span.within(one.start, *match.span()))
    return None


def read_employment_type(sentences: Sequence[Sentence]) -> Found[str] | None:
    """Return how the work is employed; what else the text names is told."""
    named: dict[str, tuple[Span, str]] = {}
    for kind, pattern in _EMPLOYMENT:
        for one in sentences:
            match = pattern.search(one.text)
            # What the company does ("a full-time dog") is told elsewhere.
            if match and (one.part is not Part.REQUIRED or len(one.text) <= SHORT_LINE):
                span = Span.within(one.start, *match.span())
                named.setdefault(kind, (span, match[0].strip()))
                break
    if not named:
        return None
    # The rarer kinds come first: "Internship (full-time)" is an internship.
    (kind, (span, _said)), *others = named.items()
    return Found(kind, span, tuple(said for _kind, (_span, said) in others))
